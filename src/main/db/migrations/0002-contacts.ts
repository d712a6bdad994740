import type { Migration } from '../../../sqlite/migrate.ts';

/**
 * People, and what happened between them and our numbers besides calls. A person is known by the
 * number or, without one, by the business-scoped user id; `contact.key` says which. Triggers on
 * calls keep the list of contacts up to date.
 */
export const contacts: Migration = {
  version: 2,
  name: '0002-contacts',
  up(db) {
    db.exec(`
      CREATE TABLE contact (
        key TEXT PRIMARY KEY,
        wa_id TEXT,
        user_id TEXT,
        name TEXT,
        last_at INTEGER NOT NULL,
        last_kind TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX contact_last ON contact (last_at);

      CREATE TABLE contact_event (
        seq INTEGER PRIMARY KEY,
        -- Identifies the fact, however often it is reported.
        identity TEXT NOT NULL UNIQUE,
        account_id TEXT NOT NULL,
        wa_id TEXT,
        user_id TEXT,
        name TEXT,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        message_id TEXT,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX contact_event_wa_id ON contact_event (wa_id, at);
      CREATE INDEX contact_event_user_id ON contact_event (user_id, at);

      -- May be reported before the message itself.
      CREATE TABLE message_status (
        account_id TEXT NOT NULL,
        message_id TEXT NOT NULL,
        rank INTEGER NOT NULL,
        status TEXT NOT NULL,
        error TEXT,
        PRIMARY KEY (account_id, message_id)
      ) STRICT, WITHOUT ROWID;

      -- The provider's last answer to whether a person may be called.
      CREATE TABLE permission_answer (
        account_id TEXT NOT NULL,
        key TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (account_id, key)
      ) STRICT, WITHOUT ROWID;

      -- What is known of one of our numbers: settings as last read, restrictions, refusals.
      CREATE TABLE number_state (
        account_id TEXT PRIMARY KEY,
        body TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE rate_card (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        name TEXT NOT NULL,
        imported_at INTEGER NOT NULL,
        csv TEXT NOT NULL,
        currency TEXT NOT NULL
      ) STRICT;

      CREATE TRIGGER call_contact_new AFTER INSERT ON call
        WHEN new.wa_id IS NOT NULL OR new.user_id IS NOT NULL
      BEGIN ${putContact('new.created_at', "'call'")} END;
      CREATE TRIGGER call_contact_changed AFTER UPDATE OF wa_id, user_id, name, created_at ON call
        WHEN new.wa_id IS NOT NULL OR new.user_id IS NOT NULL
      BEGIN ${putContact('new.created_at', "'call'")} END;
      CREATE TRIGGER contact_event_new AFTER INSERT ON contact_event
        WHEN new.wa_id IS NOT NULL OR new.user_id IS NOT NULL
      BEGIN ${putContact('new.at', 'new.kind')} END;

      -- Who called before. A call's row is large, so the log is read through only once, in its own order.
      INSERT INTO contact (key, wa_id, user_id, name, last_at, last_kind)
        WITH
          part AS MATERIALIZED (
            SELECT seq, coalesce(wa_id, 'u:' || user_id) AS key, wa_id, user_id, name, created_at
            FROM call WHERE wa_id IS NOT NULL OR user_id IS NOT NULL),
          named AS MATERIALIZED (
            SELECT key, name, max(seq) FROM part WHERE name IS NOT NULL GROUP BY key),
          person AS (
            SELECT key, wa_id, max(user_id) AS user_id, max(created_at) AS last_at FROM part GROUP BY key)
        SELECT key, wa_id, user_id, named.name, last_at, 'call' FROM person LEFT JOIN named USING (key);
      -- Whoever gave the number is known by it.
      DELETE FROM contact WHERE wa_id IS NULL
        AND user_id IN (SELECT user_id FROM contact WHERE wa_id IS NOT NULL);
    `);
  },
};

/**
 * The two statements of a trigger: they add the new row's person, keep the latest time, and keep
 * known parts.
 */
function putContact(at: string, kind: string): string {
  return `
    DELETE FROM contact WHERE new.wa_id IS NOT NULL AND new.user_id IS NOT NULL
      AND key = 'u:' || new.user_id;
    INSERT INTO contact (key, wa_id, user_id, name, last_at, last_kind)
      VALUES (coalesce(new.wa_id, 'u:' || new.user_id), new.wa_id, new.user_id, new.name, ${at}, ${kind})
      ON CONFLICT (key) DO UPDATE SET
        user_id = coalesce(contact.user_id, excluded.user_id),
        name = coalesce(excluded.name, contact.name),
        last_kind = CASE WHEN excluded.last_at >= contact.last_at THEN excluded.last_kind
          ELSE contact.last_kind END,
        last_at = max(contact.last_at, excluded.last_at);`;
}
