import type { Clock } from '../../shared/lib/clock.ts';
import { RateLimits, type RateLimit } from '../../shared/lib/rate-limits.ts';

/** The most addresses remembered as proven. Beyond that, the one proven longest ago is forgotten. */
const MOST_PROVEN = 10_000;

/** Limit for wrong secrets from all unknown addresses together. */
const SHARED = { burst: 200, perSecond: 20 };

/**
 * Slows down guessing of secrets. After too many wrong ones, an address has to wait, unless a right one came from it
 * before: providers send from few addresses, and a stranger may have an app at the same provider. Where the address is
 * unknown, because a proxy or this machine stands for many, right secrets always pass and only wrong ones have to wait.
 */
export class GuessBrake {
  readonly #wrong: RateLimits;
  readonly #shared: RateLimits;
  /** In the order in which they were proven. */
  readonly #proven = new Set<string>();
  readonly #remembersProven: boolean;

  /** @param remembersProven false: a right secret does not exempt its address */
  constructor(limit: RateLimit, clock: Pick<Clock, 'now'>, remembersProven = true) {
    this.#wrong = new RateLimits(limit, clock);
    this.#shared = new RateLimits(SHARED, clock);
    this.#remembersProven = remembersProven;
  }

  /** How long an address has to wait before its next try, in ms; 0 if it need not. */
  waitMs(address: string | undefined): number {
    if (address === undefined || this.#proven.has(address)) return 0;
    return this.#wrong.waitMs(address);
  }

  /**
   * A secret was wrong.
   *
   * @param what what was guessed; limits guesses from unknown addresses
   * @returns how long to wait before the next guess, in ms; 0 if there were few
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
