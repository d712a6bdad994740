import type { Clock } from './clock.ts';

/** What is due and not done is due again after this, in ms. */
export const DUE_AGAIN_MS = 1_000;

/**
 * Something that has to happen at a time, until it has happened: told when it is due, and again every second until it is
 * set to another time or to none. So nothing waits for ever because one attempt failed, on a full disk perhaps.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #due: (at: number) => void;
  #at: number | undefined;
  #cancel: () => void = () => undefined;

  /** @param due told with the deadline that has come */
  constructor(clock: Clock, due: (at: number) => void) {
    this.#clock = clock;
    this.#due = due;
  }

  /**
   * Sets, moves or (with undefined) clears it. The same time again changes nothing.
   *
   * @param at Unix ms
   * @param withinMs at most so long from now, whatever `at` says: for one that was stored under another setting of the
   *   machine's clock
   */
  set(at: number | undefined, withinMs = Infinity): void {
    if (at === this.#at) return;
    this.#cancel();
    this.#cancel = () => undefined;
    this.#at = at;
    if (at !== undefined) this.#arm(at, Math.min(at, this.#clock.now() + withinMs));
  }

  #arm(at: number, wakeAt: number): void {
    this.#cancel = this.#clock.at(wakeAt, () => {
      // First, so that telling may set it anew.
      this.#arm(at, this.#clock.now() + DUE_AGAIN_MS);
      this.#due(at);
    });
  }
}
