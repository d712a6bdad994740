import { add, decimalText, trimmed, zero, type Decimal } from '../rules/decimal.ts';
import { pulsesOf, PULSE_SECONDS } from '../rules/cost/pulses.ts';
import { priceOf, rateOf, type Rate, type RateCard } from '../rules/cost/rate-card.ts';
import type { CountedCall } from './counted-call.ts';
import { isBillable } from './slice.ts';

/** The rate card by which calls are counted. */
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
  /** By the rate card; missing without one. */
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
  /** The rate within one edition of the list and one tier. */
  rate: { edition: number; tier: number; rate: Rate | undefined } | undefined;
}

/** Of one number. */
interface Ours {
  isFree: boolean;
  /** Seconds of the month that is being counted. */
  volume: number;
  countries: Map<string, Sum>;
}

/**
 * What calls cost by the rate card, each at the price of its day and of the volume that its number had that month, and
 * what was billed. Calls have to come in the order of time, from the beginning of the month on: those before `from`
 * only count for the volume.
 */
export class CostTally {
  readonly #list: PriceList | undefined;
  readonly #isFree: (accountId: string) => boolean;
  readonly #from: number;
  readonly #editions: readonly number[];
  readonly #tiers: readonly number[];
  readonly #numbers = new Map<string, Ours>();
  #monthEnd = -Infinity;

  constructor(list: PriceList | undefined, isFree: (accountId: string) => boolean, from: number) {
    this.#list = list;
    this.#isFree = isFree;
    this.#from = from;
    const rows = list?.card.rows ?? [];
    this.#editions = [...new Set(rows.map(({ effectiveFrom }) => effectiveFrom))];
    this.#tiers = [...new Set(rows.map(({ aboveMinutes }) => aboveMinutes))];
  }

  add(call: CountedCall): void {
    if (!isBillable(call)) return;
    const { at, accountId, country = '', billedSeconds = 0, billedMicros } = call;
    const ours = this.#ours(accountId);
    if (ours.isFree) return;
    if (at >= this.#monthEnd) this.#beginMonth(at);
    const before = ours.volume;
    ours.volume += billedSeconds;
    if (at < this.#from) return;
    let sum = ours.countries.get(country);
    if (!sum) {
      const counts = { calls: 0, seconds: 0, unpriced: 0, billedMicros: undefined };
      sum = { accountId, country, ...counts, pulses: new Map(), rate: undefined };
      ours.countries.set(country, sum);
    }
    sum.calls += 1;
    sum.seconds += billedSeconds;
    if (billedMicros !== undefined) sum.billedMicros = (sum.billedMicros ?? 0) + billedMicros;
    const pulses = pulsesOf(billedSeconds * 1000);
    const rate = this.#rate(sum, at, before, pulses);
    if (rate) sum.pulses.set(rate, (sum.pulses.get(rate) ?? 0) + pulses);
    else sum.unpriced += 1;
  }

  /** The most seconds first. */
  result(): readonly CostRow[] {
    const sums = [...this.#numbers.values()].flatMap(({ countries }) => [...countries.values()]);
    const rows = sums.map(({ pulses, billedMicros, ...sum }): CostRow => ({
      accountId: sum.accountId,
      country: sum.country,
      calls: sum.calls,
      seconds: sum.seconds,
      unpriced: sum.unpriced,
      ...(this.#list && { amount: decimalText(amountOf(pulses)), currency: this.#list.currency }),
      ...(billedMicros !== undefined && {
        billed: decimalText(trimmed({ units: BigInt(billedMicros), scale: 6 })),
      }),
    }));
    return rows.sort((a, b) => b.seconds - a.seconds || (a.country < b.country ? -1 : 1));
  }

  #ours(accountId: string): Ours {
    let ours = this.#numbers.get(accountId);
    if (!ours) {
      ours = { isFree: this.#isFree(accountId), volume: 0, countries: new Map() };
      this.#numbers.set(accountId, ours);
    }
    return ours;
  }

  #beginMonth(at: number): void {
    const day = new Date(at);
    this.#monthEnd = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1);
    for (const ours of this.#numbers.values()) ours.volume = 0;
  }

  #rate(sum: Sum, at: number, monthSeconds: number, pulses: number): Rate | undefined {
    if (!this.#list) return undefined;
    const seconds = monthSeconds + pulses * PULSE_SECONDS;
    let edition = 0;
    for (const from of this.#editions) if (from <= at) edition += 1;
    let tier = 0;
    for (const above of this.#tiers) if (seconds > above * 60) tier += 1;
    if (sum.rate?.edition !== edition || sum.rate.tier !== tier) {
      const { card, currency } = this.#list;
      const { country } = sum;
      const found = rateOf(card, { country, number: '', currency, at, monthSeconds }, pulses);
      sum.rate = { edition, tier, rate: found.ok ? found.value : undefined };
    }
    return sum.rate.rate;
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
