import type { Migration } from '../../../sqlite/migrate.ts';

/** Recordings and transcripts of calls, what was said, and who listened. The sound itself is in files. */
export const recordings: Migration = {
  version: 17,
  name: '0017-recordings',
  up(db) {
    db.exec(`
      CREATE TABLE recording (
        id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('audio', 'transcript', 'summary')),
        source TEXT NOT NULL CHECK (source IN ('provider', 'relay', 'console', 'machine')),
        state TEXT NOT NULL CHECK (state IN ('expected', 'fetching', 'kept', 'failed', 'expired', 'erased')),
        -- Unix ms: the next attempt to fetch it, when its provider deletes it, and when it is deleted here.
        next_at INTEGER,
        expires_at INTEGER,
        keep_until INTEGER,
        tries INTEGER NOT NULL,
        legal_hold INTEGER NOT NULL CHECK (legal_hold IN (0, 1)),
        body TEXT NOT NULL,
        -- Last, because it is long and seldom read.
        peaks BLOB
      ) STRICT;
      CREATE INDEX recording_call ON recording (call_id);
      CREATE INDEX recording_kept ON recording (call_id) WHERE what = 'audio' AND state = 'kept';
      CREATE INDEX recording_next ON recording (next_at) WHERE next_at IS NOT NULL;
      CREATE INDEX recording_keep ON recording (keep_until) WHERE keep_until IS NOT NULL AND legal_hold = 0;

      CREATE TABLE transcript_line (
        recording_id TEXT NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        speaker TEXT NOT NULL CHECK (speaker IN ('agent', 'customer', 'unknown')),
        from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (recording_id, n)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE recording_listen (
        id INTEGER PRIMARY KEY,
        recording_id TEXT NOT NULL,
        call_id TEXT NOT NULL,
        agent_id TEXT NOT NULL,
        agent TEXT NOT NULL,
        at INTEGER NOT NULL,
        from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX recording_listen_call ON recording_listen (call_id);
      -- Evidence is added to, and goes only with its call.
      CREATE TRIGGER recording_listen_stays BEFORE UPDATE ON recording_listen
        BEGIN SELECT raise(ABORT, 'who listened is never changed'); END;
    `);
  },
};
