import type { Migration } from '../../../sqlite/migrate.ts';

/** How a call ended in the words of its agents, and an index that finds what teammates wrote. */
export const dispositions: Migration = {
  version: 8,
  name: '0008-dispositions',
  up(db) {
    db.exec(`
      ALTER TABLE call_note ADD COLUMN disposition TEXT;
      -- A list, as JSON; NULL: none.
      ALTER TABLE call_note ADD COLUMN tags TEXT;

      CREATE TEMP TABLE teammate_note AS
        SELECT call.seq, group_concat(event.body ->> '$.text', char(10)) AS text
        FROM contact_event AS event JOIN call ON call.account_id = event.account_id
          AND call.provider_call_id = event.body ->> '$.providerCallId'
        WHERE event.kind = 'note' AND json_valid(event.body) GROUP BY call.seq;
      DELETE FROM call_text WHERE rowid IN (SELECT seq FROM teammate_note);
      INSERT INTO call_text (rowid, name, digits, note)
        SELECT call.seq, coalesce(call.name, ''), coalesce(call.wa_id, ''),
          coalesce(call_note.text || char(10), '') || teammate_note.text
        FROM teammate_note JOIN call ON call.seq = teammate_note.seq
          LEFT JOIN call_note ON call_note.call_seq = call.seq;
      DROP TABLE teammate_note;
    `);
  },
};
