import type { Migration } from '../../../sqlite/migrate.ts';
import { keyOf } from './0004-persons.ts';

/**
 * Who is one person, and what agents wrote down about people. `person_link`, `person_move` and
 * `person_merge` are what is known; `person_alias` follows from them (`db/people/identity.ts`), and
 * `person_detail` from `person_field`. All have row ids, so that the rescue of a damaged file tells
 * their rows from those of their indexes.
 */
export const people: Migration = {
  version: 12,
  name: '0012-people',
  up(db) {
    db.exec(`
      CREATE TABLE person_link (
        a TEXT NOT NULL,
        b TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (a, b)
      ) STRICT;
      CREATE INDEX person_link_b ON person_link (b);
      CREATE TABLE person_move (
        from_key TEXT NOT NULL,
        to_key TEXT NOT NULL,
        at INTEGER NOT NULL,
        -- The new number in WhatsApp's spelling.
        number TEXT,
        PRIMARY KEY (from_key, to_key, at)
      ) STRICT;
      CREATE INDEX person_move_to ON person_move (to_key);
      CREATE TABLE person_merge (
        kept TEXT NOT NULL,
        other TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (kept, other)
      ) STRICT;
      CREATE INDEX person_merge_other ON person_merge (other);
      -- 'key' means 'person' in what happened until then; the earliest that is not before it counts.
      CREATE TABLE person_alias (
        key TEXT NOT NULL,
        until INTEGER NOT NULL,
        person TEXT NOT NULL,
        PRIMARY KEY (key, until)
      ) STRICT;
      CREATE INDEX person_alias_person ON person_alias (person);

      CREATE TABLE person_field (
        key TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        -- The relay, and so the teammates, do not have it yet.
        unsent INTEGER NOT NULL CHECK (unsent IN (0, 1)),
        PRIMARY KEY (key, field)
      ) STRICT;
      CREATE TABLE person_detail (
        person TEXT PRIMARY KEY,
        name TEXT,
        -- For the search.
        words TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;

      INSERT INTO person_link (a, b, first, last)
        SELECT ${keyOf('wa_id')}, 'u:' || user_id, min(at), max(at) FROM (
          SELECT wa_id, user_id, created_at AS at FROM call
            WHERE wa_id IS NOT NULL AND user_id IS NOT NULL
          UNION ALL SELECT wa_id, user_id, at FROM contact_event
            WHERE wa_id IS NOT NULL AND user_id IS NOT NULL)
        GROUP BY 1, 2;
      -- Earlier versions wrote down only where a person had moved to.
      CREATE TEMP TABLE moved AS
        SELECT base, moved_to, min(at) AS first, max(at) AS last FROM (
          SELECT ${baseOf('call')} AS base, moved_to, created_at AS at FROM call
            WHERE moved_to IS NOT NULL
          UNION ALL SELECT ${baseOf('contact_event')}, moved_to, at FROM contact_event
            WHERE moved_to IS NOT NULL)
        WHERE base <> moved_to GROUP BY 1, 2;
      INSERT INTO person_move (from_key, to_key, at) SELECT base, moved_to, last FROM moved
        WHERE base NOT GLOB 'u:*';
      INSERT OR IGNORE INTO person_link (a, b, first, last)
        SELECT moved_to, base, first, last FROM moved WHERE base GLOB 'u:*';
      DROP TABLE moved;

      -- When each part of a contact was reported: what is reported late does not replace it.
      ALTER TABLE contact ADD COLUMN name_at INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE contact ADD COLUMN username_at INTEGER NOT NULL DEFAULT 0;
      UPDATE contact SET name_at = last_at, username_at = last_at;

      DROP TRIGGER IF EXISTS call_contact_new;
      DROP TRIGGER IF EXISTS call_contact_changed;
      DROP TRIGGER IF EXISTS contact_event_new;
    `);
    const called = {
      at: 'new.created_at',
      kind: "'call'",
      username: "new.snapshot ->> '$.party.username'",
    };
    const passed = { at: 'new.at', kind: 'new.kind', username: 'new.username' };
    db.exec(`
      CREATE TRIGGER call_contact_new AFTER INSERT ON call WHEN new.person IS NOT NULL
      BEGIN ${putContact({ ...called, named: "new.direction = 'inbound'" })} END;
      CREATE TRIGGER call_contact_changed AFTER UPDATE OF wa_id, user_id, name, created_at ON call
        WHEN new.person IS NOT NULL
      BEGIN ${putContact({ ...called, named: 'new.wa_id IS NOT old.wa_id' })} END;
      CREATE TRIGGER contact_event_new AFTER INSERT ON contact_event WHEN new.person IS NOT NULL
      BEGIN ${putContact({ ...passed, named: "new.kind NOT IN ('message-out', 'permission-request')" })} END;
    `);
  },
};

/** The key of a row's own number or id, whoever has it now. */
function baseOf(table: string): string {
  return `coalesce(${keyOf(`${table}.wa_id`)}, 'u:' || ${table}.user_id)`;
}

/**
 * The statement of a trigger: it adds the new row's person and keeps the latest of each part; the
 * number is spelled as WhatsApp does if the row comes from WhatsApp (`named`), else as it was
 * dialled first. A number that a person has besides their own stays with the row.
 */
function putContact(row: { at: string; kind: string; username: string; named: string }): string {
  const own = `iif(new.moved_to IS NULL, new.wa_id, NULL)`;
  const later = (column: string) =>
    `${column} = CASE WHEN excluded.${column} IS NOT NULL
        AND (contact.${column} IS NULL OR excluded.${column}_at >= contact.${column}_at)
        THEN excluded.${column} ELSE contact.${column} END,
      ${column}_at = CASE WHEN excluded.${column} IS NOT NULL
        THEN max(contact.${column}_at, excluded.${column}_at) ELSE contact.${column}_at END`;
  const at = (value: string) => `iif(${value} IS NULL, 0, ${row.at})`;
  return `
    INSERT INTO contact (key, wa_id, user_id, name, name_at, username, username_at,
        last_at, last_kind)
      VALUES (new.person, ${own}, new.user_id, new.name, ${at('new.name')},
        ${row.username}, ${at(row.username)}, ${row.at}, ${row.kind})
      ON CONFLICT (key) DO UPDATE SET
        wa_id = CASE WHEN ${row.named} THEN coalesce(excluded.wa_id, contact.wa_id)
          ELSE coalesce(contact.wa_id, excluded.wa_id) END,
        user_id = coalesce(excluded.user_id, contact.user_id), ${later('name')}, ${later('username')},
        last_kind = CASE WHEN excluded.last_at >= contact.last_at THEN excluded.last_kind
          ELSE contact.last_kind END,
        last_at = max(contact.last_at, excluded.last_at);`;
}
