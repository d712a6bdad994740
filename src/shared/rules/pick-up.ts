import type { Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/**
 * WhatsApp warns a number that picks up too few of its customers' calls, and then takes its call button away; the limit
 * is not published (docs/providers/meta.md#limits, quality). An organisation may have outgoing calls held back before
 * that, so that agents are free for those who call.
 */
export function pickUpRuling({ business: { pickUp } }: Pick<Facts, 'business'>): Ruling {
  if (!pickUp) return silent;
  const { warnBelow, holdBelow, fallsAt, calls } = pickUp;
  const ratePercent = Math.floor(pickUp.rate);
  if (holdBelow !== undefined && pickUp.rate < holdBelow) {
    return ruling([finding('pick-up-held', { ratePercent, limitPercent: holdBelow, calls })]);
  }
  if (holdBelow !== undefined && fallsAt !== undefined) {
    return ruling([finding('pick-up-falling', { ratePercent, limitPercent: holdBelow, fallsAt })]);
  }
  return pickUp.rate < warnBelow
    ? ruling([finding('pick-up-low', { ratePercent, limitPercent: warnBelow, calls })])
    : silent;
}
