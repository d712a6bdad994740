import type { Migration } from '../../../sqlite/migrate.ts';

/** What agents wrote down about a call, and a search index that finds it. */
export const callNotes: Migration = {
  version: 7,
  name: '0007-call-notes',
  up(db) {
    db.exec(`
      CREATE TABLE call_note (
        call_seq INTEGER PRIMARY KEY REFERENCES call (seq) ON UPDATE CASCADE ON DELETE CASCADE,
        text TEXT NOT NULL,
        at INTEGER NOT NULL,
        -- The relay, and so the teammates, do not have it yet.
        unsent INTEGER NOT NULL CHECK (unsent IN (0, 1))
      ) STRICT;
      CREATE INDEX call_note_unsent ON call_note (call_seq) WHERE unsent = 1;

      -- A column cannot be added to an index without content.
      DROP TABLE call_text;
      CREATE VIRTUAL TABLE call_text USING fts5 (
        name, digits, note, content = '', contentless_delete = 1,
        tokenize = 'trigram remove_diacritics 1'
      );
      INSERT INTO call_text (rowid, name, digits, note)
        SELECT seq, coalesce(name, ''), coalesce(wa_id, ''), '' FROM call;
    `);
  },
};
