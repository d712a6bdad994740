import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import { logReader } from './log-reader.ts';
import { logRetention } from './log-retention.ts';
import type { Unreadable } from './readable.ts';
import { reportTables } from './report-tables.ts';
import type { PeopleTable } from './sqlite-people.ts';
import type { TodoTable } from '../../sqlite/todo-table.ts';
import type { AddedEntry, Append, LogEntry, SqliteStore, Store } from './store.ts';

type LogPart = Pick<
  Store,
  | 'epoch'
  | 'renewEpoch'
  | 'append'
  | 'appendMessage'
  | 'extent'
  | 'entriesAfter'
  | 'notesBefore'
  | 'prune'
>;

/** Adds one entry; only inside a transaction. */
export type WriteEntry = (body: LogBody, at: number, accountId: string | undefined) => LogEntry;

const text = z.object({ value: z.string() });
const extentRow = z.object({ head: z.number().int(), pruned_to: z.coerce.number().int() });

/** Deliveries, the log and its retention. */
export function sqliteLog(
  db: Database,
  todos: TodoTable,
  people: PeopleTable,
  unreadable: Unreadable,
): LogPart & Pick<SqliteStore, 'appendAll' | 'knows' | 'extentNow'> & { write: WriteEntry } {
  const readMeta = db.prepare('SELECT value FROM meta WHERE key = ?');
  const setEpoch = db.prepare(
    `UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'epoch'`,
  );
  const insertDelivery = db.prepare(
    `INSERT INTO deliveries (account_id, received_at, headers, body, problems, unused) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const known = db.prepare('SELECT 1 FROM log WHERE identity = ?');
  const insertEntry = db.prepare(
    'INSERT INTO log (at, account_id, identity, delivery_id, body) VALUES (?, ?, ?, ?, ?)',
  );
  const selectExtent = db.prepare(
    `SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'log'), 0) AS head,
            (SELECT value FROM meta WHERE key = 'pruned_to') AS pruned_to`,
  );

  const extentNow = () => {
    const row = extentRow.parse(selectExtent.get());
    return { head: row.head, prunedTo: row.pruned_to };
  };
  const reader = logReader(db, () => extentNow().head, unreadable);

  const write = (
    body: LogBody,
    at: number,
    accountId: string | undefined,
    identity: string | null = null,
    deliveryId: number | bigint | null = null,
  ): LogEntry => {
    const text = JSON.stringify(body);
    const { lastInsertRowid } = insertEntry.run(at, accountId ?? null, identity, deliveryId, text);
    const entry = { cursor: Number(lastInsertRowid), at, accountId, body };
    // Checked for consoles when it was reported.
    if (body.type === 'provider') reader.keep(entry, text);
    todos.apply(entry);
    people.apply(body);
    return entry;
  };

  const applyReport = reportTables(db);
  const append = ({ delivery, events }: Append): readonly AddedEntry[] => {
    const { accountId, receivedAt, headers, body, problems, unused } = delivery;
    const { lastInsertRowid } = insertDelivery.run(
      accountId,
      receivedAt,
      JSON.stringify(headers),
      body,
      problems.length === 0 ? null : JSON.stringify(problems),
      unused ?? null,
    );
    const added: AddedEntry[] = [];
    for (const event of events) {
      if (known.get(event.identity) !== undefined) continue;
      const entry: AddedEntry = {
        ...write(event.body, receivedAt, accountOf(event.body), event.identity, lastInsertRowid),
        sdp: event.sdp,
      };
      applyReport(entry, event);
      added.push(entry);
    }
    return added;
  };
  const appendAll = db.transaction((group: readonly Append[]) => group.map(append));

  const appendMessage = db.transaction((body: LogBody, at: number, identity: string | null) => {
    if (identity === null || known.get(identity) === undefined) {
      write(body, at, accountOf(body), identity);
    }
  });

  const prune = logRetention(db, todos);

  return {
    write,
    epoch: async () => text.parse(readMeta.get('epoch')).value,
    async renewEpoch() {
      setEpoch.run();
    },
    append: async (delivery, events) => appendAll.immediate([{ delivery, events }])[0] ?? [],
    appendAll: async (group) => appendAll.immediate(group),
    appendMessage: async (body, at, identity) =>
      appendMessage.immediate(body, at, identity ?? null),
    extent: async () => extentNow(),
    extentNow,
    knows: (identity) => known.get(identity) !== undefined,
    entriesAfter: async (cursor, limit) => reader.after(cursor, limit),
    notesBefore: async (cursor, limit) => reader.notesBefore(cursor, limit),
    prune: async (before) => prune(before),
  };
}

/** Whose a provider's report or a sent message is; other entries are written where their call is known. */
const accountOf = (body: LogBody): string | undefined =>
  'accountId' in body ? body.accountId : undefined;
