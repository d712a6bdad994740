/** Pauses after each failed attempt, in s; the last one repeats. */
const PAUSES_S = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800] as const;
const LONGEST_S = 28_800;
/** Attempts go on for this long, in ms. */
const GIVEN_UP_MS = 3 * 86_400_000;
/** A receiver cannot ask for more than this, in ms. */
const LONGEST_ASKED_MS = 86_400_000;

/**
 * When to try again; undefined: no more.
 *
 * @param attempts failed ones so far
 * @param random from 0 to 1, so that not all dispatches come at once to a receiver that is back
 */
export function nextAttempt({
  at,
  attempts,
  now,
  askedMs = 0,
  random,
}: {
  /** When it was to be sent first, Unix ms. */
  at: number;
  attempts: number;
  now: number;
  /** How long the receiver asks to wait. */
  askedMs?: number | undefined;
  random: number;
}): number | undefined {
  const pause = (PAUSES_S[attempts - 1] ?? LONGEST_S) * 1000 * (0.75 + random / 2);
  const due = Math.round(now + Math.max(pause, Math.min(askedMs, LONGEST_ASKED_MS)));
  return due - at > GIVEN_UP_MS ? undefined : due;
}

/** `Retry-After` in seconds or as a date (RFC 9110), in ms. */
export function askedPause(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
