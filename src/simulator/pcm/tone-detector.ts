import { levelOf, measureTone, SILENCE_DBFS, type Heard } from '../media/tone.ts';

/** Measures PCM16 frames: keeps the last second, and the pauses without audible sound. */
export class PcmToneDetector {
  frames = 0;
  maxGapMs = 0;
  jitterMs = 0;
  /** When sound was heard first, monotonic ms. */
  firstSoundMs: number | undefined;
  /** Intervals without audible sound longer than a frame, by when it returned (monotonic ms). */
  readonly pauses: { untilMs: number; ms: number }[] = [];
  readonly #sampleRate: number;
  readonly #lastSecond: Int16Array;
  #filled = 0;
  #samples = 0;
  #lastArrival: number | undefined;
  #lastTransit: number | undefined;
  #audibleUntil: number | undefined;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#lastSecond = new Int16Array(sampleRate);
  }

  take(frame: Int16Array, arrivalMs: number): void {
    this.frames++;
    this.#time(frame, arrivalMs);
    if (levelOf(frame) >= SILENCE_DBFS) {
      this.firstSoundMs ??= arrivalMs;
      const ms = this.#audibleUntil === undefined ? 0 : arrivalMs - this.#audibleUntil;
      if (ms > this.#msOf(frame)) this.pauses.push({ untilMs: arrivalMs, ms });
      this.#audibleUntil = arrivalMs;
    }
    const kept = frame.subarray(-this.#sampleRate);
    this.#lastSecond.copyWithin(0, kept.length);
    this.#lastSecond.set(kept, this.#sampleRate - kept.length);
    this.#filled = Math.min(this.#sampleRate, this.#filled + kept.length);
  }

  /** Pitch and level of the last second of sound. */
  heard(): Heard {
    return measureTone(
      this.#lastSecond.subarray(this.#sampleRate - this.#filled),
      this.#sampleRate,
    );
  }

  /** Frames have no timestamps: the samples before one give its time. */
  #time(frame: Int16Array, arrivalMs: number): void {
    if (this.#lastArrival !== undefined) {
      this.maxGapMs = Math.max(this.maxGapMs, arrivalMs - this.#lastArrival);
    }
    this.#lastArrival = arrivalMs;
    const transit = arrivalMs - (this.#samples * 1000) / this.#sampleRate;
    // RFC 3550, A.8.
    if (this.#lastTransit !== undefined) {
      this.jitterMs += (Math.abs(transit - this.#lastTransit) - this.jitterMs) / 16;
    }
    this.#lastTransit = transit;
    this.#samples += frame.length;
  }

  #msOf(frame: Int16Array): number {
    return (2 * frame.length * 1000) / this.#sampleRate;
  }
}
