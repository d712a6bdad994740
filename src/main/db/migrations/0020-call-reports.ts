import type { Migration } from '../../../sqlite/migrate.ts';

/** Calls of which the relay has to be told what was measured, for the team's figures. */
export const callReports: Migration = {
  version: 20,
  name: '0020-call-reports',
  up(db) {
    db.exec(`
      -- When that last changed, Unix ms; none once the relay has it. Without a relay, nobody has to be told.
      ALTER TABLE call ADD COLUMN unreported_at INTEGER;
      CREATE INDEX call_unreported ON call (seq) WHERE unreported_at IS NOT NULL;
    `);
  },
};
