import type { Clock } from '../../shared/lib/clock.ts';

interface Bucket {
  /** How many are left; a fraction while it fills. */
  left: number;
  at: number;
}

export interface RateLimit {
  /** How many may come at once. */
  burst: number;
  /** How many may come in the long run. */
  perSecond: number;
}

/** So many keys are told apart; beyond, those that were quiet for longest start afresh. */
const MOST_KEYS = 10_000;

/** How often something may happen, for each key: a token bucket. */
export class RateLimits {
  readonly #limit: RateLimit;
  readonly #clock: Pick<Clock, 'now'>;
  /** In the order of their last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: RateLimit, clock: Pick<Clock, 'now'>) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Counts one; false when that is too many. */
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

  /** How long until one more may come, in ms; 0: now. Counts nothing. */
  waitMs(key: string): number {
    const { left } = this.#filled(key);
    return left >= 1 ? 0 : Math.ceil(((1 - left) * 1000) / this.#limit.perSecond);
  }

  #filled(key: string): Bucket {
    const { burst, perSecond } = this.#limit;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key);
    if (!bucket) return { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    return bucket;
  }
}
