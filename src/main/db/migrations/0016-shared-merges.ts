import type { Migration } from '../../../sqlite/migrate.ts';

/** Merges are shared with teammates, and so is their undo: it has to be remembered, or an older merge would come back. */
export const sharedMerges: Migration = {
  version: 16,
  name: '0016-shared-merges',
  up(db) {
    db.exec(`
      ALTER TABLE person_merge ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE person_merge ADD COLUMN by TEXT NOT NULL DEFAULT '';
      -- The relay, and so the teammates, do not have it yet.
      ALTER TABLE person_merge ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0;
      UPDATE person_merge SET unsent = 1;
    `);
  },
};
