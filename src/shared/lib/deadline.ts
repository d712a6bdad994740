import type { Clock } from './clock.ts';

/** How often a due deadline fires again until it is handled, in ms. */
export const DUE_AGAIN_MS = 1_000;

/**
 * A deadline that fires when due and again every second until it is moved or cleared, so that one
 * failed attempt (say, on a full disk) never leaves anything waiting forever.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #due: (at: number) => void;
  #at: number | undefined;
  #cancel: () => void = () => undefined;

  /** @param due called with the deadline that is due */
  constructor(clock: Clock, due: (at: number) => void) {
    this.#clock = clock;
    this.#due = due;
  }

  /**
   * Sets, moves or (with undefined) clears the deadline. Setting the same time again does nothing.
   *
   * @param at Unix ms
   * @param withinMs upper bound for the wait, for a deadline stored before the machine's clock was
   * set
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
      // Rearm first, so the callback may set another time.
      this.#arm(at, this.#clock.now() + DUE_AGAIN_MS);
      this.#due(at);
    });
  }
}
