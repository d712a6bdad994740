import type { Db } from '../../sqlite/migrate.ts';

/** How far this console has stored the relay's log. */
export interface CursorStore {
  get(): { epoch: string; cursor: number } | undefined;
  /** Starts on another log, or further ahead in the same one after a gap. */
  reset(epoch: string, cursor: number): void;
  /** Entry `cursor` and all earlier ones are stored; never goes back. */
  advance(cursor: number): void;
}

export class RelayCursor implements CursorStore {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  get(): { epoch: string; cursor: number } | undefined {
    return this.#sql.get.get();
  }

  reset(epoch: string, cursor: number): void {
    this.#sql.reset.run(epoch, cursor);
  }

  advance(cursor: number): void {
    this.#sql.advance.run(cursor);
  }
}

function prepare(db: Db) {
  return {
    get: db.prepare<[], { epoch: string; cursor: number }>(
      'SELECT epoch, cursor FROM relay_cursor WHERE one = 1',
    ),
    reset: db.prepare<[string, number]>(
      `INSERT INTO relay_cursor (one, epoch, cursor) VALUES (1, ?, ?)
       ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, cursor = excluded.cursor`,
    ),
    advance: db.prepare<[number]>('UPDATE relay_cursor SET cursor = max(cursor, ?) WHERE one = 1'),
  };
}
