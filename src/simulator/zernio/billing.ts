import { type Call, durationSeconds } from '../calls/call.ts';
import type { CallNotes } from './number.ts';

/**
 * The cost of a call, in US dollars (docs/providers/zernio.md#billing). The rates are made up, with
 * the published order of magnitude; the recording surcharge is the published one. The bill is not
 * the sum of the parts shown.
 */
const PER_MINUTE = { meta: 0.0141, carrier: 0.0336, billed: 0.0672, recording: 0.004 } as const;
/** WhatsApp's charge comes in pulses of 6 s. */
const PULSE_SECONDS = 6;

export interface Billing {
  metaCostUSD: number;
  telnyxCostUSD: number;
  recordingCostUSD: number;
  billableCostUSD: number;
  totalCostUSD: number;
}

/** For an ended call; undefined if it was never answered. */
export function billOf(call: Call, notes: CallNotes): Billing | undefined {
  const seconds = durationSeconds(call);
  return seconds === undefined
    ? undefined
    : bill(seconds, {
        outbound: call.direction === 'business-initiated',
        telephone: notes.forwardTo.startsWith('tel:'),
        recording: notes.recording,
      });
}

/** `telephone`: only there the carrier charges; customers' calls cost nothing at Meta. */
export function bill(
  seconds: number,
  how: { outbound: boolean; telephone: boolean; recording: boolean },
): Billing {
  const minutes = seconds / 60;
  const pulses = Math.ceil(seconds / PULSE_SECONDS) * (PULSE_SECONDS / 60);
  const metaCostUSD = how.outbound ? dollars(pulses * PER_MINUTE.meta) : 0;
  const telnyxCostUSD = how.telephone ? dollars(minutes * PER_MINUTE.carrier) : 0;
  const recordingCostUSD = how.recording ? dollars(minutes * PER_MINUTE.recording) : 0;
  const billed = how.telephone ? minutes * PER_MINUTE.billed : 0;
  const billableCostUSD = dollars(billed + recordingCostUSD);
  return {
    metaCostUSD,
    telnyxCostUSD,
    recordingCostUSD,
    billableCostUSD,
    totalCostUSD: dollars(billableCostUSD + metaCostUSD),
  };
}

const dollars = (value: number): number => Number(value.toFixed(6));
