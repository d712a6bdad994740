import type { Result } from '../../lib/result.ts';
import { callingCodes } from '../../lib/phone.ts';
import { marketGroups, marketNames } from '../data/markets.ts';
import { parseDecimal } from '../decimal.ts';
import { isoDate } from '../zoned-time.ts';
import { type CsvLine, readCsv } from '../../lib/csv.ts';
import { csvOfRateCard, type RateCardProblem } from './rate-card-csv.ts';
import type { Rate } from './rate-card.ts';
import { ownValue } from '../../lib/own-value.ts';

/*
 * Meta publishes one CSV file per billing currency (Calling API pricing, "Rate cards and volume
 * tiers") without describing its columns. Its message rate cards begin with a few lines of title
 * and notes, followed by a header that starts with "Market, Currency". So nothing here depends on
 * order: the header is the first line that names a market, tiers come from any header or cell with
 * a range of minutes, and currency and date from wherever they stand.
 */

/** Whether a file is Meta's own rate card rather than one in our columns. */
export const isMetaRateCard = (text: string): boolean => headerOf(text) !== undefined;

/**
 * Converts Meta's rate card to our columns.
 *
 * @param hints what the file may leave open: its name, the chosen currency, and the day (Unix ms)
 * from which undated prices apply
 * @returns CSV for `parseRateCard`, or the problems by line
 */
export function convertMetaRateCard(
  text: string,
  hints: { name: string; currency: string | undefined; today: number },
): Result<string, readonly RateCardProblem[]> {
  const header = headerOf(text);
  if (!header) return { ok: false, error: [{ code: 'empty', line: 1, what: '' }] };
  const { columns, notes, body, line } = header;
  const said = [...notes, hints.name].join('\n');
  const currencySaid = hints.currency ?? currencyIn(said);
  const effectiveFrom = dateIn(said) ?? Math.floor(hints.today / DAY_MS) * DAY_MS;
  const problems: RateCardProblem[] = [];
  const rates: (Rate & { line: number })[] = [];
  if (columns.tiers.length === 0 && columns.rate < 0) {
    problems.push({ code: 'missing-column', line, what: 'rate_per_minute' });
  }
  for (const row of body) {
    const market = cell(row, columns.market);
    if (market === '') continue;
    const areas = areasOf(market, body, columns.market);
    const currency = currencyIn(cell(row, columns.currency)) ?? currencySaid;
    if (areas.length === 0) {
      problems.push({ code: 'bad-area', line: row.line, what: market });
    } else if (currency === undefined) {
      problems.push({ code: 'bad-currency', line: row.line, what: cell(row, columns.currency) });
    } else {
      const base = { effectiveFrom, currency, region: market, areas, line: row.line };
      for (const { aboveMinutes, price } of pricesOf(row, columns)) {
        const perMinute = parseDecimal(plainNumber(price));
        if (perMinute && perMinute.units >= 0n) rates.push({ ...base, aboveMinutes, perMinute });
        else problems.push({ code: 'bad-rate', line: row.line, what: price });
      }
    }
  }
  if (problems.length > 0) return { ok: false, error: problems };
  return rates.length === 0
    ? { ok: false, error: [{ code: 'empty', line, what: '' }] }
    : { ok: true, value: csvOfRateCard({ rows: rates }) };
}

const DAY_MS = 86_400_000;

/** Strips currency and thousands separators: `R$ 0,05` is 0.05, `1,234.50` is 1234.50. */
function plainNumber(price: string): string {
  const number = price.replaceAll(/[^\d.,-]/g, '');
  return number.includes('.') ? number.replaceAll(',', '') : number.replace(',', '.');
}

interface Columns {
  market: number;
  currency: number;
  /** Layout with one row per tier of a market. */
  tier: number;
  rate: number;
  /** Layout with one column per tier. */
  tiers: readonly { column: number; aboveMinutes: number }[];
}

function headerOf(
  text: string,
): { columns: Columns; notes: string[]; body: CsvLine[]; line: number } | undefined {
  // Lines of notes come first, so the header itself tells how its fields are separated.
  for (const separator of [',', ';', '\t']) {
    const csv = readCsv(text, separator);
    const found = csv.ok ? headerIn(csv.value) : undefined;
    if (found) return found;
  }
  return undefined;
}

function headerIn(lines: readonly CsvLine[]): ReturnType<typeof headerOf> {
  const at = lines.findIndex(({ fields }) =>
    fields.some((field) => /^(?:market|country|region)$/i.test(field.trim())),
  );
  const head = lines[at];
  if (!head || head.fields.some((field) => field.trim().toLowerCase() === 'areas'))
    return undefined;
  const names = head.fields.map((field) => field.trim().toLowerCase());
  const find = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const columns: Columns = {
    market: find(/^(?:market|country|region)$/),
    currency: find(/currency/),
    tier: find(/tier|^from$|minutes? from|volume/),
    rate: find(/rate|price/),
    tiers: names.flatMap((name, column) => {
      const aboveMinutes = tierIn(name);
      return aboveMinutes === undefined ? [] : [{ column, aboveMinutes }];
    }),
  };
  const notes = lines.slice(0, at).map(({ fields }) => fields.join(' '));
  return { columns, notes, body: lines.slice(at + 1), line: head.line };
}

const cell = ({ fields }: CsvLine, column: number): string => (fields[column] ?? '').trim();

/** The prices in a row. `n/a`, a dash or nothing means that the market has none. */
function pricesOf(row: CsvLine, columns: Columns): { aboveMinutes: number; price: string }[] {
  const { tiers, tier, rate } = columns;
  const all =
    tiers.length > 0
      ? tiers.map(({ column, aboveMinutes }) => ({ aboveMinutes, price: cell(row, column) }))
      : [{ aboveMinutes: tierIn(cell(row, tier)) ?? 0, price: cell(row, rate) }];
  return all.filter(({ price }) => !/^(?:n\/?a|[-–—]?)$/i.test(price));
}

/**
 * The minutes above which a tier begins: 0 for `0 - 50,000`, 50,000 for `50,001 - 250,000`,
 * `50001:250000`, `>50,000` and `50,001+`; undefined without a number.
 */
function tierIn(text: string): number | undefined {
  const found = /(?<sign>>|above|over|more than)?\s*(?<digits>\d[\d,. ]*)\s*(?<unit>[km]\b)?/i.exec(
    text,
  );
  const { sign, digits, unit } = found?.groups ?? {};
  if (digits === undefined) return undefined;
  const scale = unit === undefined ? 1 : unit.toLowerCase() === 'k' ? 1_000 : 1_000_000;
  const number =
    scale === 1 ? Number(digits.replaceAll(/\D/g, '')) : Number.parseFloat(digits) * scale;
  return sign !== undefined || number === 0 || scale > 1 ? number : number - 1;
}

/** The countries of a market. A country with its own line is not priced by its group. */
function areasOf(market: string, body: readonly CsvLine[], column: number): string[] {
  const name = nameOf(market);
  if (/^(?:other|all other|rest of (?:the )?world)/.test(name)) return ['*'];
  const group = ownValue(marketGroups.value, name);
  if (group === undefined) {
    const country = countryNamed(name);
    return country === undefined ? [] : [country];
  }
  const alone = new Set(body.map((row) => countryNamed(nameOf(cell(row, column)))));
  return group.split(' ').filter((country) => !alone.has(country));
}

const nameOf = (market: string): string =>
  market
    .toLowerCase()
    .replaceAll(/\s+and\s+/g, ' & ')
    .replaceAll(/\s+/g, ' ')
    .trim();

let countryNames: ReadonlyMap<string, string> | undefined;

/** ISO 3166-1 code of a country's English name. */
function countryNamed(name: string): string | undefined {
  const display = new Intl.DisplayNames('en', { type: 'region' });
  countryNames ??= new Map(
    callingCodes().map(({ country }) => [nameOf(display.of(country) ?? country), country]),
  );
  return ownValue(marketNames, name) ?? countryNames.get(name);
}

/** How Meta's cards write currencies other than by code. */
const SYMBOLS: Readonly<Record<string, string>> = {
  '₹': 'INR',
  '€': 'EUR',
  '£': 'GBP',
  R$: 'BRL',
  $US: 'USD',
};

function currencyIn(text: string): string | undefined {
  const code = /\b(?:USD|AED|ARS|AUD|BRL|CLP|COP|EUR|GBP|IDR|INR|MXN|MYR|PEN|SAR|SGD)\b/i.exec(
    text.replaceAll('_', ' '),
  )?.[0];
  if (code !== undefined) return code.toUpperCase();
  return Object.entries(SYMBOLS).find(([symbol]) => text.includes(symbol))?.[1];
}

/**
 * The first date in a text, as midnight UTC: `2026-10-01`, `October 1, 2026` or `1 October 2026`.
 */
function dateIn(text: string): number | undefined {
  const named = /[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2} [A-Za-z]{3,9}\.? \d{4}/.exec(text)?.[0];
  const written = /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? (named && `${named} UTC`);
  const at = written === undefined ? Number.NaN : Date.parse(written);
  return Number.isNaN(at) ? undefined : Date.parse(isoDate(at));
}
