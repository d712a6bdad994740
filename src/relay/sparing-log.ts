import type { Clock } from '../shared/lib/clock.ts';
import type { Log } from './log.ts';

/** Maximum number of lines per event and minute. Strangers must not be able to fill the disk. */
const LINES_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

/**
 * A rate-limited log for events that anybody on the internet can cause; the first line after a
 * limit says how many were dropped.
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
