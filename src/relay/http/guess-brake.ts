import type { Clock } from '../../shared/lib/clock.ts';
import { RateLimits, type RateLimit } from './rate-limits.ts';

/** So many addresses are remembered as proven; beyond, the one that was proven longest ago is forgotten. */
const MOST_PROVEN = 10_000;

/** Wrong secrets from addresses that are not known, all together. */
const SHARED = { burst: 200, perSecond: 20 };

/**
 * Slows down who guesses secrets. After too many wrong ones nobody from an address is looked at for a while, unless
 * a right one came from there before: providers send from few addresses, and a stranger may have an app at the same
 * provider. Where the address is not known, because a proxy or this machine stands for many, right ones are always
 * let in, and wrong ones beyond the bound are told to wait.
 */
export class GuessBrake {
  readonly #wrong: RateLimits;
  readonly #shared: RateLimits;
  /** In the order in which they were proven. */
  readonly #proven = new Set<string>();
  readonly #remembersProven: boolean;

  /** @param remembersProven false: a right secret does not open an address again */
  constructor(limit: RateLimit, clock: Pick<Clock, 'now'>, remembersProven = true) {
    this.#wrong = new RateLimits(limit, clock);
    this.#shared = new RateLimits(SHARED, clock);
    this.#remembersProven = remembersProven;
  }

  /** For how long nobody from an address is looked at, ms; 0: they may come now. */
  waitMs(address: string | undefined): number {
    if (address === undefined || this.#proven.has(address)) return 0;
    return this.#wrong.waitMs(address);
  }

  /**
   * A secret was wrong.
   *
   * @param what was guessed, for guesses from an address that is not known
   * @returns how long to wait before the next guess, ms; 0 while there were few
   */
  handleWrong(address: string | undefined, what: string): number {
    const [limits, key] = address === undefined ? [this.#shared, what] : [this.#wrong, address];
    return limits.take(key) ? 0 : limits.waitMs(key);
  }

  /** A secret was right. */
  handleRight(address: string | undefined): void {
    if (address === undefined || !this.#remembersProven) return;
    this.#proven.delete(address);
    this.#proven.add(address);
    const [oldest] = this.#proven;
    if (this.#proven.size > MOST_PROVEN && oldest !== undefined) this.#proven.delete(oldest);
  }
}
