import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, readCsv } from '../../../../../src/shared/lib/csv.ts';
import {
  csvOfRateCard,
  parseRateCard,
} from '../../../../../src/shared/rules/cost/rate-card-csv.ts';
import { DAY } from '../rule-facts.ts';

const header = 'effective_from,currency,region,areas,above_minutes,rate_per_minute';
const problems = (...lines: string[]) => {
  const read = parseRateCard([header, ...lines].join('\n'));
  return read.ok ? [] : read.error;
};

describe('a rate card', () => {
  it('reads back what it writes, whatever the names', () => {
    const rates = fc.uniqueArray(
      fc.record({
        effectiveFrom: fc.integer({ min: 0, max: 40_000 }).map((days) => days * DAY),
        currency: fc.constantFrom('USD', 'EUR', 'INR'),
        region: fc
          .string({ unit: 'binary', maxLength: 12 })
          .map((text) => text.trim())
          .filter((text) => !text.includes('\uFEFF')),
        areas: fc.uniqueArray(fc.constantFrom('MX', 'BR', '+44', '*'), { minLength: 1 }),
        aboveMinutes: fc.constant(0),
        perMinute: fc.record({
          units: fc.bigInt({ min: 0n, max: 10n ** 9n }),
          scale: fc.integer({ min: 0, max: 8 }),
        }),
      }),
      { minLength: 1, maxLength: 5, selector: (rate) => `${rate.effectiveFrom} ${rate.currency}` },
    );
    fc.assert(
      fc.property(rates, (rows) => {
        expect(parseRateCard(csvOfRateCard({ rows }))).toEqual({ ok: true, value: { rows } });
      }),
    );
  });

  it('accepts any column order, extra columns, CRLF and a byte order mark', () => {
    const text =
      '\uFEFFRegion,note,rate_per_minute,areas,currency,Above_Minutes,effective_from\r\n' +
      '"Rest of Africa, south",x,0.0103,ZA BW,USD,0,2026-10-01\r\n\r\n';
    expect(parseRateCard(text)).toMatchObject({
      ok: true,
      value: { rows: [{ region: 'Rest of Africa, south', areas: ['ZA', 'BW'] }] },
    });
  });

  it.each([
    ['bad-date', '2026-02-30,USD,x,MX,0,0.1', '2026-02-30'],
    ['bad-date', '1.10.2026,USD,x,MX,0,0.1', '1.10.2026'],
    ['bad-currency', '2026-10-01,usd,x,MX,0,0.1', 'usd'],
    ['bad-area', '2026-10-01,USD,x,Mexico,0,0.1', 'Mexico'],
    ['bad-area', '2026-10-01,USD,x,,0,0.1', ''],
    ['bad-minutes', '2026-10-01,USD,x,MX,50k,0.1', '50k'],
    ['bad-rate', '2026-10-01,USD,x,MX,0,-0.1', '-0.1'],
    ['bad-rate', '2026-10-01,USD,x,MX,0,1e-2', '1e-2'],
    ['no-first-tier', '2026-10-01,USD,x,MX,50000,0.1', 'MX'],
    ['too-few-fields', '2026-10-01,USD,x,MX,0', '5'],
  ])('rejects %s with its line', (code, line, what) => {
    const fine = '2026-10-01,USD,x,BR,0,0.1';
    expect(problems(fine, line)).toEqual([{ code, line: 3, what }]);
  });

  it('rejects two prices for one thing', () => {
    const line = '2026-10-01,USD,x,MX,0,0.1';
    expect(problems(line, line)).toEqual([{ code: 'repeated-area', line: 3, what: 'MX' }]);
  });

  it('lists every error by line', () => {
    const found = problems('x,usd,x,MX,0,0.1', '', '"2026-10-01",USD,"a\nb",MX,0,free');
    expect(found.map(({ code, line }) => [line, code])).toEqual([
      [2, 'bad-date'],
      [2, 'bad-currency'],
      [4, 'bad-rate'],
    ]);
  });

  it('rejects what is not a table', () => {
    const of = (text: string) => {
      const read = parseRateCard(text);
      return read.ok ? [] : read.error.map((one) => one.code);
    };
    expect(of('')).toEqual(['empty']);
    expect(of(header)).toEqual(['empty']);
    expect(of(`${header}\n"2026`)).toEqual(['unclosed-quote']);
    expect(of('currency,areas,region,above_minutes\nUSD,MX,x,0')).toEqual([
      'missing-column',
      'missing-column',
    ]);
  });
});

describe('CSV', () => {
  it('reads back the fields it writes', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
    const line = fc.array(field, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const kept = lines.filter((fields) => fields.some((one) => one.trim() !== ''));
        const read = readCsv(lines.map(csvLine).join('\r\n'));
        expect(read.ok && read.value.map(({ fields }) => fields)).toEqual(kept);
      }),
    );
  });
});
