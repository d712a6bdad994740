import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Db } from '../../sqlite/migrate.ts';

/** Findings that are not damage: a row that somebody changed, or an index that lacks one. */
const HARMLESS =
  /^(NULL value in|CHECK constraint failed|non-\w+ value in|NUMERIC value in|TEXT value in|NUMERIC|row \d+ missing from index|wrong # of entries)/;

/**
 * Checks a file table by table, so that the thread can be stopped in between.
 *
 * @returns the first sign of damage, or undefined
 * @throws what SQLite throws for other reasons, and when it is stopped
 */
export async function quickCheck(db: Db, signal?: AbortSignal): Promise<string | undefined> {
  try {
    const names = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
      .pluck()
      .all();
    for (const name of names) {
      const found = db
        .prepare<[string], string>('SELECT quick_check FROM pragma_quick_check(?)')
        .pluck()
        .all(name);
      const problem = found.find((line) => line !== 'ok' && !HARMLESS.test(line));
      if (problem !== undefined) return problem;
      await setImmediate();
      signal?.throwIfAborted();
    }
    return undefined;
  } catch (error) {
    const isDamage =
      error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
    if (isDamage) return error.message;
    throw error;
  }
}
