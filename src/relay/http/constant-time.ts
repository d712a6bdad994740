import { createHmac, timingSafeEqual } from 'node:crypto';

/** Compares two texts in constant time, so that timing does not reveal where they differ. */
export function sameText(one: string, other: string): boolean {
  // Equal lengths are required, and the lengths must not show either.
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
