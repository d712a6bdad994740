import { describe, expect, it } from 'vitest';
import {
  convertMetaRateCard,
  isMetaRateCard,
} from '../../../../../src/shared/rules/cost/meta-rate-card.ts';
import { rateOf, type RateCard } from '../../../../../src/shared/rules/cost/rate-card.ts';
import { parseRateCard } from '../../../../../src/shared/rules/cost/rate-card-csv.ts';
import { decimalText } from '../../../../../src/shared/rules/decimal.ts';

const today = Date.UTC(2026, 10, 28, 13);
const hints = { name: 'rates.csv', currency: undefined, today };

function read(text: string, more: Partial<typeof hints> = {}): RateCard {
  expect(isMetaRateCard(text)).toBe(true);
  const converted = convertMetaRateCard(text, { ...hints, ...more });
  if (!converted.ok) throw new Error(JSON.stringify(converted.error));
  const card = parseRateCard(converted.value);
  if (!card.ok) throw new Error(JSON.stringify(card.error));
  return card.value;
}

/** The price of a minute to a number, after this many minutes this month. */
function minute(card: RateCard, number: string, minutes = 0, currency = 'USD'): string | undefined {
  const found = rateOf(card, { number, currency, at: today, monthSeconds: minutes * 60 }, 1);
  return found.ok ? decimalText(found.value.perMinute) : undefined;
}

const wide = [
  '"WhatsApp Business Calling API: rates per minute",,,,',
  '"Effective October 1, 2026",,,,',
  ',,,,',
  'Market,Currency,"0 - 50,000","50,001 - 250,000",">5,000,000"',
  'Mexico,$US,0.0110,0.0090,0.0041',
  'Kazakhstan,$US,0.0500,0.0400,0.0300',
  '"Rest of Africa",$US,0.0103,0.0084,0.0042',
  '"Rest of Asia Pacific",$US,0.0203,0.0184,0.0142',
  'North America,$US,n/a,n/a,n/a',
  'Other,$US,0.05,0.04,0.03',
].join('\r\n');

describe('Meta’s own rate card', () => {
  it('F14 is read unchanged with one column per tier', () => {
    const card = read(wide);
    expect(minute(card, '+525512345678')).toBe('0.0110');
    expect(minute(card, '+525512345678', 60_000)).toBe('0.0090');
    expect(minute(card, '+525512345678', 6_000_000)).toBe('0.0041');
    expect(minute(card, '+254712345678')).toBe('0.0103');
    expect(card.rows[0]?.effectiveFrom).toBe(Date.UTC(2026, 9, 1));
  });

  it.each([';', '\t'])('X1 is read as a spreadsheet saves it, separated by %j', (separator) => {
    const saved = [
      `"Effective October 1, 2026"${separator.repeat(3)}`,
      ['Market', 'Currency', '0 - 50.000', '50.001 - 250.000'].join(separator),
      ['Mexico', '$US', '0,0110', '0,0090'].join(separator),
      ['Other', '$US', '0,05', '0,04'].join(separator),
    ].join('\r\n');
    expect(minute(read(saved), '+525512345678', 60_000)).toBe('0.0090');
  });

  it('F14 gives a listed country its own rate and the rest their group’s', () => {
    const card = read(wide);
    expect(minute(card, '+77011234567')).toBe('0.0500');
    expect(minute(card, '+66812345678')).toBe('0.0203');
    expect(minute(card, '+4915112345678')).toBe('0.05');
    expect(minute(card, '+16315553602')).toBe('0.05');
  });

  it('F14 is read with one row per tier, with the currency from the file name', () => {
    const card = read(
      'Country,Tier,Rate\nBrazil,0:50000,"R$ 0,05"\nBrazil,50001:250000,"R$ 0,04"\n',
      { name: 'calling-rates_BRL_2026-10-01.csv' },
    );
    expect(minute(card, '+5511987654321', 0, 'BRL')).toBe('0.05');
    expect(minute(card, '+5511987654321', 60_000, 'BRL')).toBe('0.04');
  });

  it('F14 applies undated prices from the day of import', () => {
    const card = read('Market,Currency,Price per minute\nIndia,INR,0.62\n');
    expect(card.rows).toMatchObject([{ effectiveFrom: Date.UTC(2026, 10, 28), areas: ['IN'] }]);
  });

  it('F14 distinguishes thousands separators from decimal points', () => {
    const card = read('Market,Currency,Rate\nIndonesia,IDR,"1,234.50"\n');
    expect(minute(card, '+628123456789', 0, 'IDR')).toBe('1234.50');
  });

  it('F14 reports what it cannot read, by line', () => {
    const converted = convertMetaRateCard('Market,Rate\nAtlantis,0.1\nIndia,cheap\n', {
      ...hints,
      currency: 'USD',
    });
    expect(converted).toEqual({
      ok: false,
      error: [
        { code: 'bad-area', line: 2, what: 'Atlantis' },
        { code: 'bad-rate', line: 3, what: 'cheap' },
      ],
    });
  });

  it('F14 is not confused with a card in our own columns', () => {
    expect(
      isMetaRateCard('effective_from,currency,region,areas,above_minutes,rate_per_minute\n'),
    ).toBe(false);
  });
});
