import { randomInt } from 'node:crypto';
import { FRAME_SAMPLES, OpusCodec } from '../../opus/codec.ts';
import { FRAME_UNITS, newView, type RtpView } from './rtp.ts';

/** Whoever is sent a leg's packets as they arrive. */
export interface Hearer {
  forward(packet: Buffer, view: RtpView, nowMs: number): void;
}

/** Frames kept before a voice begins, so that an uneven network leaves no holes in it. */
const CUSHION_FRAMES = 2;
/** What waits beyond this is dropped: a burst would otherwise become lasting delay. */
const MOST_FRAMES = 6;
const LOUDEST = 32_767;

/** One of the voices: decoded as it arrives, taken a frame at a time. */
class Voice implements Hearer {
  readonly #codec = new OpusCodec();
  readonly #frames: Int16Array[] = [];
  #ssrc: number | undefined;
  #timestamp = 0;
  #isFlowing = false;

  forward(packet: Buffer, view: RtpView): void {
    const { ssrc, timestamp, payloadStart, payloadEnd } = view;
    // Late and duplicate packets.
    if (ssrc === this.#ssrc && ((timestamp - this.#timestamp) | 0) <= 0) return;
    const samples = this.#codec.decode(packet.subarray(payloadStart, payloadEnd));
    if (!samples) return;
    this.#ssrc = ssrc;
    this.#timestamp = timestamp;
    for (let start = 0; start + FRAME_SAMPLES <= samples.length; start += FRAME_SAMPLES) {
      this.#frames.push(samples.subarray(start, start + FRAME_SAMPLES));
    }
    while (this.#frames.length > MOST_FRAMES) this.#frames.shift();
  }

  /** The next frame; undefined while nothing is said. */
  take(): Int16Array | undefined {
    this.#isFlowing &&= this.#frames.length > 0;
    this.#isFlowing ||= this.#frames.length >= CUSHION_FRAMES;
    return this.#isFlowing ? this.#frames.shift() : undefined;
  }

  close(): void {
    this.#codec.close();
  }
}

/**
 * Makes one stream of two voices, for those who have one track for both: the only place where sound is decoded. It
 * costs some 40 ms and two decoders and an encoder, and runs only while a supervisor speaks to the customer.
 */
export class Mixer {
  readonly voices: readonly [Hearer, Hearer];
  hearers: readonly Hearer[] = [];
  readonly #voices: readonly [Voice, Voice] = [new Voice(), new Voice()];
  readonly #encoder = new OpusCodec();
  readonly #sum = new Int16Array(FRAME_SAMPLES);
  readonly #view = newView();

  constructor() {
    this.voices = this.#voices;
    this.#view.ssrc = randomInt(1, 0x1_0000_0000);
    this.#view.timestamp = randomInt(0, 0x1_0000_0000);
  }

  /** One frame of 20 ms; nothing is sent while both are silent. */
  tick(nowMs: number): void {
    this.#view.timestamp = (this.#view.timestamp + FRAME_UNITS) >>> 0;
    const [one, other] = this.#voices.map((voice) => voice.take());
    if (!one && !other) return;
    for (let at = 0; at < FRAME_SAMPLES; at++) {
      const sum = (one?.[at] ?? 0) + (other?.[at] ?? 0);
      this.#sum[at] = Math.max(-LOUDEST, Math.min(LOUDEST, sum));
    }
    const packet = this.#encoder.encode(this.#sum);
    this.#view.payloadEnd = packet.length;
    for (const hearer of this.hearers) hearer.forward(packet, this.#view, nowMs);
  }

  close(): void {
    this.hearers = [];
    for (const voice of this.#voices) voice.close();
    this.#encoder.close();
  }
}
