import { JitterBuffer, type JitterStats } from './jitter-buffer.ts';
import { Resampler } from './resampler.ts';
import { Framer, toFloats, toPcm16 } from './samples.ts';

// The global scope of audio worklets, missing from TypeScript's library.
declare const sampleRate: number;
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: WorkletFormat }) => AudioWorkletProcessor,
): void;

/** The format on the wire. */
export interface WorkletFormat {
  sampleRate: number;
  frameMs: number;
}

/** Messages: a frame to send, stats several times a second, and once the first audible sound. */
export type FromWorklet =
  | { kind: 'frame'; frame: Uint8Array<ArrayBuffer> }
  | { kind: 'stats'; stats: JitterStats; sent: number }
  | { kind: 'audio' };

const STATS_EVERY_S = 0.2;
/** RMS of a block that counts as sound: −60 dB. */
const AUDIBLE = 0.001;
/** Small steps, so that little more is produced than needed. */
const STEP_MS = 2;

/**
 * Converts one call's audio between the device's rate and the wire's. PCM16 frames pass through the
 * port in both directions.
 */
class PcmCall extends AudioWorkletProcessor {
  readonly #toWire: Resampler;
  readonly #framer: Framer;
  readonly #jitter: JitterBuffer;
  readonly #fromWire: Resampler;
  readonly #step: Float32Array;
  #ready: Float32Array = new Float32Array(0);
  readonly #silence = new Float32Array(128);
  #sent = 0;
  #heard = false;
  #statsAt = 0;

  constructor({ processorOptions: wire }: { processorOptions: WorkletFormat }) {
    super();
    this.#toWire = new Resampler(sampleRate, wire.sampleRate);
    this.#framer = new Framer(Math.round((wire.sampleRate * wire.frameMs) / 1000));
    this.#jitter = new JitterBuffer(wire.sampleRate);
    this.#fromWire = new Resampler(wire.sampleRate, sampleRate);
    this.#step = new Float32Array(Math.round((wire.sampleRate * STEP_MS) / 1000));
    this.port.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => {
      this.#jitter.push(toFloats(data), currentTime * 1000);
    });
    this.port.start();
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): true {
    const out = outputs[0]?.[0];
    if (out) this.#play(out);
    // Without a microphone, send silence: a stopped stream looks like a lost connection.
    this.#capture(inputs[0]?.[0] ?? this.#silence);
    if (currentTime >= this.#statsAt) {
      this.#statsAt = currentTime + STATS_EVERY_S;
      this.#post({ kind: 'stats', stats: this.#jitter.stats(), sent: this.#sent });
    }
    return true;
  }

  #capture(samples: Float32Array): void {
    this.#framer.push(this.#toWire.process(samples), (part) => {
      const frame = toPcm16(part);
      this.#sent++;
      this.#post({ kind: 'frame', frame }, [frame.buffer]);
    });
  }

  #play(out: Float32Array): void {
    let filled = 0;
    while (filled < out.length) {
      if (this.#ready.length === 0) {
        this.#jitter.pull(this.#step);
        this.#ready = this.#fromWire.process(this.#step);
      }
      const part = this.#ready.subarray(0, out.length - filled);
      out.set(part, filled);
      filled += part.length;
      this.#ready = this.#ready.subarray(part.length);
    }
    if (this.#heard || Math.hypot(...out) < AUDIBLE * Math.sqrt(out.length)) return;
    this.#heard = true;
    this.#post({ kind: 'audio' });
  }

  #post(message: FromWorklet, transfer: Transferable[] = []): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
    this.port.postMessage(message, transfer);
  }
}

registerProcessor('pcm-call', PcmCall);
