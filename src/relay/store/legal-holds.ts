import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type LegalHold, legalHold } from '../../shared/protocol/legal-hold.ts';
import { readable, type Unreadable } from './readable.ts';
import type { WriteEntry } from './sqlite-log.ts';
import type { Store } from './store.ts';

/** Later than the tables of the log, which never change. */
export const LEGAL_HOLD_TABLE = `
  -- The last word about each call whose recordings must stay, or must not any more, as JSON. Kept longer than the log.
  CREATE TABLE legal_hold (
    call TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
`;

const row = z.object({ body: z.string().transform((text) => legalHold.parse(JSON.parse(text))) });

/** Which calls are on legal hold. */
export function legalHolds(
  db: Database,
  write: WriteEntry,
  unreadable: Unreadable,
): Pick<Store, 'hold' | 'noteHold' | 'holds'> {
  const put = db.prepare(
    `INSERT INTO legal_hold (call, at, body) VALUES (?, ?, ?)
     ON CONFLICT (call) DO UPDATE SET at = excluded.at, body = excluded.body
       WHERE excluded.at >= legal_hold.at`,
  );
  const all = db.prepare('SELECT call, body FROM legal_hold ORDER BY at');
  const note = (hold: LegalHold) => {
    put.run(hold.call, hold.at, JSON.stringify(hold));
  };
  const hold = db.transaction((one: LegalHold) => {
    note(one);
    write({ type: 'legal-hold', ...one }, one.at, one.accountId);
  });
  return {
    hold: async (one) => hold.immediate(one),
    noteHold: async (one) => note(one),
    holds: async () => readable(all.all(), (one) => row.parse(one).body, 'legal_hold', unreadable),
  };
}
