import type { Result } from '../../lib/result.ts';
import { callingCodeOf, phoneCountry } from '../../lib/phone.ts';
import { tenth, times, type Decimal } from '../decimal.ts';
import { PULSE_SECONDS } from './pulses.ts';

/** Call prices imported from a CSV file (see `rate-card-csv.ts`). */
export interface RateCard {
  rows: readonly Rate[];
}

/** The price of a minute to some countries, valid from a date. */
export interface Rate {
  /** First valid day, as midnight UTC in Unix ms. */
  effectiveFrom: number;
  /** ISO 4217. */
  currency: string;
  /** As named on the card, e.g. `Rest of Africa`. */
  region: string;
  /** ISO 3166-1 countries, calling codes like `+44`, or `*` for the rest. */
  areas: readonly string[];
  /** Volume tier: applies above this many minutes in a calendar month. 0 is the first tier. */
  aboveMinutes: number;
  perMinute: Decimal;
}

/** Destination and time of a call. */
export interface Route {
  /** The customer's number: its country code decides the rate (Meta, pricing). */
  number: string;
  /** In place of the number's own, where only that is known. */
  country?: string | undefined;
  currency: string;
  /** Unix ms. */
  at: number;
  /** Answered business-initiated seconds this calendar month, without this call. */
  monthSeconds: number;
}

export type NoRate = 'no-card-yet' | 'no-rate-for-number';

/**
 * The rate of a call of `pulses`. Volume tiers are 0–50,000 minutes, 50,001–250,000 and so on. A
 * call that crosses a boundary is billed wholly at the lower rate (Meta, pricing), so its own
 * length counts too.
 */
export function rateOf(card: RateCard, route: Route, pulses: number): Result<Rate, NoRate> {
  const edition = editionAt(card, route);
  if (edition.length === 0) return { ok: false, error: 'no-card-yet' };
  const rows = rowsFor(edition, route);
  const seconds = route.monthSeconds + pulses * PULSE_SECONDS;
  const rate = rows
    .filter((row) => row.aboveMinutes === 0 || seconds > row.aboveMinutes * 60)
    .reduce<Rate | undefined>(
      (best, row) => (best === undefined || row.aboveMinutes > best.aboveMinutes ? row : best),
      undefined,
    );
  return rate ? { ok: true, value: rate } : { ok: false, error: 'no-rate-for-number' };
}

/** The exact price of this many pulses at a rate. */
export function priceOf(rate: Rate, pulses: number): Decimal {
  return times(perPulse(rate), pulses);
}

/** The price of one pulse, a tenth of a minute. */
export function perPulse(rate: Rate): Decimal {
  return tenth(rate.perMinute);
}

/** When the rates in this currency change next (Unix ms), if a later card is already imported. */
export function nextEditionAt(card: RateCard, currency: string, at: number): number | undefined {
  const later = card.rows
    .filter((row) => row.currency === currency && row.effectiveFrom > at)
    .map((row) => row.effectiveFrom);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** The rows of the newest valid card. A card replaces the previous one completely. */
function editionAt({ rows }: RateCard, { currency, at }: Route): Rate[] {
  const valid = rows.filter((row) => row.currency === currency && row.effectiveFrom <= at);
  const newest = Math.max(...valid.map((row) => row.effectiveFrom));
  return valid.filter((row) => row.effectiveFrom === newest);
}

/** The rows for a number: by country, else by the longest calling code, else the rest. */
function rowsFor(edition: readonly Rate[], route: Route): Rate[] {
  const country = route.country ?? phoneCountry(route.number);
  const digits = route.number.replace(/\D/g, '') || (callingCodeOf(country) ?? '');
  const codes = edition
    .flatMap((row) => row.areas)
    .filter((area) => area.startsWith('+') && digits.startsWith(area.slice(1)))
    .sort((a, b) => b.length - a.length);
  for (const area of [country, codes[0], '*']) {
    const rows = edition.filter((row) => area !== undefined && row.areas.includes(area));
    if (rows.length > 0) return rows;
  }
  return [];
}
