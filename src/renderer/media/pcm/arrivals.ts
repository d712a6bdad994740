/** Window for the spread, ms. */
const WINDOW_MS = 5_000;
/**
 * After a longer pause measuring starts over, because a pause says nothing about the network. In
 * ms.
 */
const PAUSE_MS = 600;

/**
 * Measures how unevenly frames arrive. Frames carry no timestamp, so the number of samples before a
 * frame stands for the time it was spoken.
 */
export class Arrivals {
  jitterMs = 0;
  readonly #rate: number;
  #samples = 0;
  #last: { transit: number; at: number } | undefined;
  #recent: { at: number; transit: number }[] = [];

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Adds a frame of `count` samples. */
  add(count: number, nowMs: number): void {
    if (this.#last && nowMs - this.#last.at > PAUSE_MS) {
      this.#last = undefined;
      this.#recent = [];
      this.#samples = 0;
    }
    this.#samples += count;
    // A frame is sent once all of it has been spoken.
    const transit = nowMs - (this.#samples * 1000) / this.#rate;
    // RFC 3550, A.8.
    if (this.#last) this.jitterMs += (Math.abs(transit - this.#last.transit) - this.jitterMs) / 16;
    this.#last = { transit, at: nowMs };
    this.#recent.push({ at: nowMs, transit });
    while ((this.#recent[0]?.at ?? nowMs) < nowMs - WINDOW_MS) this.#recent.shift();
  }

  /** Difference between the slowest and the fastest recent frame, ms. */
  get spreadMs(): number {
    if (this.#recent.length === 0) return 0;
    let [least, most] = [Infinity, -Infinity];
    for (const { transit } of this.#recent) {
      least = Math.min(least, transit);
      most = Math.max(most, transit);
    }
    return most - least;
  }
}
