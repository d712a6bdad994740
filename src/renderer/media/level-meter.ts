/** Shown as empty; 0 dB is full. */
const QUIETEST_DB = -60;

/** Measures the loudness of a track without playing it. */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #buffer: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    this.#analyser.fftSize = 1024;
    this.#buffer = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
  }

  /** The current level, 0–1, on a logarithmic scale. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#buffer);
    return shownLevel(this.#buffer);
  }

  close(): void {
    void this.#context.close();
  }
}

/** Root mean square in decibels, mapped to 0–1. */
export function shownLevel(samples: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  if (rms === 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rms)) / QUIETEST_DB));
}
