import type { ReadMarks } from '../calls/ports.ts';
import type { Db } from '../../sqlite/migrate.ts';

/**
 * Up to when each number's calls have been read from the provider; stored in the settings table.
 */
export class SqliteReadMarks implements ReadMarks {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  get(accountId: string): number | undefined {
    const row = this.#db
      .prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?')
      .get(keyOf(accountId));
    const at = row === undefined ? NaN : Number(row.value);
    return Number.isSafeInteger(at) ? at : undefined;
  }

  set(accountId: string, at: number): void {
    this.#db
      .prepare<[string, string]>(
        `INSERT INTO setting (key, value) VALUES (?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      )
      .run(keyOf(accountId), String(at));
  }
}

function keyOf(accountId: string): string {
  return `calls-read/${accountId}`;
}
