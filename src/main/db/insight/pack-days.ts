import { setTimeout } from 'node:timers/promises';
import type { Db } from '../../../sqlite/migrate.ts';
import { DayCalls } from './day-calls.ts';
import { packDay, type PackedDay } from './packed-day.ts';

const DAY_MS = 86_400_000;
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
  const span = db
    .prepare<[], { first: number | null; last: number | null }>(
      `SELECT min(seq) / ${DAY_MS * 1000} AS first, max(seq) / ${DAY_MS * 1000} AS last FROM call`,
    )
    .get();
  if (span?.first == null || span.last === null) return;
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
  for (let day = span.last - 1; day >= span.first; day--) {
    if (packed.has(day) || !pack.immediate(day)) continue;
    await setTimeout(PAUSE_MS);
    signal.throwIfAborted();
  }
}
