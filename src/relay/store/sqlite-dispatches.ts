import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { dispatchTypes } from '../../shared/protocol/dispatch-types.ts';
import type { Dispatch, DispatchStore } from './dispatch-store.ts';

export const DISPATCH_TABLES = `
  -- Other systems that are told about calls, and how far each was told.
  CREATE TABLE endpoints (
    id TEXT PRIMARY KEY,
    cursor INTEGER NOT NULL,
    -- Since when nothing is sent there, because it is gone, Unix ms.
    off_since INTEGER
  ) STRICT;
  CREATE TABLE dispatches (
    endpoint TEXT NOT NULL,
    id TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    at INTEGER NOT NULL,
    call TEXT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Of an open one: when it is sent next, Unix ms.
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER,
    answer TEXT,
    PRIMARY KEY (endpoint, id)
  ) STRICT;
  CREATE INDEX dispatches_open ON dispatches (endpoint, call, cursor) WHERE state = 'open';
  CREATE INDEX dispatches_call ON dispatches (endpoint, call);
  CREATE INDEX dispatches_at ON dispatches (at);
`;

const dispatchRow = z
  .object({
    endpoint: z.string(),
    id: z.string(),
    cursor: z.number(),
    at: z.number(),
    call: z.string(),
    type: z.enum(dispatchTypes),
    body: z.string(),
    state: z.enum(['open', 'delivered', 'failed', 'unwanted']),
    due: z.number(),
    attempts: z.number(),
    tried_at: z.number().nullable(),
    answer: z.string().nullable(),
  })
  .transform(({ tried_at, answer, ...row }): Dispatch => ({
    ...row,
    triedAt: tried_at ?? undefined,
    answer: answer ?? undefined,
  }));
const endpointRow = z
  .object({ id: z.string(), cursor: z.number(), off_since: z.number().nullable() })
  .transform(({ off_since, ...row }) => ({ ...row, offSince: off_since ?? undefined }));

const read = (rows: readonly unknown[]): readonly Dispatch[] =>
  rows.flatMap((row) => dispatchRow.safeParse(row).data ?? []);

/** What other systems are told, and whether they took it. */
export function sqliteDispatches(
  db: Database,
): DispatchStore & { prune: (before: number) => void } {
  const setCursor = db.prepare(
    `INSERT INTO endpoints (id, cursor) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET cursor = max(cursor, excluded.cursor)`,
  );
  const insert = db.prepare(
    `INSERT INTO dispatches (endpoint, id, cursor, at, call, type, body, state, due)
     VALUES (@endpoint, @id, @cursor, @at, @call, @type, @body, @state, @at)
     ON CONFLICT DO NOTHING`,
  );
  const add = db.transaction<(...args: Parameters<DispatchStore['add']>) => void>(
    (endpoint, cursor, added, wanted) => {
      setCursor.run(endpoint, cursor);
      for (const one of added) {
        const state = wanted.includes(one.type) ? 'open' : 'unwanted';
        insert.run({ endpoint, ...one, state });
      }
    },
  );
  const ofCall = db.prepare(
    'SELECT * FROM dispatches WHERE endpoint = ? AND call = ? ORDER BY cursor',
  );
  // The other columns are those of the row with the least cursor
  // (https://www.sqlite.org/lang_select.html#bareagg).
  const next = db.prepare(
    `SELECT *, min(cursor) FROM dispatches WHERE endpoint = ? AND state = 'open'
     GROUP BY call ORDER BY due, cursor LIMIT ?`,
  );
  const tried = db.prepare(
    `UPDATE dispatches SET state = @state, due = @due, attempts = attempts + 1, tried_at = @at,
       answer = @answer WHERE endpoint = @endpoint AND id = @id`,
  );
  const again = db.prepare(
    `UPDATE dispatches SET state = 'open', due = @at, at = @at, attempts = 0
     WHERE id = @id AND state IN ('delivered', 'failed')`,
  );
  const setOff = db.prepare('UPDATE endpoints SET off_since = ? WHERE id = ?');
  const listed = db.prepare(
    `SELECT * FROM dispatches WHERE state <> 'unwanted' AND (@failed = 0 OR state = 'failed'
       OR (state = 'open' AND attempts > 0)) ORDER BY at DESC, cursor DESC LIMIT @limit`,
  );
  // An open one is given up long before, unless its endpoint is off or no longer set up.
  const remove = db.prepare('DELETE FROM dispatches WHERE at < ?');
  return {
    endpoints: async () =>
      db
        .prepare('SELECT * FROM endpoints')
        .all()
        .map((row) => endpointRow.parse(row)),
    async add(...args) {
      add.immediate(...args);
    },
    ofCall: async (endpoint, call) => read(ofCall.all(endpoint, call)),
    next: async (endpoint, limit) => read(next.all(endpoint, limit)),
    async tried(endpoint, id, attempt) {
      const { state, at, due = at, answer } = attempt;
      tried.run({ endpoint, id, state, at, due, answer });
    },
    again: async (id, at) => again.run({ id, at }).changes > 0,
    async setOff(endpoint, since) {
      setOff.run(since ?? null, endpoint);
    },
    list: async ({ failed, limit }) => read(listed.all({ failed: failed ? 1 : 0, limit })),
    prune(before) {
      remove.run(before);
    },
  };
}
