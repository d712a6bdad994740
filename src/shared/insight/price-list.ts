import { callingCodeOf } from '../lib/phone.ts';
import { csvOfRateCard, parseRateCard } from '../rules/cost/rate-card-csv.ts';
import type { WrittenPriceList } from '../protocol/insight-question.ts';
import type { PriceList } from './cost.ts';

/** Undefined if it is none. */
export function readPriceList({ csv, currency }: WrittenPriceList): PriceList | undefined {
  const parsed = parseRateCard(csv);
  return parsed.ok ? { card: parsed.value, currency } : undefined;
}

/** The rows that can price calls to these countries (ISO 3166-1; empty: not known). */
export function pricesFor(list: WrittenPriceList, countries: readonly string[]): WrittenPriceList {
  const read = readPriceList(list);
  if (!read) return list;
  const codes = countries.map((country) => callingCodeOf(country) ?? '');
  const mayPrice = (area: string) =>
    area === '*' ||
    countries.includes(area) ||
    (area.startsWith('+') && codes.some((code) => code.startsWith(area.slice(1))));
  // An edition that has no price for them must not leave them to the one before.
  const editions = new Set<number>();
  const isFirst = (edition: number) => !editions.has(edition) && Boolean(editions.add(edition));
  const rows = read.card.rows.filter(
    ({ areas, currency, effectiveFrom }) =>
      currency === list.currency && (isFirst(effectiveFrom) || areas.some(mayPrice)),
  );
  return { csv: csvOfRateCard({ rows }), currency: list.currency };
}
