import { z } from 'zod';
import { parseJson } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

const stored = z.object({
  path: z.string(),
  /** Unix ms. */
  at: z.number(),
  /** Calls that came back; missing while the rescue is going on, or was cut off. */
  calls: z.number().optional(),
});

/** A damaged file that was moved away, and what came of it. */
export type SetAside = z.infer<typeof stored>;

/** Remembers the last file that was set aside, so that the history can say why it is shorter than it was. */
export class SetAsideStore {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  get(): SetAside | undefined {
    const row = this.db
      .prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'set-aside'")
      .get();
    return row && stored.safeParse(parseJson(row.value)).data;
  }

  put(setAside: SetAside): void {
    this.db
      .prepare<[string]>(
        `INSERT INTO setting (key, value) VALUES ('set-aside', ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      )
      .run(JSON.stringify(setAside));
  }
}
