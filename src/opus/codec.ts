/* oxlint-disable no-underscore-dangle -- the names are emscripten's */
import loadOpus, {
  type OpusHandler,
  type OpusModule,
} from 'opusscript/build/opusscript_native_wasm.js';

/** All audio here is 48 kHz mono in 20 ms frames (docs/providers/meta.md#media). */
export const SAMPLE_RATE = 48_000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;

const APPLICATION_VOIP = 2048;
/** Longest Opus packet is 120 ms (RFC 6716). */
const MAX_PCM_SAMPLES = (SAMPLE_RATE * 120) / 1000;
const MAX_OPUS_BYTES = 3828;

let shared: OpusModule | undefined;

/**
 * One mono Opus encoder and decoder.
 *
 * Talks to libopus's WASM heap directly: opusscript's own wrapper uses a byte pointer as a 16-bit
 * index, so it writes to memory it never allocated, and two of its codecs can overwrite each other.
 * The native side keeps one byte of PCM in each 16-bit cell, in both directions.
 */
export class OpusCodec {
  readonly #opus: OpusModule;
  readonly #handler: OpusHandler;
  readonly #packet: number;
  readonly #pcm: number;
  #closed = false;

  constructor() {
    this.#opus = shared ??= loadOpus();
    this.#handler = new this.#opus.OpusScriptHandler(SAMPLE_RATE, 1, APPLICATION_VOIP);
    this.#packet = this.#opus._malloc(MAX_OPUS_BYTES);
    this.#pcm = this.#opus._malloc(MAX_PCM_SAMPLES * 4);
  }

  /** Encodes one 20 ms frame of 960 samples. */
  encode(samples: Int16Array): Buffer {
    this.#assertOpen();
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    this.#opus.HEAPU16.set(bytes, this.#pcm >> 1);
    const length = this.#handler._encode(this.#pcm, bytes.length, this.#packet, samples.length);
    if (length < 0) throw new Error(`Opus encoder error ${length}`);
    return Buffer.from(this.#opus.HEAPU8.subarray(this.#packet, this.#packet + length));
  }

  /** Decodes one packet; undefined when it is not valid Opus. */
  decode(packet: Buffer): Int16Array | undefined {
    this.#assertOpen();
    if (packet.length === 0 || packet.length > MAX_OPUS_BYTES) return undefined;
    this.#opus.HEAPU8.set(packet, this.#packet);
    const count = this.#handler._decode(this.#packet, packet.length, this.#pcm);
    if (count <= 0) return undefined;
    const cells = this.#opus.HEAPU16.subarray(this.#pcm >> 1, (this.#pcm >> 1) + count * 2);
    return new Int16Array(Uint8Array.from(cells).buffer);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#opus.OpusScriptHandler.destroy_handler(this.#handler);
    this.#opus._free(this.#packet);
    this.#opus._free(this.#pcm);
  }

  /** Freed WASM memory is reused silently, so a late packet must not reach it. */
  #assertOpen(): void {
    if (this.#closed) throw new Error('Opus codec used after close');
  }
}
