import { setTimeout } from 'node:timers/promises';
import type { Db } from '../../../sqlite/migrate.ts';

/** Pages of an index that are rewritten at a time; the console writes its own in between. */
const PAGES = 64;
/** A pause after each, during which the console can write, in ms. */
const PAUSE_MS = 5;

/**
 * Rewrites the search indexes, which only mark what was removed from them, and empties the write-ahead log: afterwards
 * neither has anything of it. An interrupted run begins anew.
 *
 * @throws what SQLite throws, and when it is stopped
 */
export async function purgeIndexes(db: Db, signal: AbortSignal): Promise<void> {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  for (const index of ['call_text', 'call_gram']) {
    const merge = db.prepare<[number]>(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`);
    // A negative number takes all parts of the index together, a positive one goes on with them.
    for (let pages = -PAGES; ; pages = PAGES) {
      const before = changes.get() ?? 0;
      merge.run(pages);
      if ((changes.get() ?? 0) - before < 2) break;
      await setTimeout(PAUSE_MS);
      signal.throwIfAborted();
    }
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
}
