import type { Clock } from '../../shared/lib/clock.ts';

/** What became of a number's latest webhooks. */
export interface WebhookRecord {
  /** Unix ms. */
  takenAt?: number | undefined;
  refused?: { at: number; code: string } | undefined;
}

/** Remembers, for each account, when a webhook was last taken and last refused, and why. */
export class WebhookHealth {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #records = new Map<string, WebhookRecord>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  taken(accountId: string): void {
    const { refused } = this.of(accountId);
    this.#records.set(accountId, { takenAt: this.#clock.now(), refused });
  }

  /** @param code as it is logged and answered; `unreadable` for one that proved genuine */
  refused(accountId: string, code: string): void {
    const { takenAt } = this.of(accountId);
    this.#records.set(accountId, { takenAt, refused: { at: this.#clock.now(), code } });
  }

  /** Since this process started. */
  of(accountId: string): WebhookRecord {
    return this.#records.get(accountId) ?? {};
  }
}
