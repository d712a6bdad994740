import { systemClock, type Clock } from '../shared/lib/clock.ts';

/**
 * The console's clock: the machine's time when it was last synchronised, counted on monotonically.
 * Setting the machine's clock during a call, or while a heartbeat is due, must not stop or hurry a
 * deadline. Stored times must be right, so the clock follows the machine whenever nothing depends
 * on it.
 */
export class MachineClock implements Clock {
  readonly #wall: () => number;
  readonly #ticks: () => number;
  #origin: number;

  /**
   * @param wall the machine's clock, Unix ms
   * @param ticks monotonic clock, ms
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
   * Adopts the machine's time. Must be called after sleep, which the monotonic clock does not
   * count.
   *
   * @returns by how much this clock jumped, ms
   */
  follow(): number {
    const before = this.#origin;
    this.#origin = this.#wall() - this.#ticks();
    return Math.round(this.#origin - before);
  }
}
