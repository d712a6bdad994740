import type { Clock } from '../shared/lib/clock.ts';
import type { Log } from './log.ts';

/** Lines of one kind in a minute at most. What strangers do must not fill the disk. */
const LINES_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

/**
 * A log for what anybody on the internet can cause: of each event so many lines in a minute, and how many were left out
 * with the first one after that.
 */
export function sparingLog(log: Log, clock: Pick<Clock, 'now'>): Pick<Log, 'warn'> {
  const minutes = new Map<string, { since: number; lines: number }>();
  return {
    warn(event, fields) {
      const now = clock.now();
      const minute = minutes.get(event) ?? { since: now, lines: 0 };
      minutes.set(event, minute);
      const leftOut = Math.max(0, minute.lines - LINES_PER_MINUTE);
      const isOver = now - minute.since >= MINUTE_MS;
      if (isOver) Object.assign(minute, { since: now, lines: 0 });
      minute.lines += 1;
      if (minute.lines > LINES_PER_MINUTE) return;
      log.warn(event, { ...fields, leftOut: isOver && leftOut > 0 ? leftOut : undefined });
    },
  };
}
