/** What the agent is told about the connection to the relay. */
export type Connection =
  | { state: 'connecting' }
  /** `provenAt`: when the relay last answered, Unix ms. */
  | { state: 'connected'; since: number; provenAt: number }
  | { state: 'reconnecting'; retryAt: number; attempt: number; lostAt: number; why: string }
  /** The machine has no network at all. */
  | { state: 'offline'; since: number }
  /** The relay said no; trying again by itself would not help. */
  | { state: 'refused'; code: string; message: string }
  /** No relay is configured yet. */
  | { state: 'unconfigured' };

/** First try at once, then longer and longer up to this, in ms. */
const LONGEST_WAIT_MS = 15_000;

/**
 * Wait before the next try to connect, in ms. Spread at random, so that a restarted relay is not met by all
 * consoles in the same instant.
 *
 * @param attempt failed tries so far, from 0
 * @param random 0 ≤ random < 1
 */
export function backoff(attempt: number, random: number): number {
  if (attempt === 0) return Math.round(random * 250);
  const base = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(base * (0.5 + random / 2));
}
