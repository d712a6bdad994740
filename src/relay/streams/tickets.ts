import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';

/** A console connects at once. In ms. */
const VALID_MS = 30_000;

/** Rights to one connection each, named by a token that nobody can guess. */
export class Tickets<T> {
  private readonly clock: Clock;
  private readonly open = new Map<string, { right: T; expiresAt: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  issue(right: T): string {
    const now = this.clock.now();
    for (const [token, { expiresAt }] of this.open) if (expiresAt < now) this.open.delete(token);
    const token = randomBytes(32).toString('base64url');
    this.open.set(token, { right, expiresAt: now + VALID_MS });
    return token;
  }

  /** What a token is for; it is worthless after this. */
  redeem(token: string): T | undefined {
    const found = this.open.get(token);
    this.open.delete(token);
    return found && found.expiresAt >= this.clock.now() ? found.right : undefined;
  }
}
