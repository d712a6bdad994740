import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';

/** A console connects at once. In ms. */
const VALID_MS = 30_000;

/**
 * Rights to one connection each, named by a token that nobody can guess. Kept by the token's hash: how long a look-up takes
 * tells nothing about a token then.
 */
export class OneTimeTokens<T> {
  readonly #clock: Clock;
  readonly #open = new Map<string, { right: T; expiresAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(right: T): string {
    const now = this.#clock.now();
    for (const [key, { expiresAt }] of this.#open) if (expiresAt < now) this.#open.delete(key);
    const token = randomBytes(32).toString('base64url');
    this.#open.set(hash(token), { right, expiresAt: now + VALID_MS });
    return token;
  }

  /** What a token is for; it is worthless after this. */
  redeem(token: string): T | undefined {
    const key = hash(token);
    const found = this.#open.get(key);
    this.#open.delete(key);
    return found && found.expiresAt >= this.#clock.now() ? found.right : undefined;
  }
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64');
