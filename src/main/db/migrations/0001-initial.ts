import type { Migration } from '../../../sqlite/migrate.ts';

/**
 * `call.seq` is `created_at * 1000 + n`, `n` the first free from 0. It is unique and ordered by
 * time, so every index is in the history's order, the full-text index too (its rowid is `seq`), and
 * the next page is "below this seq".
 */
export const initial: Migration = {
  version: 1,
  name: '0001-initial',
  up(db) {
    db.exec(`
      CREATE TABLE call (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
        -- NULL while the call is going on.
        outcome TEXT,
        account_id TEXT NOT NULL,
        provider_call_id TEXT,
        wa_id TEXT,
        user_id TEXT,
        name TEXT,
        payload TEXT,
        created_at INTEGER NOT NULL,
        connected_at INTEGER,
        ended_at INTEGER,
        talk_seconds REAL,
        unseen INTEGER NOT NULL DEFAULT 0 CHECK (unseen IN (0, 1)),
        end_reason TEXT,
        -- The whole call, to go on after a restart. Its SDPs are gone once it has ended.
        snapshot TEXT NOT NULL,
        CHECK ((outcome IS NULL) = (ended_at IS NULL))
      ) STRICT;
      CREATE INDEX call_provider_id ON call (account_id, provider_call_id)
        WHERE provider_call_id IS NOT NULL;
      CREATE INDEX call_unfinished ON call (seq) WHERE outcome IS NULL;
      CREATE INDEX call_unseen ON call (seq) WHERE unseen = 1;
      CREATE INDEX call_account ON call (account_id);
      CREATE INDEX call_direction ON call (direction);
      CREATE INDEX call_outcome ON call (outcome);
      CREATE INDEX call_wa_id ON call (wa_id);
      CREATE INDEX call_user_id ON call (user_id);

      CREATE VIRTUAL TABLE call_text USING fts5 (
        name, digits, content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
      );

      -- What happened to a call, in order, what was ignored included.
      CREATE TABLE call_event (
        seq INTEGER PRIMARY KEY,
        call_seq INTEGER NOT NULL REFERENCES call (seq) ON UPDATE CASCADE ON DELETE CASCADE,
        at INTEGER NOT NULL,
        source TEXT NOT NULL,
        kind TEXT NOT NULL,
        ignored TEXT,
        -- The event without SDPs: their length and hash stay.
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX call_event_call ON call_event (call_seq, seq);

      CREATE TABLE call_quality (
        call_seq INTEGER PRIMARY KEY REFERENCES call (seq) ON UPDATE CASCADE ON DELETE CASCADE,
        body TEXT NOT NULL
      ) STRICT;

      -- Our numbers; no secrets. One that was removed stays for the labels of old calls.
      CREATE TABLE account (
        id TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        position INTEGER NOT NULL,
        removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- The last entry of the relay's log that is stored here.
      CREATE TABLE relay_cursor (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        epoch TEXT NOT NULL,
        cursor INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
