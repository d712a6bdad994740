import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Calls deleted at a time, so that none that rings has to wait. */
const AT_ONCE = 100;
/** Between two deletions, and before the first, in ms: a start has other things to do. */
const PAUSE_MS = 2_000;

export interface RetentionPorts {
  /** Undefined: everything is kept. */
  days: number | undefined;
  /**
   * Deletes at most so many calls that ended before a time, the oldest first.
   *
   * @returns how many were deleted
   */
  forget: (before: number, most: number) => number;
  changed: () => void;
  clock: Clock;
  log: Log;
}

/**
 * Deletes calls that are older than the organisation keeps them, after the start and every hour.
 *
 * @returns stops
 */
export function startRetention({ days, forget, changed, clock, log }: RetentionPorts): () => void {
  if (days === undefined) return () => undefined;
  let cancel: () => void = () => undefined;
  const again = (inMs: number) => {
    cancel = clock.at(clock.now() + inMs, () => {
      const gone = forget(clock.now() - days * DAY_MS, AT_ONCE);
      if (gone > 0) {
        log.info(`retention: ${gone} calls older than ${days} days were deleted`);
        changed();
      }
      again(gone < AT_ONCE ? HOUR_MS : PAUSE_MS);
    });
  };
  again(PAUSE_MS);
  return () => cancel();
}
