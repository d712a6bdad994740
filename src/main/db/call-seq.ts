/** `seq` leaves room for this many calls in one millisecond. */
export const SEQ_PER_MS = 1000;

/** A statement that finds the last place from the first parameter on, below the second. */
interface LastSeq {
  get: (from: number, below: number) => { seq: number | null } | undefined;
}

/**
 * A place for a call that began at `createdAt`, in Unix ms, behind the others of that millisecond.
 *
 * @throws Error if the millisecond is full
 */
export function freeSeq(createdAt: number, lastSeq: LastSeq): number {
  const first = createdAt * SEQ_PER_MS;
  const last = lastSeq.get(first, first + SEQ_PER_MS)?.seq ?? first - 1;
  if (last + 1 === first + SEQ_PER_MS) throw new Error('too many calls in one millisecond');
  return last + 1;
}
