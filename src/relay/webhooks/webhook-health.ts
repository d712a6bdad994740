import { EventEmitter } from 'node:events';
import { webhookFacts } from '../../shared/checks/facts.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { NumberWebhooks } from '../../shared/protocol/frames.ts';
import type { LastWebhooks } from '../store/store.ts';

/** What became of a number's latest webhooks, Unix ms. */
interface WebhookRecord {
  takenAt?: number | undefined;
  refused?: { at: number; code: string; cameTo?: string | undefined } | undefined;
}

interface WebhookHealthEvents {
  /** A number's webhooks are refused now, or taken again. `here`: this process has seen it. */
  turned: [accountId: string, here: boolean];
}

/** Remembers, for each account, when a webhook was last taken and last refused, and why. */
export class WebhookHealth extends EventEmitter<WebhookHealthEvents> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #records = new Map<string, WebhookRecord>();

  constructor(clock: Pick<Clock, 'now'>) {
    super();
    this.#clock = clock;
  }

  /** When one was last taken, Unix ms. */
  takenAt(accountId: string): number | undefined {
    return this.#records.get(accountId)?.takenAt;
  }

  taken(accountId: string): void {
    this.#note(accountId, { takenAt: this.#clock.now() });
  }

  /**
   * @param code as it is logged and answered; `unreadable` and `number-unknown` for one that proved
   *   genuine, `wrong-address` for one of this number that came to another's address
   * @param cameTo the other number, if this one's agents may know of it
   */
  refused(accountId: string, code: string, cameTo?: string): void {
    const at = this.#clock.now();
    this.#note(accountId, { refused: { at, code, ...(cameTo !== undefined && { cameTo }) } });
  }

  /** What another relay of the same store has seen. */
  learn(number: NumberWebhooks): void {
    const { accountId, takenAt, refused } = webhookFacts(number, this.#clock.now());
    const before = this.#records.get(accountId);
    const isLater = (refused?.at ?? 0) > (before?.refused?.at ?? 0);
    this.#note(
      accountId,
      {
        ...((takenAt ?? 0) > (before?.takenAt ?? 0) && { takenAt }),
        ...(isLater && { refused }),
      },
      false,
    );
  }

  /** @param stored what the store knows, of the time before this process and of other relays */
  of(accountId: string, stored: LastWebhooks = {}): NumberWebhooks {
    const now = this.#clock.now();
    const ago = (at: number) => Math.max(0, now - at);
    const { unreadableAt } = stored;
    const {
      takenAt = stored.takenAt,
      refused = unreadableAt === undefined ? undefined : { at: unreadableAt, code: 'unreadable' },
    } = this.#records.get(accountId) ?? {};
    return {
      accountId,
      ...(takenAt !== undefined && { takenAgoMs: ago(takenAt) }),
      ...(refused && { refused: withAge(refused, ago) }),
    };
  }

  #note(accountId: string, change: WebhookRecord, here = true): void {
    const before = this.#records.get(accountId) ?? {};
    const now = { ...before, ...change };
    this.#records.set(accountId, now);
    if (outcomeOf(before) !== outcomeOf(now)) this.emit('turned', accountId, here);
  }
}

const withAge = (
  { at, ...rest }: NonNullable<WebhookRecord['refused']>,
  ago: (at: number) => number,
) => ({ ...rest, agoMs: ago(at) });

/** What became of the last one. */
function outcomeOf({ takenAt, refused }: WebhookRecord): string {
  if (refused && refused.at >= (takenAt ?? 0)) return `${refused.code} ${refused.cameTo ?? ''}`;
  return takenAt === undefined ? 'none' : 'taken';
}
