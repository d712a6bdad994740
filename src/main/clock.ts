import { systemClock, type Clock } from '../shared/lib/clock.ts';

/**
 * The console's clock: the machine's when it was last followed, counting by itself from then on.
 * Setting the machine's clock in the middle of a call, or while the relay owes us a sign of life,
 * must neither stop a deadline nor hurry one; yet what is stored carries the right time of day, so
 * the machine is followed whenever nothing hangs on it.
 */
export class MachineClock implements Clock {
  readonly #wall: () => number;
  readonly #ticks: () => number;
  #origin: number;

  /**
   * @param wall the machine's clock, Unix ms
   * @param ticks ms since whenever, by a clock that nobody can set
   */
  constructor(wall = () => Date.now(), ticks = () => performance.now()) {
    this.#wall = wall;
    this.#ticks = ticks;
    this.#origin = wall() - ticks();
  }

  now(): number {
    return Math.floor(this.#origin + this.#ticks());
  }

  at(at: number, task: () => void): () => void {
    return systemClock.at(Date.now() + at - this.now(), task);
  }

  /**
   * Takes over the machine's time. After sleep it has to be called: the time slept through is not
   * counted.
   *
   * @returns by how much this clock jumped, ms
   */
  follow(): number {
    const before = this.#origin;
    this.#origin = this.#wall() - this.#ticks();
    return Math.round(this.#origin - before);
  }
}
