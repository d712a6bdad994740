import { setTimeout } from 'node:timers/promises';
import type { Db } from '../../../sqlite/migrate.ts';
import { DAY_SEQ, DayCalls } from './day-calls.ts';
import { packDay, type PackedDay } from './packed-day.ts';

/** A pause after each day, during which the console can write, in ms. */
const PAUSE_MS = 5;

/**
 * Packs the days that are not, but the last one with calls, to which more may come; the newest first. An interrupted run
 * goes on where it stopped.
 *
 * @throws what SQLite throws, and when it is stopped
 */
export async function packDays(db: Db, signal: AbortSignal): Promise<void> {
  const calls = new DayCalls(db);
  const lastBefore = db
    .prepare<[number], number | null>('SELECT max(seq) FROM call WHERE seq < ?')
    .pluck();
  /** The last day with calls before another; a clock that was wrong leaves years without any. */
  const dayBefore = (day: number) => {
    const seq = lastBefore.get(day * DAY_SEQ) ?? undefined;
    return seq === undefined ? undefined : Math.floor(seq / DAY_SEQ);
  };
  const packed = new Set(
    db
      .prepare<[], { day: number }>('SELECT day FROM insight_day')
      .all()
      .map(({ day }) => day),
  );
  const put = db.prepare<PackedDay>(
    'INSERT OR REPLACE INTO insight_day (day, words, rare, calls) VALUES (@day, @words, @rare, @calls)',
  );
  const pack = db.transaction((day: number) => {
    const found = calls.read(day);
    if (found.length > 0) put.run(packDay(day, found));
    return found.length > 0;
  });
  const last = dayBefore(Number.MAX_SAFE_INTEGER / DAY_SEQ);
  for (
    let day = last === undefined ? undefined : dayBefore(last);
    day !== undefined;
    day = dayBefore(day)
  ) {
    if (packed.has(day) || !pack.immediate(day)) continue;
    await setTimeout(PAUSE_MS);
    signal.throwIfAborted();
  }
}
