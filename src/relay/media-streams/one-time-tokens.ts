import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';

/** Validity in ms; a console connects at once. */
const VALID_MS = 30_000;

/**
 * Unguessable tokens, each valid for one connection. Stored by hash, so that the timing of a
 * look-up reveals nothing about a token.
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

  /** The value of a token, which becomes invalid. */
  redeem(token: string): T | undefined {
    const key = hash(token);
    const found = this.#open.get(key);
    this.#open.delete(key);
    return found && found.expiresAt >= this.#clock.now() ? found.right : undefined;
  }
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64');
