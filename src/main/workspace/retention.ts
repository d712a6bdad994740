import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Calls deleted at a time, and the pause between two deletions, in ms: none that rings has to wait. */
const AT_ONCE = 20;
const PAUSE_MS = 400;
/** Before the first, in ms: a start has other things to do. */
const FIRST_MS = 2_000;
/** A deadline that moves further than this since the last run is not believed at once, in ms. */
const LEAP_MS = 2 * DAY_MS;
/** So far it moves then with each run, in ms: a wrong clock costs little. */
const CAREFUL_MS = 2 * HOUR_MS;

export interface RetentionPorts {
  /** Undefined: everything is kept. */
  days: number | undefined;
  /**
   * Deletes at most so many calls that ended before a time, the oldest first.
   *
   * @returns how many were deleted
   */
  forget: (before: number, most: number) => number;
  /** Deletes files of messages that have been kept since before a time. */
  forgetFiles: (before: number) => void;
  /** Until when calls were deleted, as stored; Unix ms. */
  deadline: { get: () => number | undefined; set: (at: number) => void };
  /** Whether the relay's clock agrees with this machine's. */
  isTimeSure: () => boolean;
  changed: () => void;
  /** Calls were deleted for the first time in a day: nothing of them must stay in the search index. */
  purge: () => void;
  clock: Clock;
  log: Log;
}

/**
 * Deletes calls, and files of messages, that are older than the organisation keeps calls, after the start and every hour. The deadline is stored:
 * a clock that leaps ahead does not empty the log.
 *
 * @returns stops
 */
export function startRetention(ports: RetentionPorts): () => void {
  const { days, forget, forgetFiles, deadline, isTimeSure, changed, purge, clock, log } = ports;
  if (days === undefined) return () => undefined;
  let cancel: () => void = () => undefined;
  let purgedAt = -Infinity;
  let isPurgeDue = false;
  /** @returns before when calls are deleted now */
  const next = (): number => {
    const wanted = clock.now() - days * DAY_MS;
    const stored = deadline.get();
    const isLeap = stored !== undefined && wanted - stored > LEAP_MS && !isTimeSure();
    if (isLeap) log.warn('retention: the clock has leapt ahead; deleting with care');
    const before = isLeap ? stored + CAREFUL_MS : wanted;
    deadline.set(before);
    return before;
  };
  const again = (inMs: number, before?: number) => {
    cancel = clock.at(clock.now() + inMs, () => {
      const until = before ?? next();
      if (before === undefined) forgetFiles(until);
      const gone = forget(until, AT_ONCE);
      if (gone > 0) {
        log.info(`retention: ${gone} calls older than ${days} days were deleted`);
        isPurgeDue = true;
        changed();
      }
      if (gone === AT_ONCE) return again(PAUSE_MS, until);
      if (isPurgeDue && clock.now() - purgedAt > DAY_MS) {
        isPurgeDue = false;
        purgedAt = clock.now();
        purge();
      }
      again(HOUR_MS);
    });
  };
  again(FIRST_MS);
  return () => cancel();
}
