import type { Migration } from '../../../sqlite/migrate.ts';

/** When an agent promised to call back, with the note of the call in which they did. */
export const callbacks: Migration = {
  version: 9,
  name: '0009-callbacks',
  up(db) {
    db.exec(`
      ALTER TABLE call_note ADD COLUMN callback_at INTEGER;
      CREATE INDEX call_note_callback ON call_note (callback_at) WHERE callback_at IS NOT NULL;
    `);
  },
};
