import type { Migration } from '../../../sqlite/migrate.ts';

/**
 * What few calls of a packed day have stands apart, so that counting the others need not read it. All days are packed
 * anew, in the background.
 */
export const packedDays: Migration = {
  version: 19,
  name: '0019-packed-days',
  up(db) {
    db.exec(`
      DROP TABLE insight_day;
      CREATE TABLE insight_day (
        day INTEGER PRIMARY KEY,
        -- What the calls refer to by number, as JSON.
        words TEXT NOT NULL,
        -- What few calls have, as JSON; empty if none does.
        rare TEXT NOT NULL,
        calls BLOB NOT NULL
      ) STRICT;
    `);
  },
};
