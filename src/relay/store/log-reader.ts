import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { LARGEST_ENTRY } from '../../shared/protocol/frames.ts';
import { logBody } from '../../shared/protocol/log-entry.ts';
import { readable, type Unreadable } from './readable.ts';
import type { LogEntry } from './store.ts';

/** Consoles follow the end of the log, or replay the same gap after a restart; larger gaps are parsed again. */
const ENTRIES_KEPT = 2_000;

const place = z.object({
  cursor: z.number(),
  account_id: z.string().nullable().optional().catch(undefined),
});
const entryRow = z.object({
  cursor: z.number(),
  at: z.number().int().nonnegative(),
  account_id: z.string().nullable(),
  body: z.string(),
});
type EntryRow = z.infer<typeof entryRow>;

interface Kept {
  text: string;
  entry: LogEntry;
}

/** Reads the log for every console. */
export interface LogReader {
  /**
   * Up to `limit` entries after `cursor`, in order; an unreadable one keeps its place as
   * `unreadable`.
   */
  after: (cursor: number, limit: number) => LogEntry[];
  /** Up to `limit` of agents' notes before `cursor`, newest first. */
  notesBefore: (cursor: number, limit: number) => LogEntry[];
  /** Spares parsing a valid entry that is being written; it counts only if its row is the same when read. */
  keep: (entry: LogEntry, text: string) => void;
}

/**
 * A row is parsed and validated when it is first read, whichever relay wrote it, and cached while
 * it is the same, so no other console's page parses it again.
 *
 * @param headOf the last entry's cursor
 */
export function logReader(db: Database, headOf: () => number, unreadable: Unreadable): LogReader {
  const selectAfter = db.prepare(
    'SELECT cursor, at, account_id, body FROM log WHERE cursor > ? ORDER BY cursor LIMIT ?',
  );
  const selectNotes = db.prepare(
    `SELECT cursor, at, account_id, body FROM log
     WHERE substr(body, 1, 15) = '{"type":"noted"' AND cursor < ? ORDER BY cursor DESC LIMIT ?`,
  );
  const selectOne = db.prepare('SELECT cursor, at, account_id, body FROM log WHERE cursor = ?');
  const kept = new Map<number, Kept>();

  const keep = (entry: LogEntry, text: string) => {
    kept.set(entry.cursor, { text, entry });
    for (const oldest of kept.keys()) {
      if (kept.size <= ENTRIES_KEPT) break;
      kept.delete(oldest);
    }
  };

  /** If a page of the file is damaged, reads its rows one by one and keeps what can be read. */
  const rowsAfter = (cursor: number, limit: number): unknown[] => {
    try {
      return selectAfter.all(cursor, limit);
    } catch (error) {
      const last = Math.min(cursor + limit, headOf());
      if (last <= cursor) throw error;
      return Array.from({ length: last - cursor }, (_, index) => cursor + index + 1).flatMap(
        (one): unknown[] => {
          try {
            return selectOne.all(one);
          } catch {
            return [{ cursor: one }];
          }
        },
      );
    }
  };

  const validated = (value: unknown): LogEntry => {
    const row = entryRow.parse(value);
    const known = kept.get(row.cursor);
    if (known && isOf(row, known)) return known.entry;
    const entry = parse(row);
    keep(entry, row.body);
    return entry;
  };

  const entryOf = (row: unknown): LogEntry => {
    const [entry] = readable([row], validated, 'log', unreadable);
    if (entry) return entry;
    const { cursor, account_id: accountId } = place.parse(row);
    return { cursor, at: 0, accountId: accountId ?? undefined, body: { type: 'unreadable' } };
  };

  return {
    after: (cursor, limit) => rowsAfter(cursor, limit).map(entryOf),
    notesBefore: (cursor, limit) => selectNotes.all(cursor, limit).map(entryOf),
    keep,
  };
}

/** A cursor may be assigned again if the transaction that assigned it was undone. */
const isOf = (row: EntryRow, { text, entry }: Kept): boolean =>
  text === row.body && entry.at === row.at && entry.accountId === (row.account_id ?? undefined);

/** @throws for a row that must not be sent to any console */
function parse({ cursor, at, account_id: accountId, body: text }: EntryRow): LogEntry {
  // Written by an earlier relay, or only now found to be too large.
  if (Buffer.byteLength(text) > LARGEST_ENTRY) throw new Error('is larger than a frame');
  const body = logBody.parse(JSON.parse(text));
  // Earlier relays logged supervision that agents must not see.
  if (body.type === 'supervision' && !body.shown) throw new Error('is hidden');
  return { cursor, at, accountId: accountId ?? undefined, body };
}
