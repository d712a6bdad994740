import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { personKey } from '../../shared/lib/person-key.ts';
import { erasure as erasureSchema, type Erasure } from '../../shared/protocol/erasure.ts';
import { personHash } from '../../sqlite/person-hash.ts';
import { readable, type Unreadable } from './readable.ts';
import type { WriteEntry } from './sqlite-log.ts';
import type { Erase, Store } from './store.ts';

/** Later than the tables of the log, which never change. */
export const ERASURE_TABLES = `
  -- Who was erased, as hashes: for consoles that connect after the log's entry about it is gone.
  CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    workspace TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX erasures_at ON erasures (workspace, at);
`;

const textRow = z.object({
  id: z.union([z.number(), z.string()]),
  text: z.string(),
  account: z.string(),
  delivery: z.number().nullable().optional(),
});
type TextRow = z.infer<typeof textRow>;
const pagedRow = textRow.extend({ id: z.number() });

const factValue = z
  .string()
  .transform((text) => z.object({ value: z.string() }).parse(JSON.parse(text)).value);

/** How numbers, user ids, and ids of calls and messages stand in stored JSON. */
const NUMBER = /"(?:waId|wa_id)":"(\d+)"/g;
const USER = /"(?:userId|user_id)":"((?:[^"\\]|\\.)+)"/g;
/** The key under which a customer waits, or is merged. */
const CUSTOMER = /"(?:customer|kept|other)":"((?:[^"\\]|\\.)+)"/g;
const ID = /"(?:callId|providerCallId|secondaryId|callOfferId|messageId)":"((?:[^"\\]|\\.)+)"/g;
/** Any text that may be an id, in webhooks as they came. */
const ANY = /"([^"\\]{6,300})"/g;

/** Who is meant by the hashes of an erasure, and what belongs to them. */
class Traces {
  readonly #salt: string;
  readonly #hashes: ReadonlySet<string>;
  readonly #known = new Map<string, boolean>();
  /** Numbers and user ids, as they are spelled. */
  readonly words = new Set<string>();
  /** Of calls and messages. */
  readonly ids = new Set<string>();

  constructor({ erasure: { salt, hashes } }: Erase) {
    this.#salt = salt;
    this.#hashes = new Set(hashes);
  }

  isKey(key: string | undefined): boolean {
    if (key === undefined) return false;
    const known = this.#known.get(key) ?? this.#hashes.has(personHash(this.#salt, key));
    this.#known.set(key, known);
    return known;
  }

  /** Whether a call's customer is them: under their number, or under their user id as it is. */
  isCustomer(customer: string): boolean {
    return this.isKey(customer) || this.isKey(personKey({ userId: customer }));
  }

  /** Whether a text is about them; what else it names belongs to them as well. */
  take(text: string, accountId: string): boolean {
    const numbers = found(text, NUMBER).filter((waId) => this.isKey(personKey({ waId })));
    const users = found(text, USER).filter((userId) => this.isKey(personKey({ userId })));
    const keys = found(text, CUSTOMER).filter((key) => this.isKey(key));
    for (const word of [...numbers, ...users, ...keys.map(wordOf)]) this.words.add(word);
    if (numbers.length + users.length + keys.length === 0) return false;
    for (const id of found(text, ID)) {
      this.ids.add(id);
      this.ids.add(`${accountId}/${id}`);
      this.ids.add(`${accountId}/message/${id}`);
    }
    return true;
  }

  names(text: string, ids: RegExp = ID): boolean {
    return found(text, ids).some((id) => this.ids.has(id));
  }

  mentions(text: string): boolean {
    for (const word of this.words) if (text.includes(word)) return true;
    return false;
  }

  /** A text of somebody else without their numbers. */
  blank(text: string): string {
    let blank = text;
    for (const word of this.words) blank = blank.replaceAll(word, '');
    return blank;
  }
}

/** What a key is about: a number, or a user id. */
const wordOf = (key: string): string => key.replace(/^u:/, '');

const found = (text: string, what: RegExp): string[] =>
  [...text.matchAll(what)].flatMap(([, word]) => word ?? []);

const notedRow = z.object({
  body: z.string().transform((text) => erasureSchema.parse(JSON.parse(text))),
});

/** A call whose end nobody reported counts as over after this, in ms. */
const LONGEST_CALL_MS = 6 * 3_600_000;
/** Rows read per page: the log may be large. */
const PAGE = 1_000;

/**
 * Erases a person from all tables of a workspace's numbers. The log keeps its order, with gaps, and gets an entry that
 * tells consoles. Nothing is erased while one of their calls goes on: its end would bring their number back.
 */
export function eraser(
  db: Database,
  write: WriteEntry,
  unreadable: Unreadable,
): Pick<Store, 'erase' | 'erasures' | 'noteErasure'> {
  const sql = prepare(db);
  /** Every row of a large table, in the order of its numbers; it may be deleted meanwhile. */
  function* paged(statement: Statement, at: number): Generator<z.infer<typeof pagedRow>> {
    for (let after = 0; ;) {
      const rows = statement.all({ after, at }).map((row) => pagedRow.parse(row));
      yield* rows;
      const last = rows.at(-1);
      if (!last) return;
      after = last.id;
    }
  }
  const each = (statement: Statement, ...bound: number[]): TextRow[] =>
    statement.all(...bound).map((row) => textRow.parse(row));

  const erase = db.transaction((asked: Erase): Awaited<ReturnType<Store['erase']>> => {
    const { erasure, workspace } = asked;
    const accounts = new Set(asked.accounts);
    const { at } = erasure;
    const traces = new Traces(asked);
    const rows = { entries: 0, deliveries: 0, calls: 0, waiting: 0, dispatches: 0, blanked: 0 };
    const deliveries = new Set<number>();
    const ours = (table: Statement, ...bound: number[]) =>
      each(table, ...bound).filter(({ account }) => accounts.has(account));
    const longAgo = at - LONGEST_CALL_MS;
    const isLive =
      ours(sql.liveCalls, longAgo).some(({ text }) => traces.isCustomer(text)) ||
      ours(sql.liveRelayedCalls).some(({ text, account }) => traces.take(text, account));
    if (isLive) return undefined;

    // First whom they mean, and which calls and messages are theirs.
    for (const { text, account } of paged(sql.log, at)) {
      if (accounts.has(account)) traces.take(text, account);
    }
    for (const { id, text } of ours(sql.calls, longAgo)) {
      if (traces.isCustomer(text)) traces.ids.add(String(id));
    }
    const facts = sql.people.all(at).map((row) => textRow.parse(row));
    const ourFacts = facts.filter(({ account }) => accounts.has(account));
    for (const row of [...ours(sql.relayedCalls), ...ours(sql.todos), ...ourFacts]) {
      traces.take(row.text, row.account);
    }

    for (const { id, text, delivery, account } of paged(sql.log, at)) {
      // Messages among teammates have no account.
      if (account !== '' && !accounts.has(account)) continue;
      if (account !== '' && (traces.take(text, account) || traces.names(text))) {
        rows.entries += sql.removeEntry.run(id).changes;
        if (delivery != null) deliveries.add(delivery);
      } else if (traces.mentions(text)) {
        rows.blanked += sql.changeEntry.run(traces.blank(text), id).changes;
      }
    }
    const isTheirs = ({ id, text }: TextRow) =>
      traces.ids.has(String(id)) || traces.names(text) || traces.mentions(text);
    for (const row of ours(sql.calls, longAgo)) {
      if (!isTheirs(row) && !traces.isCustomer(row.text)) continue;
      rows.calls += sql.removeCall.run(row.id).changes;
    }
    for (const row of ours(sql.relayedCalls)) {
      if (isTheirs(row)) sql.removeRelayedCall.run(row.id);
    }
    for (const { id, account } of ours(sql.lastAgents)) {
      if (traces.isCustomer(String(id))) sql.removeLastAgent.run(account, id);
    }
    for (const { id, text, account } of ourFacts) {
      if (traces.take(text, account)) sql.removeFact.run(id);
      else if (traces.mentions(text)) sql.changeFact.run(traces.blank(factValue.parse(text)), id);
    }
    for (const { id, text, account } of ours(sql.todos)) {
      if (!traces.isKey(String(id)) && !traces.take(text, account)) continue;
      rows.waiting += sql.removeTodo.run(account, id).changes;
    }
    for (const row of each(sql.references)) if (isTheirs(row)) sql.removeReference.run(row.id);
    for (const row of each(sql.dispatches)) {
      if (isTheirs(row)) rows.dispatches += sql.removeDispatch.run(row.id).changes;
    }
    for (const { id, text, account } of paged(sql.deliveries, at)) {
      if (!accounts.has(account)) continue;
      if (traces.mentions(text) || traces.names(text, ANY)) deliveries.add(id);
    }
    for (const id of deliveries) rows.deliveries += sql.removeDelivery.run(id).changes;
    note(workspace, erasure);
    write({ type: 'erased', workspace, erasure }, at, undefined);
    return { rows, traces: { words: [...traces.words], ids: [...traces.ids] } };
  });

  const note = (workspace: string, erasure: Erasure) => {
    sql.note.run(erasure.id, workspace, erasure.at, JSON.stringify(erasure));
  };

  return {
    async erase(asked) {
      const erased = erase.immediate(asked);
      // What is deleted is overwritten in the file; the write-ahead log has it until now.
      if (!db.inTransaction) db.pragma('wal_checkpoint(TRUNCATE)');
      return erased;
    },
    noteErasure: async (workspace, erasure) => note(workspace, erasure),
    erasures: async (workspace, after) =>
      readable(
        sql.noted.all(workspace, after),
        (one) => notedRow.parse(one).body,
        'erasures',
        unreadable,
      ),
  };
}

function prepare(db: Database) {
  return {
    log: db.prepare(
      `SELECT cursor AS id, body AS text, delivery_id AS delivery, coalesce(account_id, '') AS account
       FROM log WHERE cursor > @after AND at <= @at ORDER BY cursor LIMIT ${PAGE}`,
    ),
    removeEntry: db.prepare('DELETE FROM log WHERE cursor = ?'),
    changeEntry: db.prepare('UPDATE log SET body = ? WHERE cursor = ?'),
    deliveries: db.prepare(
      `SELECT id, CAST(body AS TEXT) AS text, account_id AS account FROM deliveries
       WHERE id > @after AND received_at <= @at ORDER BY id LIMIT ${PAGE}`,
    ),
    removeDelivery: db.prepare('DELETE FROM deliveries WHERE id = ?'),
    calls: db.prepare(
      `SELECT call_id AS id, coalesce(customer, '') AS text, coalesce(account_id, '') AS account
       FROM calls WHERE ended = 1 OR noted_at < ?`,
    ),
    liveCalls: db.prepare(
      `SELECT call_id AS id, coalesce(customer, '') AS text, coalesce(account_id, '') AS account
       FROM calls WHERE ended = 0 AND noted_at >= ?`,
    ),
    removeCall: db.prepare('DELETE FROM calls WHERE call_id = ?'),
    relayedCalls: db.prepare(
      `SELECT call_id AS id, record AS text, coalesce(record ->> '$.accountId', '') AS account
       FROM relayed_calls WHERE over = 1 AND json_valid(record)`,
    ),
    liveRelayedCalls: db.prepare(
      `SELECT call_id AS id, record AS text, coalesce(record ->> '$.accountId', '') AS account
       FROM relayed_calls WHERE over = 0 AND json_valid(record)`,
    ),
    removeRelayedCall: db.prepare('DELETE FROM relayed_calls WHERE call_id = ?'),
    lastAgents: db.prepare(
      'SELECT customer AS id, customer AS text, account_id AS account FROM last_agents',
    ),
    removeLastAgent: db.prepare('DELETE FROM last_agents WHERE account_id = ? AND customer = ?'),
    people: db.prepare(
      `SELECT rowid AS id, json_object('kept', person, 'other', other, 'waId', wa_id,
         'userId', user_id, 'value', value) AS text, account_id AS account FROM person_fact WHERE at <= ?`,
    ),
    removeFact: db.prepare('DELETE FROM person_fact WHERE rowid = ?'),
    changeFact: db.prepare('UPDATE person_fact SET value = ? WHERE rowid = ?'),
    todos: db.prepare('SELECT customer AS id, item AS text, account_id AS account FROM todo'),
    removeTodo: db.prepare('DELETE FROM todo WHERE account_id = ? AND customer = ?'),
    references: db.prepare(`SELECT id, reference AS text, '' AS account FROM todo_reference`),
    removeReference: db.prepare('DELETE FROM todo_reference WHERE id = ?'),
    dispatches: db.prepare(`SELECT rowid AS id, body AS text, '' AS account FROM dispatches`),
    removeDispatch: db.prepare('DELETE FROM dispatches WHERE rowid = ?'),
    note: db.prepare(
      'INSERT OR IGNORE INTO erasures (id, workspace, at, body) VALUES (?, ?, ?, ?)',
    ),
    noted: db.prepare(
      'SELECT id, body FROM erasures WHERE workspace = ? AND at > ? ORDER BY at, id',
    ),
  };
}
