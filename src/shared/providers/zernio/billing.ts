import { z } from 'zod';
import type { CallBill } from '../events.ts';
import { decimalText, parseDecimal } from '../../rules/decimal.ts';

/**
 * JSON numbers → exact decimal text, e.g. `0.0672`. JavaScript's shortest text of a number is what the sender wrote, up
 * to 15 digits; only an exponent has to be written out.
 */
const amount = z.union([z.number(), z.string()]).transform((told, context) => {
  const [mantissa = '', exponent = '0'] = String(told).toLowerCase().split('e');
  const read = parseDecimal(mantissa);
  const scale = (read?.scale ?? 0) - Number(exponent);
  // Amounts with more digits are no amounts of money, and would only make long texts.
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
 * What a call cost (docs/providers/zernio.md#billing). Amounts that are not understood are left
 * out; an unsettled call has none.
 */
export const zernioBill = billFields.transform((told): CallBill => ({
  billable: told.billableCostUSD,
  meta: told.metaCostUSD,
  carrier: told.telnyxCostUSD,
  recording: told.recordingCostUSD,
  transcription: told.transcriptionCostUSD,
  total: told.totalCostUSD,
}));

/** What a call would cost; `perMinute` is text like the rest. */
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
