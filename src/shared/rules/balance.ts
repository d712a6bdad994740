import { compare, decimalText, parseDecimal, rounded, subtract, type Decimal } from './decimal.ts';
import type { Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/**
 * The balance below which calls are not possible. The figure belongs to the workspace: the $10 of the respond.io page is
 * that vendor's. Compared exactly and shown rounded *down*, because 9.98 that reads "10" is how people get stuck there
 * (respond.io, "Top-up required for calls"). The shortfall is rounded up: paying it is enough.
 */
export function balanceRuling({ business }: Facts): Ruling {
  if (!business.balance) return silent;
  const { amount, minimum, currency } = business.balance;
  const has = parseDecimal(amount);
  const needs = parseDecimal(minimum);
  if (!has || !needs) {
    return ruling([finding('balance-unreadable', { balance: amount, minimum })]);
  }
  if (compare(has, needs) >= 0) return silent;
  return ruling([
    finding('balance-too-low', {
      balance: cents(has, 'down'),
      minimum: cents(needs, 'up'),
      shortfall: cents(subtract(needs, has), 'up'),
      currency,
    }),
  ]);
}

const cents = (amount: Decimal, way: 'down' | 'up'): string => decimalText(rounded(amount, 2, way));
