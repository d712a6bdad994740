import { decimalText, rounded, trimmed, type Decimal } from '../../shared/rules/decimal.ts';

/** An exact amount with its currency, as prices are written: `3.00 USD`, `0.0625 USD`. */
export function money(amount: Decimal, currency: string): string {
  const exact = trimmed(amount);
  return `${decimalText(rounded(exact, Math.max(2, exact.scale), 'up'))} ${currency}`;
}
