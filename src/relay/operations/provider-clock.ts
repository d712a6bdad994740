import type { Clock } from '../../shared/lib/clock.ts';
import { DEFAULT_API_BASE } from '../../shared/providers/meta/api.ts';
import { D360_API_BASE } from '../../shared/providers/d360/api.ts';
import { PILOT_API_BASE } from '../../shared/providers/pilot-status/api.ts';
import { ZERNIO_API_BASE } from '../../shared/providers/zernio/api.ts';
import type { Account } from '../config/account.ts';

/** How long a provider may take to tell the time, in ms. */
const PATIENCE_MS = 3_000;
/** A comparison is good for this long, in ms. */
const FRESH_MS = 60_000;

/** Where an account's provider is reached. */
export function apiBaseOf(account: Account): string {
  switch (account.provider) {
    case 'meta':
      return account.apiBase ?? DEFAULT_API_BASE;
    case 'd360':
      return account.apiBase ?? D360_API_BASE;
    case 'pilot-meta':
      return account.apiBase ?? PILOT_API_BASE;
    case 'pilot-web':
      return PILOT_API_BASE;
    case 'zernio':
      return ZERNIO_API_BASE;
    default:
      return account satisfies never;
  }
}

/**
 * How far a clock is ahead of a provider's, by the `Date` of its answer, ms.
 *
 * @throws if it does not answer, or tells no time
 */
export async function aheadOf(base: string, now: () => number): Promise<number> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const before = now();
  const response = await fetch(base, { method: 'HEAD', redirect: 'manual', signal });
  const theirs = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) throw new Error('it tells no time');
  return (before + now()) / 2 - theirs;
}

/** Compares the relay's clock with the first account's provider, at most every minute. */
export class ProviderClock {
  readonly #account: Account | undefined;
  readonly #clock: Pick<Clock, 'now'>;
  #last: { at: number; ahead: Promise<number | undefined> } | undefined;

  constructor(accounts: readonly Account[], clock: Pick<Clock, 'now'>) {
    this.#account = accounts[0];
    this.#clock = clock;
  }

  /** How far the relay's clock is ahead, ms; undefined if nobody told the time. */
  ahead(): Promise<number | undefined> {
    const account = this.#account;
    const now = this.#clock.now();
    if (!account) return Promise.resolve(undefined);
    if (this.#last && Math.abs(now - this.#last.at) < FRESH_MS) return this.#last.ahead;
    const ahead = aheadOf(apiBaseOf(account), () => this.#clock.now()).catch(() => {
      // Another question is worth another try.
      this.#last = undefined;
      return undefined;
    });
    this.#last = { at: now, ahead };
    return ahead;
  }
}
