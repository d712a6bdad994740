import type { RateCardInfo } from '../../shared/ipc/contacts.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Result } from '../../shared/lib/result.ts';
import { convertMetaRateCard, isMetaRateCard } from '../../shared/rules/cost/meta-rate-card.ts';
import { parseRateCard, type RateCardProblem } from '../../shared/rules/cost/rate-card-csv.ts';
import type { RateCardStore } from '../db/rate-card.ts';

export interface RateCardsPorts {
  store: Pick<RateCardStore, 'get' | 'put'>;
  clock: Clock;
  changed: () => void;
}

/** The rate card for cost estimates. */
export class RateCards {
  readonly #ports: RateCardsPorts;

  constructor(ports: RateCardsPorts) {
    this.#ports = ports;
  }

  get(): RateCardInfo | undefined {
    return this.#ports.store.get();
  }

  /** Imports a whole card or nothing, from our own columns or Meta's file. */
  import(
    name: string,
    file: string,
    currency: string | undefined,
  ): Result<RateCardInfo, readonly RateCardProblem[]> {
    const { store, clock, changed } = this.#ports;
    const today = clock.now();
    const own = isMetaRateCard(file)
      ? convertMetaRateCard(file, { name, currency, today })
      : { ok: true as const, value: file };
    if (!own.ok) return own;
    const csv = own.value;
    const read = parseRateCard(csv);
    if (!read.ok) return read;
    const card: RateCardInfo = {
      name,
      csv,
      currency: currency ?? read.value.rows[0]?.currency ?? 'USD',
      importedAt: today,
    };
    store.put(card);
    changed();
    return { ok: true, value: card };
  }
}
