import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { personKey } from '../../shared/lib/person-key.ts';
import { personFields } from '../../shared/people/person-fields.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import type { PeopleEntry } from '../../shared/protocol/people.ts';
import { readable, type Unreadable } from './readable.ts';
import type { PeoplePage, PeopleStore } from './people-store.ts';

/** The table's first version; it is part of a migration and never changes. */
export const PEOPLE_TABLE = `
  -- What agents wrote down about people, as it counts now; unlike the log, it is kept for ever.
  CREATE TABLE person_fact (
    account_id TEXT NOT NULL,
    -- 'personKey', and for a merge the one that is kept.
    person TEXT NOT NULL,
    -- A field of the person, or 'merged'.
    field TEXT NOT NULL,
    -- The other one of a merge.
    other TEXT NOT NULL,
    -- Empty: cleared, or the merge is undone.
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    wa_id TEXT,
    user_id TEXT,
    -- In NATS: it is in the stream that is kept for ever.
    carried INTEGER NOT NULL,
    PRIMARY KEY (account_id, person, field, other)
  ) STRICT;
  CREATE INDEX person_fact_carried ON person_fact (carried) WHERE carried = 0;
`;

const row = z.object({
  account_id: z.string(),
  person: z.string(),
  field: z.enum([...personFields, 'merged']),
  other: z.string(),
  value: z.string(),
  at: z.number(),
  by_id: z.string(),
  by_name: z.string(),
  wa_id: z.string().nullable(),
  user_id: z.string().nullable(),
});
type Row = z.infer<typeof row>;

const COLUMNS =
  'account_id, person, field, other, value, at, by_id, by_name, wa_id, user_id, carried';
/** The writing that counts: the later one, and of one moment the same one everywhere. */
const IS_LATER = `(excluded.at, excluded.by_name, excluded.value)
  > (person_fact.at, person_fact.by_name, person_fact.value)`;

/** Finds merges by either end; part of a migration. */
export const MERGE_INDEXES = `
  CREATE INDEX person_fact_kept ON person_fact (person) WHERE field = 'merged';
  CREATE INDEX person_fact_other ON person_fact (other) WHERE field = 'merged';
`;

/** What agents wrote down about people, as the entries of the log say it, in whatever order they come. */
export class PeopleTable {
  readonly #sql: ReturnType<typeof prepare>;
  readonly #unreadable: Unreadable;

  constructor(db: Database, unreadable: Unreadable) {
    this.#sql = prepare(db);
    this.#unreadable = unreadable;
  }

  /**
   * Applies an entry of the log, if it is one about people; only inside a transaction.
   *
   * @param carried it is kept elsewhere, too
   */
  apply(body: LogBody, carried = false): void {
    if (body.type !== 'described' && body.type !== 'merged') return;
    for (const fact of factsOf(body)) this.#sql.put.run({ ...fact, carried: carried ? 1 : 0 });
  }

  /** Whether an entry says anything that does not count already. */
  isNews(entry: PeopleEntry): boolean {
    return factsOf(entry).some((fact) => this.#sql.isKnown.get(fact) === undefined);
  }

  /** A page of all facts in the order in which they were first written. */
  page(after: number, limit: number): PeoplePage {
    const rows = this.#sql.page.all(after, limit);
    return {
      entries: this.#read(rows),
      next: rows.length < limit ? undefined : rows.at(-1)?.rowid,
    };
  }

  /** Up to `limit` facts that are kept nowhere else. */
  notCarried(limit: number): readonly PeopleEntry[] {
    return this.#read(this.#sql.notCarried.all(limit));
  }

  /**
   * Whom agents merged with somebody: of the same two, the last word counts.
   *
   * @param isHere whether what was said at a number counts
   */
  mergedWith(person: string, isHere: (accountId: string) => boolean): readonly string[] {
    const words = this.#read(this.#sql.merges.all({ person }));
    const last = new Map<string, MergedEntry>();
    for (const word of words) {
      if (word.type !== 'merged' || !isHere(word.accountId)) continue;
      last.set(JSON.stringify([word.kept, word.other]), word);
    }
    return [...last.values()]
      .filter(({ undone }) => !undone)
      .map(({ kept, other }) => (kept === person ? other : kept));
  }

  #read(rows: readonly unknown[]): PeopleEntry[] {
    return readable(rows, (one) => entryOf(row.parse(one)), 'person_fact', this.#unreadable);
  }
}

/** The relay's part of the store for what is known about people. */
export function sqlitePeople(
  db: Database,
  table: PeopleTable,
  write: (body: PeopleEntry, at: number) => void,
): PeopleStore {
  const add = db.transaction((entries: readonly PeopleEntry[], at: number) => {
    for (const entry of entries) if (table.isNews(entry)) write(entry, at);
  });
  const carry = db.transaction((entries: readonly PeopleEntry[]) => {
    for (const entry of entries) table.apply(entry, true);
  });
  return {
    add: async (entries, at) => add.immediate(entries, at),
    page: async (after, limit) => table.page(after, limit),
    notCarried: async (limit) => table.notCarried(limit),
    carry: async (entries) => carry.immediate(entries),
  };
}

function factsOf(body: PeopleEntry) {
  const { accountId, at, by } = body;
  const written = { accountId, at, byId: by.id, byName: by.name };
  if (body.type === 'merged') {
    const { kept, other, undone } = body;
    const value = undone ? '' : 'yes';
    return [{ ...written, person: kept, field: 'merged', other, value, waId: null, userId: null }];
  }
  const { party, fields } = body;
  const person = personKey(party);
  if (person === undefined) return [];
  const named = { person, other: '', waId: party.waId ?? null, userId: party.userId ?? null };
  return fields.map(({ field, value }) => ({ ...written, ...named, field, value }));
}

function entryOf(fact: Row): PeopleEntry {
  const { account_id: accountId, field, at, wa_id: waId, user_id: userId } = fact;
  const about = { accountId, at, by: { id: fact.by_id, name: fact.by_name } };
  if (field === 'merged') {
    const ends = { kept: fact.person, other: fact.other, undone: fact.value === '' };
    return { type: 'merged', ...about, ...ends };
  }
  const party = {
    ...(waId !== null && { waId }),
    ...(userId !== null && { userId }),
  };
  return { type: 'described', ...about, party, fields: [{ field, value: fact.value }] };
}

type MergedEntry = Extract<PeopleEntry, { type: 'merged' }>;

function prepare(db: Database) {
  return {
    // The same writing again says at most that it is kept elsewhere, too.
    put: db.prepare(
      `INSERT INTO person_fact (${COLUMNS}) VALUES (@accountId, @person, @field, @other, @value,
         @at, @byId, @byName, @waId, @userId, @carried)
       ON CONFLICT (account_id, person, field, other) DO UPDATE SET value = excluded.value,
         at = excluded.at, by_id = excluded.by_id, by_name = excluded.by_name,
         wa_id = coalesce(excluded.wa_id, person_fact.wa_id),
         user_id = coalesce(excluded.user_id, person_fact.user_id), carried = excluded.carried
       WHERE ${IS_LATER} OR (excluded.carried = 1 AND person_fact.carried = 0
         AND (excluded.at, excluded.by_name, excluded.value)
           = (person_fact.at, person_fact.by_name, person_fact.value))`,
    ),
    isKnown: db.prepare(
      `SELECT 1 FROM person_fact WHERE account_id = @accountId AND person = @person AND field = @field
         AND other = @other AND (at, by_name, value) >= (@at, @byName, @value)`,
    ),
    page: db.prepare<[number, number], { rowid: number }>(
      `SELECT rowid AS rowid, ${COLUMNS} FROM person_fact WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    ),
    merges: db.prepare(
      // The word that counts comes last, by the rule of IS_LATER.
      `SELECT ${COLUMNS} FROM person_fact WHERE field = 'merged' AND (person = @person OR other = @person)
       ORDER BY at, by_name, value`,
    ),
    notCarried: db.prepare(`SELECT ${COLUMNS} FROM person_fact WHERE carried = 0 LIMIT ?`),
  };
}
