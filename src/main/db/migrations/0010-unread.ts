import type { Migration } from '../../../sqlite/migrate.ts';

/** Which messages of customers this agent has not read. All earlier ones count as read. */
export const unread: Migration = {
  version: 10,
  name: '0010-unread',
  up(db) {
    db.exec(`
      -- 1, or NULL. Rows that were rescued from an older file have none.
      ALTER TABLE contact_event ADD COLUMN unread INTEGER;
      CREATE INDEX contact_event_unread ON contact_event (person, at) WHERE unread = 1;
    `);
  },
};
