/** `seq` leaves room for this many calls in one millisecond. */
export const SEQ_PER_MS = 1000;

/**
 * The place of the next call that began at `createdAt`, in ms, behind the last one of that millisecond.
 *
 * @throws Error if the millisecond is full
 */
export function nextSeq(createdAt: number, last: number | null | undefined): number {
  const first = createdAt * SEQ_PER_MS;
  if (last == null) return first;
  if (last + 1 === first + SEQ_PER_MS) throw new Error('too many calls in one millisecond');
  return last + 1;
}
