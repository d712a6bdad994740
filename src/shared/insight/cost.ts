import { add, decimalText, trimmed, zero, type Decimal } from '../rules/decimal.ts';
import { pulsesOf, PULSE_SECONDS } from '../rules/cost/pulses.ts';
import { priceOf, rateOf, type Rate, type RateCard } from '../rules/cost/rate-card.ts';
import type { CountedCall } from './counted-call.ts';
import { isBillable } from './slice.ts';

/** The price list by which calls are counted. */
export interface PriceList {
  card: RateCard;
  /** ISO 4217. */
  currency: string;
}

/** Calls of ours to one country from one number. Money is decimal text. */
export interface CostRow {
  accountId: string;
  /** ISO 3166-1; empty if it is not known. */
  country: string;
  calls: number;
  seconds: number;
  /** By the price list; missing without one. */
  amount?: string | undefined;
  currency?: string | undefined;
  /** Calls for which the list has no price. */
  unpriced: number;
  /** What the provider billed for single calls, in US dollars; missing if it bills none. */
  billed?: string | undefined;
}

interface Sum {
  accountId: string;
  country: string;
  calls: number;
  seconds: number;
  unpriced: number;
  pulses: Map<Rate, number>;
  billedMicros: number | undefined;
}

/**
 * What calls cost by the price list, each at the price of its day and of the volume that its number had that month, and
 * what was billed. Calls have to come in the order of time, from the beginning of the month on: those before `from`
 * only count for the volume.
 */
export class CostTally {
  readonly #list: PriceList | undefined;
  readonly #isFree: (accountId: string) => boolean;
  readonly #from: number;
  readonly #editions: readonly number[];
  readonly #tiers: readonly number[];
  readonly #sums = new Map<string, Sum>();
  /** Seconds by number, of the month that is being counted. */
  readonly #volume = new Map<string, number>();
  #monthEnd = -Infinity;
  readonly #rates = new Map<string, Rate | undefined>();

  constructor(list: PriceList | undefined, isFree: (accountId: string) => boolean, from: number) {
    this.#list = list;
    this.#isFree = isFree;
    this.#from = from;
    const rows = list?.card.rows ?? [];
    this.#editions = [...new Set(rows.map(({ effectiveFrom }) => effectiveFrom))];
    this.#tiers = [...new Set(rows.map(({ aboveMinutes }) => aboveMinutes))];
  }

  add(call: CountedCall): void {
    if (!isBillable(call) || this.#isFree(call.accountId)) return;
    const { at, accountId, country = '', billedSeconds = 0, billedMicros } = call;
    const before = this.#volumeBefore(at, accountId);
    this.#volume.set(accountId, before + billedSeconds);
    if (at < this.#from) return;
    const key = `${country}/${accountId}`;
    let sum = this.#sums.get(key);
    if (!sum) {
      const pulses = new Map<Rate, number>();
      sum = {
        accountId,
        country,
        calls: 0,
        seconds: 0,
        unpriced: 0,
        pulses,
        billedMicros: undefined,
      };
      this.#sums.set(key, sum);
    }
    sum.calls += 1;
    sum.seconds += billedSeconds;
    if (billedMicros !== undefined) sum.billedMicros = (sum.billedMicros ?? 0) + billedMicros;
    const pulses = pulsesOf(billedSeconds * 1000);
    const rate = this.#rate(at, country, before, pulses);
    if (rate) sum.pulses.set(rate, (sum.pulses.get(rate) ?? 0) + pulses);
    else sum.unpriced += 1;
  }

  /** The most seconds first. */
  result(): readonly CostRow[] {
    const rows = [...this.#sums.values()].map(({ pulses, billedMicros, ...sum }): CostRow => ({
      ...sum,
      ...(this.#list && { amount: decimalText(amountOf(pulses)), currency: this.#list.currency }),
      ...(billedMicros !== undefined && {
        billed: decimalText(trimmed({ units: BigInt(billedMicros), scale: 6 })),
      }),
    }));
    return rows.sort((a, b) => b.seconds - a.seconds || (a.country < b.country ? -1 : 1));
  }

  #volumeBefore(at: number, accountId: string): number {
    if (at >= this.#monthEnd) {
      const day = new Date(at);
      this.#monthEnd = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1);
      this.#volume.clear();
    }
    return this.#volume.get(accountId) ?? 0;
  }

  /** Within an edition of the list and a tier, each country has one rate. */
  #rate(at: number, country: string, monthSeconds: number, pulses: number): Rate | undefined {
    if (!this.#list) return undefined;
    const seconds = monthSeconds + pulses * PULSE_SECONDS;
    const edition = this.#editions.filter((from) => from <= at).length;
    const tier = this.#tiers.filter((above) => seconds > above * 60).length;
    const key = `${edition}/${tier}/${country}`;
    if (!this.#rates.has(key)) {
      const { card, currency } = this.#list;
      const found = rateOf(card, { country, number: '', currency, at, monthSeconds }, pulses);
      this.#rates.set(key, found.ok ? found.value : undefined);
    }
    return this.#rates.get(key);
  }
}

function amountOf(pulses: ReadonlyMap<Rate, number>): Decimal {
  let amount = zero;
  for (const [rate, n] of pulses) amount = add(amount, priceOf(rate, n));
  return trimmed(amount);
}

/** When the UTC month begins in which a moment is; volumes count from there. */
export function startOfMonth(at: number): number {
  const day = new Date(at);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth());
}
