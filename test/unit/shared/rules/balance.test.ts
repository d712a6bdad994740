import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceRuling } from '../../../../src/shared/rules/balance.ts';
import {
  add,
  compare,
  decimalText,
  parseDecimal,
  rounded,
  subtract,
  tenth,
  trimmed,
  type Decimal,
} from '../../../../src/shared/rules/decimal.ts';
import { facts } from './rule-facts.ts';

const ask = (amount: string, minimum = '10') =>
  balanceRuling(facts({ business: { number: '1', balance: { amount, minimum, currency: 'USD' } } }))
    .findings;

const anyDecimal: fc.Arbitrary<Decimal> = fc.record({
  units: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  scale: fc.integer({ min: 0, max: 8 }),
});

describe('the balance', () => {
  it('treats 9.98 as below 10 and shows it', () => {
    expect(ask('9.98')).toMatchObject([
      {
        code: 'balance-too-low',
        severity: 'block',
        next: 'top-up',
        values: { balance: '9.98', minimum: '10.00', shortfall: '0.02', currency: 'USD' },
      },
    ]);
    expect(ask('10')).toEqual([]);
    expect(ask('10.00')).toEqual([]);
  });

  it('never rounds up near the minimum and names a sufficient shortfall', () => {
    expect(ask('9.9999')).toMatchObject([{ values: { balance: '9.99', shortfall: '0.01' } }]);
    expect(ask('-0.001')).toMatchObject([{ values: { balance: '-0.01', shortfall: '10.01' } }]);
  });

  it('is exact to the cent for any amount', () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(cents, cents, (has, needs) => {
        const text = (units: bigint) => decimalText({ units, scale: 2 });
        const shortfalls = ask(text(has), text(needs)).map((one) => one.values);
        expect(shortfalls).toMatchObject(has >= needs ? [] : [{ shortfall: text(needs - has) }]);
      }),
    );
  });

  it.each(['', 'ten', '9,98', '1e1', '.5', '0x10', ' ', '10.', 'NaN'])(
    'does not guess what “%s” means',
    (amount) => {
      expect(ask(amount)).toMatchObject([{ code: 'balance-unreadable' }]);
    },
  );
});

describe('decimals', () => {
  it('read back what they write', () => {
    fc.assert(
      fc.property(anyDecimal, (one) => {
        expect(parseDecimal(decimalText(one))).toEqual(one);
      }),
    );
  });

  it('add and compare exactly', () => {
    expect(decimalText(add({ units: 1n, scale: 1 }, { units: 2n, scale: 1 }))).toBe('0.3');
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expect(compare(subtract(add(a, b), b), a)).toBe(0);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
        expect(compare(add(a, b), add(b, a))).toBe(0);
      }),
    );
  });

  it('round to the nearest step in the requested direction', () => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({ min: 0, max: 6 }), (one, places) => {
        const down = rounded(one, places, 'down');
        const up = rounded(one, places, 'up');
        expect(compare(down, one)).toBeLessThanOrEqual(0);
        expect(compare(up, one)).toBeGreaterThanOrEqual(0);
        expect([0n, 1n]).toContain(up.units - down.units);
        expect(compare(trimmed(one), one)).toBe(0);
      }),
    );
    expect(decimalText(tenth({ units: 95n, scale: 4 }))).toBe('0.00095');
  });
});
