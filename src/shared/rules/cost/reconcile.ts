import {
  absolute,
  compare,
  decimalText,
  parseDecimal,
  subtract,
  times,
  zero,
  type Decimal,
} from '../decimal.ts';
import { pulsesOf } from './pulses.ts';
import type { Cost } from './meter.ts';

/** Our own meter's result for a finished call. */
export interface OurAccount {
  answered: boolean;
  /** Talk time, ms. */
  talkMs: number;
  /** Missing if no rate card covers the call. */
  cost?: Extract<Cost, { ok: true }> | undefined;
}

/**
 * The provider's price. For Zernio this is `metaCostUSD`; its `billableCostUSD` is another service
 * (the carrier) and never compared or added (docs/providers/zernio.md#billing).
 */
export interface Bill {
  /** Decimal text as sent by the provider. */
  amount: string;
  /** ISO 4217, if the provider reports it. */
  currency?: string | undefined;
  /** Billed talk in seconds, if the provider reports it. */
  seconds?: number | undefined;
}

/** A difference between our meter and the bill. */
type BillDifference =
  | { code: 'unreadable'; theirs: string }
  | { code: 'currency'; ours: string; theirs: string }
  | { code: 'billed-unanswered'; theirs: string }
  | { code: 'not-billed'; ours: string }
  | { code: 'whole-minutes'; ours: string; theirs: string }
  | { code: 'duration'; ours: number; theirs: number }
  | { code: 'amount'; ours: string; theirs: string; by: string };

export interface Reconciliation {
  agrees: boolean;
  differences: readonly BillDifference[];
}

/** Compares our meter with the provider's bill. Differences are shown, never corrected. */
export function reconcile(ours: OurAccount, bill: Bill): Reconciliation {
  const theirs = parseDecimal(bill.amount);
  const differences = theirs
    ? [...durationDifferences(ours, bill), ...amountDifferences(ours, bill, theirs)]
    : [{ code: 'unreadable', theirs: bill.amount } as const];
  return { agrees: differences.length === 0, differences };
}

/** The bill has whole seconds, so only a different number of pulses counts. */
function durationDifferences(ours: OurAccount, { seconds }: Bill): BillDifference[] {
  if (seconds === undefined || !ours.answered) return [];
  const [mine, their] = [pulsesOf(ours.talkMs), pulsesOf(seconds * 1000)];
  return Math.abs(mine - their) <= CLOCK_PULSES
    ? []
    : [{ code: 'duration', ours: Math.ceil(ours.talkMs / 1000), theirs: seconds }];
}

/** Two clocks a moment apart can fall on either side of a pulse. */
const CLOCK_PULSES = 1;

function amountDifferences(ours: OurAccount, bill: Bill, theirs: Decimal): BillDifference[] {
  if (!ours.answered) {
    return compare(theirs, zero) === 0
      ? []
      : [{ code: 'billed-unanswered', theirs: decimalText(theirs) }];
  }
  if (!ours.cost) return [];
  const { amount, byMinute, currency } = ours.cost;
  if (bill.currency !== undefined && bill.currency !== currency) {
    return [{ code: 'currency', ours: currency, theirs: bill.currency }];
  }
  if (same(amount, theirs)) return [];
  const words = { ours: decimalText(amount), theirs: decimalText(theirs) };
  if (compare(theirs, zero) === 0) return [{ code: 'not-billed', ours: words.ours }];
  if (same(byMinute, theirs)) return [{ code: 'whole-minutes', ...words }];
  return [{ code: 'amount', ...words, by: decimalText(subtract(theirs, amount)) }];
}

/**
 * Equal within half of the bill's last digit and at least a cent: a bill may show fewer digits than
 * a rate.
 */
function same(ours: Decimal, theirs: Decimal): boolean {
  const scale = Math.max(2, theirs.scale);
  return compare(times(absolute(subtract(ours, theirs)), 2), { units: 1n, scale }) <= 0;
}
