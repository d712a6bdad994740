import type { Clock } from '../../shared/lib/clock.ts';
import { skewOf } from '../../shared/protocol/clock-skew.ts';

/** Clocks that differ by less are both right to the day, in ms. */
const CLOCKS_AGREE_MS = 12 * 3_600_000;

/** How far this machine's clock is from the relay's. */
export class RelayClock {
  readonly #clock: Pick<Clock, 'now'>;
  #skew = 0;
  /** When that was found; a wall clock that is set later shows beside the other one. */
  #foundAt = { wall: 0, monotonic: 0 };
  /** An older relay does not tell its time. */
  #isTold = false;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** This machine's clock minus the relay's, ms. */
  get skew(): number {
    return this.#skew;
  }

  /** Whether the relay's clock is about the same as this machine's. */
  get isSure(): boolean {
    if (!this.#isTold) return false;
    const { wall, monotonic } = this.#foundAt;
    const leapt = this.#clock.now() - wall - (performance.now() - monotonic);
    return Math.abs(this.#skew) + Math.abs(leapt) < CLOCKS_AGREE_MS;
  }

  /** @param relayNow the relay's time, as its welcome says it */
  handleWelcome(relayNow: number | undefined): void {
    const now = this.#clock.now();
    this.#isTold = relayNow !== undefined;
    this.#skew = skewOf(now, relayNow);
    this.#foundAt = { wall: now, monotonic: performance.now() };
  }

  /** This machine's clock may be set meanwhile: entries that just happened show by how much it is off. */
  handleEntry(at: number): void {
    if (!this.#isTold) return;
    const now = this.#clock.now();
    // The way from the relay takes its time.
    if (skewOf(now, at + this.#skew) !== 0) this.#skew = skewOf(now, at);
  }
}
