import type { Migration } from '../../../sqlite/migrate.ts';

/** Finds the few calls that a number placed among the many that it took. */
export const callsByNumber: Migration = {
  version: 21,
  name: '0021-calls-by-number',
  up(db) {
    db.exec(`
      CREATE INDEX call_account_direction ON call (account_id, direction)
        WHERE covered IS NULL AND outcome IS NOT NULL;
    `);
  },
};
