/** Variation is looked at over this, ms. */
const WINDOW_MS = 5_000;
/** A sender that paused for longer than this starts afresh: the pause says nothing about the way. */
const PAUSE_MS = 600;

/**
 * How unevenly frames arrive. They carry no time of their own, so the samples before a frame are taken as the moment
 * at which it was spoken.
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

  /** `count` samples came in one frame. */
  add(count: number, nowMs: number): void {
    if (this.#last && nowMs - this.#last.at > PAUSE_MS) {
      this.#last = undefined;
      this.#recent = [];
      this.#samples = 0;
    }
    this.#samples += count;
    // Until a frame is whole, all of it has been spoken.
    const transit = nowMs - (this.#samples * 1000) / this.#rate;
    // RFC 3550, A.8.
    if (this.#last) this.jitterMs += (Math.abs(transit - this.#last.transit) - this.jitterMs) / 16;
    this.#last = { transit, at: nowMs };
    this.#recent.push({ at: nowMs, transit });
    while ((this.#recent[0]?.at ?? nowMs) < nowMs - WINDOW_MS) this.#recent.shift();
  }

  /** Between the fastest and the slowest frame of late, ms. */
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
