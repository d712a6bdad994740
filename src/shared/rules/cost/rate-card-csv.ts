import type { Result } from '../../lib/result.ts';
import { decimalText, parseDecimal } from '../decimal.ts';
import { dateMs, isoDate } from '../zoned-time.ts';
import { csvLine, readCsv, separatorOf } from '../../lib/csv.ts';
import type { Rate, RateCard } from './rate-card.ts';

/** Columns of a rate card, in any order; others are ignored. `areas` are separated by spaces. */
const rateCardColumns = [
  'effective_from',
  'currency',
  'region',
  'areas',
  'above_minutes',
  'rate_per_minute',
] as const;
type Column = (typeof rateCardColumns)[number];

type RateCardProblemCode =
  | 'empty'
  | 'missing-column'
  | 'unclosed-quote'
  | 'too-few-fields'
  | 'bad-date'
  | 'bad-currency'
  | 'bad-area'
  | 'bad-minutes'
  | 'bad-rate'
  | 'repeated-area'
  | 'no-first-tier';

/** Why a file is not a rate card, and where. */
export interface RateCardProblem {
  code: RateCardProblemCode;
  /** Line in the file, counted from 1. */
  line: number;
  /** The column or value at fault. */
  what: string;
}

/** Parses a rate card completely or not at all, and lists every problem. */
export function parseRateCard(text: string): Result<RateCard, readonly RateCardProblem[]> {
  const separator = separatorOf(text);
  const csv = readCsv(text, separator);
  if (!csv.ok) {
    return { ok: false, error: [{ code: 'unclosed-quote', line: csv.error, what: '"' }] };
  }
  const [header, ...body] = csv.value;
  if (!header || body.length === 0) {
    return { ok: false, error: [{ code: 'empty', line: header?.line ?? 1, what: '' }] };
  }
  const names = header.fields.map((name) => name.trim().toLowerCase());
  const missing = rateCardColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    return {
      ok: false,
      error: missing.map((what) => ({ code: 'missing-column', line: header.line, what })),
    };
  }
  const problems: RateCardProblem[] = [];
  const read: { line: number; rate: Rate }[] = [];
  for (const { line, fields } of body) {
    if (fields.length < names.length) {
      problems.push({ code: 'too-few-fields', line, what: String(fields.length) });
      continue;
    }
    const value = (column: Column): string => (fields[names.indexOf(column)] ?? '').trim();
    const row = readRow(value, separator);
    problems.push(...row.problems.map((problem) => ({ ...problem, line })));
    if (row.rate) read.push({ line, rate: row.rate });
  }
  problems.push(...contradictions(read));
  return problems.length === 0
    ? { ok: true, value: { rows: read.map(({ rate }) => rate) } }
    : { ok: false, error: problems.sort((a, b) => a.line - b.line) };
}

/** Writes the card as CSV that `parseRateCard` reads back. */
export function csvOfRateCard({ rows }: RateCard): string {
  const lines = rows.map((rate) =>
    csvLine([
      isoDate(rate.effectiveFrom),
      rate.currency,
      rate.region,
      rate.areas.join(' '),
      String(rate.aboveMinutes),
      decimalText(rate.perMinute),
    ]),
  );
  return [csvLine(rateCardColumns), ...lines, ''].join('\n');
}

function readRow(
  value: (column: Column) => string,
  separator: string,
): {
  rate: Rate | undefined;
  problems: { code: RateCardProblemCode; what: string }[];
} {
  const problems: { code: RateCardProblemCode; what: string }[] = [];
  const complain = (code: RateCardProblemCode, what: string) => {
    problems.push({ code, what });
  };
  const effectiveFrom = dateMs(value('effective_from'));
  if (Number.isNaN(effectiveFrom)) complain('bad-date', value('effective_from'));
  const currency = value('currency');
  if (!/^[A-Z]{3}$/.test(currency)) complain('bad-currency', currency);
  const areas = value('areas').split(/\s+/);
  const badArea = areas.find((area) => !/^(?:[A-Z]{2}|\+\d{1,7}|\*)$/.test(area));
  if (badArea !== undefined) complain('bad-area', badArea);
  const minutes = value('above_minutes');
  if (!/^\d{1,12}$/.test(minutes)) complain('bad-minutes', minutes);
  // Where fields are separated by semicolons, a comma begins the decimals.
  const rate = value('rate_per_minute');
  const perMinute = parseDecimal(separator === ',' ? rate : rate.replace(',', '.'));
  if (!perMinute || perMinute.units < 0n) complain('bad-rate', rate);
  if (problems.length > 0 || !perMinute) return { rate: undefined, problems };
  const region = value('region');
  const aboveMinutes = Number(minutes);
  return { rate: { effectiveFrom, currency, region, areas, aboveMinutes, perMinute }, problems };
}

/** Each date, currency, area and tier has one price, and each area begins with the tier above 0. */
function contradictions(read: readonly { line: number; rate: Rate }[]): RateCardProblem[] {
  const problems: RateCardProblem[] = [];
  const tiers = new Map<string, { line: number; area: string; above: Set<number> }>();
  for (const { line, rate } of read) {
    for (const area of rate.areas) {
      const key = `${rate.effectiveFrom} ${rate.currency} ${area}`;
      const known = tiers.get(key) ?? { line, area, above: new Set<number>() };
      if (known.above.has(rate.aboveMinutes)) {
        problems.push({ code: 'repeated-area', line, what: area });
      }
      known.above.add(rate.aboveMinutes);
      tiers.set(key, known);
    }
  }
  for (const { line, area, above } of tiers.values()) {
    if (!above.has(0)) problems.push({ code: 'no-first-tier', line, what: area });
  }
  return problems;
}
