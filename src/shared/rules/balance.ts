import { compare, decimalText, parseDecimal, rounded, subtract, type Decimal } from './decimal.ts';
import type { Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/**
 * The balance below which calls are impossible. The minimum is set per workspace: the $10 on the
 * respond.io page applies to that vendor. Compared exactly and shown rounded *down*, because 9.98
 * shown as "10" leaves people stuck (respond.io, "Top-up required for calls"). The shortfall is
 * rounded up, so paying it suffices.
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
