import { formats } from '../../shared/i18n/i18n.ts';
import {
  decimalText,
  parseDecimal,
  rounded,
  trimmed,
  type Decimal,
} from '../../shared/rules/decimal.ts';

/** An exact amount with its currency: `3.00 USD`, `0.0625 USD`. */
export function money(amount: Decimal, currency: string): string {
  const exact = trimmed(amount);
  return `${formats.decimal(decimalText(rounded(exact, Math.max(2, exact.scale), 'up')))} ${currency}`;
}

/** A provider's amount with all its digits; unchanged if it is not a number. */
export function billed(amount: string, currency: string): string {
  const exact = parseDecimal(amount);
  return `${exact ? formats.decimal(decimalText(exact)) : amount} ${currency}`;
}

/** An estimate in whole cents, rounded up; unchanged if it is not a number. */
export function roughly(amount: string, currency: string): string {
  const exact = parseDecimal(amount);
  return `${exact ? formats.decimal(decimalText(rounded(exact, 2, 'up'))) : amount} ${currency}`;
}
