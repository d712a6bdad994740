import type { Clock } from '../../../src/shared/lib/clock.ts';

/** A clock that a test moves by hand. */
export class FakeClock implements Clock {
  #now: number;
  readonly #tasks = new Set<{ at: number; task: () => void }>();

  constructor(now = Date.UTC(2026, 10, 22, 12)) {
    this.#now = now;
  }

  now = (): number => this.#now;

  at(at: number, task: () => void): () => void {
    const entry = { at, task };
    this.#tasks.add(entry);
    return () => this.#tasks.delete(entry);
  }

  /** Jumps ahead, as after suspend: due timers run once, late, in order. */
  advance(ms: number): void {
    this.#now += ms;
    const due = [...this.#tasks].filter(({ at }) => at <= this.#now);
    for (const entry of due.sort((a, b) => a.at - b.at)) {
      if (this.#tasks.delete(entry)) entry.task();
    }
  }
}
