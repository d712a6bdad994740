import { numberKey } from '../../lib/person-key.ts';

/** The two numbers of a call or message. */
interface Ends {
  from?: string | undefined;
  to?: string | undefined;
}

/** Whether two numbers are the same in any spelling. An absent number equals no other. */
export function isSameNumber(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const key = numberKey(one);
  return key !== '' && key === numberKey(other);
}

/**
 * Which end is the customer's. The direction says so, but our own number is never the customer's:
 * Meta's pages contradict each other (docs/providers/meta.md#user-initiated-connect; case V7).
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
