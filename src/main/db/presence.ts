import { z } from 'zod';
import { parseJson } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

const stored = z.object({
  presence: z.enum(['available', 'wrap-up', 'dnd', 'away']),
  until: z.number().optional(),
});

/** What the agent chose to be, and until when. */
export type ChosenPresence = z.infer<typeof stored>;

/** Keeps the agent's choice over a restart. */
export class PresenceStore {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  get(): ChosenPresence {
    const row = this.db
      .prepare<[], { value: string }>("SELECT value FROM setting WHERE key = 'presence'")
      .get();
    const read = row && stored.safeParse(parseJson(row.value));
    return read?.data ?? { presence: 'available' };
  }

  set(chosen: ChosenPresence): void {
    this.db
      .prepare<[string]>(
        `INSERT INTO setting (key, value) VALUES ('presence', ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      )
      .run(JSON.stringify(chosen));
  }
}
