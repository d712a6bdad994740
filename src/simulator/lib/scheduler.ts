import type { Clock } from '../../shared/lib/clock.ts';

/** Scheduled tasks, all cancelled when the world ends. */
export class Scheduler {
  readonly #pending = new Set<() => void>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `task` in `ms`; the returned function cancels it. */
  in(ms: number, task: () => void): () => void {
    const off = this.#clock.at(this.#clock.now() + ms, () => {
      this.#pending.delete(cancel);
      task();
    });
    const cancel = () => {
      this.#pending.delete(cancel);
      off();
    };
    this.#pending.add(cancel);
    return cancel;
  }

  close(): void {
    for (const cancel of this.#pending) cancel();
  }
}
