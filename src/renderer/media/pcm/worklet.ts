import { JitterBuffer, type JitterStats } from './jitter-buffer.ts';
import { Resampler } from './resampler.ts';
import { Framer, toFloats, toPcm16 } from './samples.ts';

// The scope of audio worklets, of which TypeScript's library knows nothing.
declare const sampleRate: number;
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: WorkletFormat }) => AudioWorkletProcessor,
): void;

/** The sound on the wire. */
export interface WorkletFormat {
  sampleRate: number;
  frameMs: number;
}

/** What the worklet says: a frame to send, its figures several times a second, and once that sound was played. */
export type FromWorklet =
  | { kind: 'frame'; frame: Uint8Array<ArrayBuffer> }
  | { kind: 'stats'; stats: JitterStats; sent: number }
  | { kind: 'audio' };

const STATS_EVERY_S = 0.2;
/** Loudness over one block that counts as sound: −60 dB. */
const AUDIBLE = 0.001;
/** Played in steps of this, so that little more is made than is needed. */
const STEP_MS = 2;

/**
 * One call's sound between the machine's rate and the wire's: in goes the microphone, out comes the customer. Frames of
 * PCM16 pass through the port both ways.
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
    // Without a microphone silence is sent: a stream that stops looks like a lost connection.
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
