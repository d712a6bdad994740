import { numberKey } from '../../lib/person-key.ts';

/** The two numbers of a call or message. */
interface Ends {
  from?: string | undefined;
  to?: string | undefined;
}

/** Whether two numbers are the same, however they are written; an absent one is like no other. */
export function isSameNumber(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const key = numberKey(one);
  return key !== '' && key === numberKey(other);
}

/**
 * At which end the customer is. The direction tells; but where our own number stands there, they
 * are at the other: Meta's pages contradict each other about which is which
 * (docs/providers/meta.md#user-initiated-connect; case V7).
 */
export function customerSide(
  ends: Ends,
  told: 'from' | 'to',
  ourNumber: string | undefined,
): 'from' | 'to' {
  const other = told === 'from' ? 'to' : 'from';
  return isSameNumber(ends[told], ourNumber) && !isSameNumber(ends[other], ourNumber)
    ? other
    : told;
}
