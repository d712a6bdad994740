/** Further behind than this (a stopped process), ticks are skipped. In ms. */
const MAX_BEHIND_MS = 100;

/**
 * One timer for all tasks of an interval. Ticks are scheduled from the start, not from the previous
 * tick, so lateness never adds up; it runs only while it has tasks.
 */
export class Metronome {
  readonly #periodMs: number;
  readonly #tasks = new Set<(dueMs: number) => void>();
  #timer: NodeJS.Timeout | undefined;
  #dueMs = 0;

  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  /**
   * Runs `task` at every tick with the tick's nominal (monotonic) time; the returned function stops
   * it.
   */
  add(task: (dueMs: number) => void): () => void {
    this.#tasks.add(task);
    if (this.#tasks.size === 1) {
      this.#dueMs = performance.now() + this.#periodMs;
      this.#arm();
    }
    return () => {
      this.#tasks.delete(task);
      if (this.#tasks.size === 0) clearTimeout(this.#timer);
    };
  }

  #arm(): void {
    this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#dueMs - performance.now()));
  }

  #run(): void {
    const now = performance.now();
    const behind = now - this.#dueMs;
    if (behind > MAX_BEHIND_MS) this.#dueMs += Math.floor(behind / this.#periodMs) * this.#periodMs;
    for (; this.#dueMs <= now; this.#dueMs += this.#periodMs) {
      for (const task of this.#tasks) task(this.#dueMs);
    }
    if (this.#tasks.size > 0) this.#arm();
  }
}
