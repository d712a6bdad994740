import { z } from 'zod';
import type { CallBill } from '../events.ts';
import { decimalText, parseDecimal } from '../../rules/decimal.ts';

/**
 * JSON numbers as exact decimal text, e.g. `0.0672`. JavaScript's shortest text of a number is what
 * the sender wrote, up to 15 digits; only exponents must be written out.
 */
const amount = z.union([z.number(), z.string()]).transform((value, context) => {
  const [mantissa = '', exponent = '0'] = String(value).toLowerCase().split('e');
  const read = parseDecimal(mantissa);
  const scale = (read?.scale ?? 0) - Number(exponent);
  // More digits are not an amount of money.
  if (!read || !Number.isInteger(scale) || scale > 20 || scale < -20) {
    context.addIssue({ code: 'custom', message: 'is not an amount' });
    return z.NEVER;
  }
  return scale < 0
    ? decimalText({ units: read.units * 10n ** BigInt(-scale), scale: 0 })
    : decimalText({ units: read.units, scale });
});

const maybeAmount = amount.optional().catch(undefined);

const billFields = z.object({
  billableCostUSD: maybeAmount,
  metaCostUSD: maybeAmount,
  telnyxCostUSD: maybeAmount,
  recordingCostUSD: maybeAmount,
  transcriptionCostUSD: maybeAmount,
  totalCostUSD: maybeAmount,
});

/**
 * The price of a call (docs/providers/zernio.md#billing). Unreadable amounts are dropped; an
 * unsettled call has none.
 */
export const zernioBill = billFields.transform((bill): CallBill => ({
  billable: bill.billableCostUSD,
  meta: bill.metaCostUSD,
  carrier: bill.telnyxCostUSD,
  recording: bill.recordingCostUSD,
  transcription: bill.transcriptionCostUSD,
  total: bill.totalCostUSD,
}));

/** The price of a future call. `perMinute` is text like the rest. */
export const zernioEstimate = z
  .object({
    destinationCountry: z.string().nullish(),
    perMinuteUsd: maybeAmount,
    breakdown: zernioBill.optional().catch(undefined),
  })
  .transform(({ destinationCountry, perMinuteUsd, breakdown }) => ({
    country: destinationCountry ?? undefined,
    perMinute: perMinuteUsd,
    bill: breakdown,
  }));
