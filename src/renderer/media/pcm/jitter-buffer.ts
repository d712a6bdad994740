import { Arrivals } from './arrivals.ts';
import { bestLag, fade } from './overlap.ts';

export interface JitterStats {
  /** Frames received. */
  frames: number;
  /** Frames' worth of audio that was missing when due and was concealed. */
  missed: number;
  /** Interarrival jitter by RFC 3550, ms; sample counts stand for timestamps. */
  jitterMs: number;
  /** Buffered audio, ms. */
  waitingMs: number;
  /** Intended delay, ms. */
  targetMs: number;
}

const SHORTEST_MS = 60;
const LONGEST_MS = 200;
/**
 * Audio this far above the target is dropped at once, because it is too late to be useful. In ms.
 */
const FAR_TOO_MUCH_MS = 300;
/** Tolerated deviation from the target, ms. */
const SLACK_MS = 25;
/** Minimum time between corrections, ms: playback runs at most a tenth faster or slower. */
const CORRECT_EVERY_MS = 100;
/** A gap is concealed, fading out, for this long, ms. */
const CONCEALED_MS = 60;
/** Pitch periods of voices, 400 to 80 Hz, ms. */
const SHORTEST_PERIOD_MS = 2.5;
const LONGEST_PERIOD_MS = 12.5;
const SEAM_MS = 5;
/** Averaging time of the buffer level, ms, so that single frames do not count. */
const LEVEL_OVER_MS = 400;
const CAPACITY_MS = 2_000;

/**
 * Plays an unevenly arriving stream evenly. Waits as long as arrivals vary, conceals short gaps
 * with the last pitch period, and drops or repeats single periods when clocks drift. Samples are at
 * the stream's rate; the caller supplies the time.
 */
export class JitterBuffer {
  readonly #rate: number;
  readonly #arrivals: Arrivals;
  /** Buffered audio, oldest first. */
  #waiting: Float32Array;
  #start = 0;
  #end = 0;
  /** The last audio played, for concealment. */
  readonly #played: Float32Array;
  /** `idle`: silent until enough is buffered. `concealing`: bridges a gap. */
  #state: 'idle' | 'playing' | 'concealing' = 'idle';
  #concealed = { period: 0, samples: 0 };
  #level = 0;
  #sinceCorrection = 0;
  #missedSamples = 0;
  #frames = 0;
  #frameSamples = 0;

  constructor(rate: number) {
    this.#rate = rate;
    this.#arrivals = new Arrivals(rate);
    this.#waiting = new Float32Array(this.#samples(CAPACITY_MS));
    this.#played = new Float32Array(this.#samples(2 * LONGEST_PERIOD_MS + SEAM_MS));
  }

  /** Adds a frame of any length. `nowMs` is monotonic. */
  push(frame: Float32Array, nowMs: number): void {
    if (frame.length === 0) return;
    this.#frames++;
    this.#frameSamples += (frame.length - this.#frameSamples) / Math.min(this.#frames, 16);
    this.#arrivals.add(frame.length, nowMs);
    const kept = frame.subarray(-this.#waiting.length);
    if (this.#end + kept.length > this.#waiting.length) this.#compact(kept.length);
    this.#waiting.set(kept, this.#end);
    this.#end += kept.length;
  }

  /** Fills `out` with the next samples to play. */
  pull(out: Float32Array): void {
    this.#adapt(out.length);
    let at = 0;
    if (this.#state !== 'playing' && this.#length >= this.#resumeAt()) at = this.#resume(out);
    if (this.#state === 'playing') {
      const ready = this.#waiting.subarray(this.#start, this.#start + out.length - at);
      const next = ready.subarray(0, this.#length);
      out.set(next, at);
      this.#remember(next);
      this.#start += next.length;
      at += next.length;
      if (at < out.length) this.#runDry();
    }
    if (at === out.length) return;
    this.#conceal(out.subarray(at));
    this.#remember(out.subarray(at));
  }

  stats(): JitterStats {
    const frame = Math.max(1, this.#frameSamples);
    return {
      frames: this.#frames,
      missed: Math.round(this.#missedSamples / frame),
      jitterMs: this.#arrivals.jitterMs,
      waitingMs: this.#ms(this.#length),
      targetMs: this.#ms(this.#target()),
    };
  }

  get #length(): number {
    return this.#end - this.#start;
  }

  #target(): number {
    const ms = this.#arrivals.spreadMs + this.#ms(this.#frameSamples) + SLACK_MS;
    return this.#samples(Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms)));
  }

  /** While a gap is still concealed, new audio resumes at once; after that, wait for the target. */
  #resumeAt(): number {
    return this.#state === 'concealing' && this.#concealed.samples < this.#samples(CONCEALED_MS)
      ? this.#samples(SEAM_MS) + this.#frameSamples
      : this.#target();
  }

  /** Crossfades from concealment, or silence, into buffered audio. Returns the samples written. */
  #resume(out: Float32Array): number {
    const seam = Math.min(this.#samples(SEAM_MS), out.length, this.#length);
    const before = new Float32Array(seam);
    if (this.#state === 'concealing') this.#conceal(before);
    fade(before, this.#waiting.subarray(this.#start, this.#start + seam), out, seam);
    this.#start += seam;
    this.#state = 'playing';
    this.#level = this.#length;
    this.#remember(out.subarray(0, seam));
    return seam;
  }

  #runDry(): void {
    this.#state = 'concealing';
    const period = bestLag(
      this.#played.subarray(this.#played.length - this.#samples(SEAM_MS)),
      this.#played,
      this.#samples(SHORTEST_PERIOD_MS),
      this.#samples(LONGEST_PERIOD_MS),
    );
    this.#concealed = { period, samples: 0 };
  }

  /** Repeats the last period, fading out, then silence. */
  #conceal(out: Float32Array): void {
    const limit = this.#samples(CONCEALED_MS);
    const { period } = this.#concealed;
    const from = this.#played.length - period;
    for (let i = 0; i < out.length; i++) {
      const done = this.#concealed.samples;
      const audible = this.#state === 'concealing' && done < limit;
      out[i] = audible ? (this.#played[from + (done % period)] ?? 0) * (1 - done / limit) : 0;
      if (!audible) continue;
      this.#concealed.samples++;
      this.#missedSamples++;
    }
    if (this.#state === 'concealing' && this.#concealed.samples >= limit) this.#state = 'idle';
  }

  /** Keeps the delay near its target: one period at a time, or at once if far too long. */
  #adapt(step: number): void {
    if (this.#state !== 'playing') return;
    this.#level += ((this.#length - this.#level) * step) / this.#samples(LEVEL_OVER_MS);
    this.#sinceCorrection += step;
    const target = this.#target();
    if (this.#length > target + this.#samples(FAR_TOO_MUCH_MS))
      return this.#cut(this.#length - target);
    if (this.#sinceCorrection < this.#samples(CORRECT_EVERY_MS)) return;
    const slack = this.#samples(SLACK_MS);
    const reach = this.#samples(LONGEST_PERIOD_MS + SEAM_MS);
    if (this.#length < reach) return;
    if (this.#level > target + slack) this.#cut(this.#period());
    else if (this.#level < target / 2 - slack / 2) this.#insert(this.#period());
  }

  #period(): number {
    const seam = this.#samples(SEAM_MS);
    const shortest = this.#samples(SHORTEST_PERIOD_MS);
    const ahead = this.#waiting.subarray(this.#start, this.#end);
    // Search backwards in the buffered audio for the same sound one period later.
    const longest = Math.min(this.#samples(LONGEST_PERIOD_MS), ahead.length - seam);
    const later = ahead.subarray(0, longest + seam);
    return bestLag(later.subarray(longest), later, shortest, longest);
  }

  /** Drops `count` samples and crossfades the seam. */
  #cut(count: number): void {
    const seam = Math.min(this.#samples(SEAM_MS), this.#length - count);
    const old = this.#waiting.slice(this.#start, this.#start + seam);
    this.#start += count;
    fade(
      old,
      this.#waiting.subarray(this.#start, this.#start + seam),
      this.#waiting.subarray(this.#start),
      seam,
    );
    this.#corrected(-count);
  }

  /** Repeats `count` samples. */
  #insert(count: number): void {
    const seam = this.#samples(SEAM_MS);
    if (this.#start < count) this.#compact(0, count);
    const waiting = this.#waiting;
    const start = this.#start;
    const first = waiting.slice(start, start + count + seam);
    this.#start -= count;
    waiting.set(first.subarray(0, count), this.#start);
    fade(first.subarray(count), first.subarray(0, seam), waiting.subarray(start), seam);
    this.#corrected(count);
  }

  #corrected(by: number): void {
    this.#sinceCorrection = 0;
    this.#level += by;
  }

  #remember(samples: Float32Array): void {
    const played = this.#played;
    const kept = samples.subarray(-played.length);
    if (this.#state === 'concealing') return;
    played.copyWithin(0, kept.length);
    played.set(kept, played.length - kept.length);
  }

  /** Makes room after the buffered audio (dropping the oldest if needed) and `before` it. */
  #compact(after: number, before = 0): void {
    const room = this.#waiting.length - after - before;
    if (this.#length > room) this.#start = this.#end - room;
    this.#waiting.copyWithin(before, this.#start, this.#end);
    this.#end = before + this.#length;
    this.#start = before;
  }

  #samples(ms: number): number {
    return Math.round((ms * this.#rate) / 1000);
  }

  #ms(samples: number): number {
    return (samples * 1000) / this.#rate;
  }
}
