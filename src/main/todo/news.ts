import type { Clock } from '../../shared/lib/clock.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';

/** What an agent hears of at once. */
export type News =
  | { kind: 'message'; party: Party; text: string | undefined }
  /** Messages that came while this console was away, from so many customers. */
  | { kind: 'messages'; customers: number }
  /** A promised call is due. */
  | { kind: 'callback'; party: Party };

/** A customer who writes one line after the other is announced once, in ms. */
const ONCE_WITHIN_MS = 60_000;

/** Announces customers' messages: each at once, but those from a time away together. */
export class MessageNews {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #announce: (news: News) => void;
  /** When each customer was last announced, Unix ms. */
  readonly #announced = new Map<string, number>();
  /** Who wrote while this console was away. */
  #away: Set<string> | undefined;

  constructor(clock: Pick<Clock, 'now'>, announce: (news: News) => void) {
    this.#clock = clock;
    this.#announce = announce;
  }

  /** What comes now happened while this console was away. */
  beginReplay(): void {
    this.#away = new Set();
  }

  endReplay(): void {
    const customers = this.#away?.size ?? 0;
    this.#away = undefined;
    if (customers > 0) this.#announce({ kind: 'messages', customers });
  }

  handle(party: Party, text: string | undefined): void {
    const customer = personKey(party);
    if (customer === undefined) return;
    if (this.#away) {
      this.#away.add(customer);
      return;
    }
    const now = this.#clock.now();
    const last = this.#announced.get(customer) ?? -Infinity;
    if (now - last < ONCE_WITHIN_MS) return;
    for (const [one, at] of this.#announced) {
      if (now - at >= ONCE_WITHIN_MS) this.#announced.delete(one);
    }
    this.#announced.set(customer, now);
    this.#announce({ kind: 'message', party, text });
  }
}
