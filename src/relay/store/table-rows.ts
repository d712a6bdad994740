import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { UNUSED } from './store.ts';

/** A store's tables, each after the tables that its rows refer to. */
const TABLES = [
  'meta',
  'deliveries',
  'log',
  'calls',
  'declines',
  'relayed_calls',
  'last_agents',
  'agents',
  'invitations',
  'wrap_up_forms',
  'todo',
  'todo_reference',
  'person_fact',
  'endpoints',
  'dispatches',
  'erasures',
  'legal_hold',
] as const;
type Table = (typeof TABLES)[number];

/** Rows read per page. */
const PAGE = 500;
/** In `meta`: the last assigned cursor, which SQLite itself keeps elsewhere. */
const HEAD = 'head';

const columnName = z.string().regex(/^[a-z_]+$/);
/** A row as stored in a table, except for bytes. */
export const plainRow = z.object({
  table: z.enum(TABLES),
  row: z.record(columnName, z.union([z.string(), z.number(), z.null()])),
});

export interface TableRow {
  table: Table;
  row: Record<string, string | number | null | Uint8Array>;
}

/** A webhook as it came. */
export const deliveryRow = z.object({
  id: z.number(),
  account_id: z.string(),
  received_at: z.number(),
  headers: z.string(),
  body: z.instanceof(Uint8Array),
  problems: z.string().nullable(),
  unused: z.enum(UNUSED).nullable().optional(),
});

/** A store whose rows can be copied into another one. */
export interface RowStore {
  /** Whether nothing was ever written to it. */
  isEmpty(): Promise<boolean>;
  /** All rows as they are now, parents before children. */
  rows(): AsyncIterable<TableRow>;
  /** Writes rows into an empty store. */
  load(rows: AsyncIterable<TableRow>): Promise<void>;
  close(): Promise<void>;
}

const row = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)]),
);
const rowNumber = z.number();
const meta = z.object({ key: z.string(), value: z.string() });

/** Keys of `meta` that describe the log; the others describe its file. */
const META_COPIED = ['epoch', 'pruned_to'];

/** Reads every row of a database page by page, so that it may be large or change meanwhile. */
export function* readRows(db: Database): Generator<TableRow> {
  for (const table of TABLES) {
    if (table === 'meta') yield* readMeta(db);
    // These are ordered by a key of two columns; they are few.
    else if (table === 'declines' || table === 'last_agents') {
      for (const one of db.prepare(`SELECT * FROM ${table}`).all()) {
        yield { table, row: row.parse(one) };
      }
    } else yield* readPages(db, table);
  }
}

function* readMeta(db: Database): Generator<TableRow> {
  for (const one of z.array(meta).parse(db.prepare('SELECT key, value FROM meta').all())) {
    if (META_COPIED.includes(one.key)) yield { table: 'meta', row: one };
  }
  const head = db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'log'`).pluck().get();
  yield {
    table: 'meta',
    row: { key: HEAD, value: String(head === undefined ? 0 : rowNumber.parse(head)) },
  };
}

function* readPages(db: Database, table: Table): Generator<TableRow> {
  const page = db.prepare(
    `SELECT rowid AS rowid, * FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${PAGE}`,
  );
  let last = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const found = page.all(last).map((one) => row.parse(one));
    for (const { rowid, ...one } of found) {
      last = rowNumber.parse(rowid);
      yield { table, row: one };
    }
    if (found.length < PAGE) return;
  }
}

/** Inserts or updates one row. */
export function writeRow(db: Database, { table, row: given }: TableRow): void {
  if (table === 'meta' && given['key'] === HEAD) return setHead(db, Number(given['value']));
  const columns = Object.keys(given);
  db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})
     ON CONFLICT DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  ).run(given);
}

/** @param cursor the last assigned one */
export function setHead(db: Database, cursor: number): void {
  const { changes } = db
    .prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'log'`)
    .run(cursor);
  if (changes === 0) {
    db.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('log', ?)`).run(cursor);
  }
}

/** The rows of a SQLite store. */
export function sqliteRows(db: Database): RowStore {
  const isUsed = db.prepare(
    `SELECT EXISTS (SELECT 1 FROM deliveries) + EXISTS (SELECT 1 FROM agents)
       + EXISTS (SELECT 1 FROM calls) + EXISTS (SELECT 1 FROM sqlite_sequence WHERE seq > 0)`,
  );
  return {
    isEmpty: async () => isUsed.pluck().get() === 0,
    async *rows() {
      // A relay may write meanwhile.
      db.exec('BEGIN');
      try {
        yield* readRows(db);
      } finally {
        db.exec('COMMIT');
      }
    },
    async load(rows) {
      db.exec('BEGIN IMMEDIATE');
      try {
        for await (const one of rows) writeRow(db, one);
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: async () => void db.close(),
  };
}
