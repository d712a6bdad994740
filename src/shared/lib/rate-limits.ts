import type { Clock } from './clock.ts';

interface Bucket {
  /** Tokens left; fractional while it refills. */
  left: number;
  at: number;
}

export interface RateLimit {
  /** How many are allowed at once. */
  burst: number;
  /** How many are allowed in the long run. */
  perSecond: number;
}

/** Maximum number of keys; beyond it, the least recently used start afresh. */
const MOST_KEYS = 10_000;

/** Token buckets: limits how often something may happen per key. */
export class RateLimits {
  readonly #limit: RateLimit;
  readonly #clock: Pick<Clock, 'now'>;
  /** In the order of their last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: RateLimit, clock: Pick<Clock, 'now'>) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Counts one; false if the limit is exceeded. */
  take(key: string): boolean {
    const bucket = this.#filled(key);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const oldest = this.#buckets.keys().next();
    if (this.#buckets.size > MOST_KEYS && !oldest.done) this.#buckets.delete(oldest.value);
    return true;
  }

  /** Time until the next one is allowed, in ms; 0: now. Counts nothing. */
  waitMs(key: string): number {
    const { left } = this.#filled(key);
    return left >= 1 ? 0 : Math.ceil(((1 - left) * 1000) / this.#limit.perSecond);
  }

  #filled(key: string): Bucket {
    const { burst, perSecond } = this.#limit;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key);
    if (!bucket) return { left: burst, at: now };
    // A clock that was set back takes nothing away.
    const passedMs = Math.max(0, now - bucket.at);
    bucket.left = Math.min(burst, bucket.left + (passedMs * perSecond) / 1000);
    bucket.at = now;
    return bucket;
  }
}
