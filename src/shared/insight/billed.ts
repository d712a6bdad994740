import { parseDecimal } from '../rules/decimal.ts';
import type { CallBill } from '../providers/events.ts';

/**
 * What a provider billed for a call, in millionths of a US dollar: WhatsApp's part where it is told apart, because that is
 * what a rate card is about.
 */
export function billedMicros(bill: CallBill | undefined): number | undefined {
  const amount = parseDecimal(bill?.meta ?? bill?.total ?? bill?.billable ?? '');
  return amount && Math.max(0, Math.round((Number(amount.units) * 1e6) / 10 ** amount.scale));
}
