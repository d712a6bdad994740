import { z } from 'zod';
import { personFields } from '../../../shared/people/person-fields.ts';
import { parseColumn } from '../json.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { readSnapshot } from '../snapshot.ts';
import type { ColumnValue, IsWanted, Row } from './records.ts';

interface Column {
  name: string;
  type: string;
  required: boolean;
  /** Takes the row id's value; the record itself stores NULL. */
  isRowid: boolean;
}

/** A table of this version. All are STRICT, so every value has its column's type. */
interface Shape {
  table: Table;
  hasRowid: boolean;
  columns: readonly Column[];
}

/** The tables that are rescued, parents first. Triggers derive contacts and the search index. */
export const tables = [
  'person_link',
  // Before moves, which have one column more.
  'person_merge',
  'person_move',
  'person_alias',
  'person_field',
  'person_detail',
  'account',
  'setting',
  'relay_cursor',
  'number_state',
  'rate_card',
  'permission_answer',
  'message_status',
  'contact_event',
  'call',
  'call_event',
  'call_quality',
  'call_note',
  'recording',
  'transcript_line',
  'recording_listen',
] as const;
export type Table = (typeof tables)[number];

/** A row by column name. */
export type FoundRow = { table: Table; row: Readonly<Record<string, ColumnValue>> };

/** Reads the table definitions from a file of this version. */
export function shapesOf(db: Db): readonly Shape[] {
  return tables.map((table) => {
    const [info] = db
      .prepare<[string], { wr: number }>(
        "SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'",
      )
      .all(table);
    const hasRowid = info?.wr !== 1;
    const columns = db
      .prepare<[string], { name: string; type: string; required: number; pk: number }>(
        `SELECT name, type, "notnull" AS required, pk FROM pragma_table_info(?)`,
      )
      .all(table)
      .map(({ name, type, required, pk }) => ({
        name,
        type,
        required: required === 1 || pk > 0,
        isRowid: hasRowid && pk > 0 && type === 'INTEGER',
      }));
    return { table, hasRowid, columns };
  });
}

/** Whether a row's types are those of one of the tables: most rows are entries of indexes. */
export function fitsAny(shapes: readonly Shape[]): IsWanted {
  return (hasRowid, types) =>
    shapes.some(
      (shape) =>
        shape.hasRowid === hasRowid &&
        types.length <= shape.columns.length &&
        // A row from before a column was added is shorter.
        shape.columns.every((column, index) => fitsType(types[index] ?? 0, column)),
    );
}

/** @param type see sqlite.org/fileformat2.html#record_format; 0 is NULL */
function fitsType(type: number, { type: wanted, required, isRowid }: Column): boolean {
  if (type === 0) return isRowid || !required;
  if (isRowid) return false;
  if (type < 12) return wanted === 'INTEGER' || wanted === 'REAL';
  return wanted === (type % 2 === 1 ? 'TEXT' : 'BLOB');
}

/** The table that a row belongs to; undefined if it belongs to none of them or is incomplete. */
export function tableOf(found: Row, shapes: readonly Shape[]): FoundRow | undefined {
  for (const shape of shapes) {
    const row = fit(found, shape);
    if (row && isPlausible[shape.table](row)) return { table: shape.table, row };
  }
  return undefined;
}

function fit({ rowid, values }: Row, { hasRowid, columns }: Shape): FoundRow['row'] | undefined {
  if (hasRowid !== (rowid !== undefined) || values.length > columns.length) return undefined;
  const row: Record<string, ColumnValue> = {};
  for (const [index, column] of columns.entries()) {
    // A row from before a column was added is shorter.
    const value = column.isRowid && rowid !== undefined ? rowid : (values[index] ?? null);
    if (column.isRowid && values[index] != null) return undefined;
    if (value === null ? column.required : typeOf(value) !== column.type) {
      const isWhole = column.type === 'REAL' && typeof value === 'number';
      if (!isWhole) return undefined;
    }
    row[column.name] = value;
  }
  return row;
}

function typeOf(value: string | number | Buffer): string {
  if (typeof value === 'string') return 'TEXT';
  if (typeof value !== 'number') return 'BLOB';
  return Number.isSafeInteger(value) ? 'INTEGER' : 'REAL';
}

const json = (value: ColumnValue | undefined) =>
  typeof value === 'string' ? parseColumn(value) : undefined;
const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf = (value: ColumnValue | undefined, list: readonly string[]) =>
  typeof value === 'string' && list.includes(value);
const numberState = z.looseObject({
  refusals: z.array(z.unknown()),
  warnings: z.array(z.unknown()),
});

const isUserKey = (value: ColumnValue | undefined) =>
  typeof value === 'string' && value.startsWith('u:');
const isKey = (value: ColumnValue | undefined) =>
  isUserKey(value) || (typeof value === 'string' && /^\d{3,20}$/.test(value));

/** Rows of several tables may look alike, and flipped bits may look like anything. */
const isPlausible: Record<Table, (row: FoundRow['row']) => boolean> = {
  person_link: ({ b, first, last }) => isUserKey(b) && Number(first) <= Number(last),
  person_move: ({ from_key: from, to_key: to }) => isKey(from) && isKey(to),
  person_merge: ({ kept, other }) => isKey(kept) && isKey(other),
  person_alias: ({ key, person }) => isKey(key) && isKey(person),
  person_field: ({ key, field }) => isKey(key) && oneOf(field, personFields),
  person_detail: ({ person, body }) => isKey(person) && isObject(json(body)),
  account: ({ body }) => isObject(json(body)),
  setting: ({ value }) => json(value) !== undefined && !numberState.safeParse(json(value)).success,
  relay_cursor: ({ one, cursor }) => one === 1 && Number(cursor) >= 0,
  number_state: ({ body }) => numberState.safeParse(json(body)).success,
  rate_card: ({ one }) => one === 1,
  permission_answer: ({ body }) => isObject(json(body)),
  message_status: ({ status }) => oneOf(status, ['sent', 'delivered', 'read', 'failed']),
  contact_event: ({ body }) => isObject(json(body)),
  call: ({ id, direction, snapshot }) =>
    oneOf(direction, ['inbound', 'outbound']) &&
    typeof snapshot === 'string' &&
    readSnapshot(snapshot)?.id === id,
  call_event: ({ source, body }) =>
    oneOf(source, ['provider', 'relay', 'agent', 'media', 'api', 'clock', 'app']) &&
    isObject(json(body)),
  call_quality: ({ body }) => isObject(json(body)),
  call_note: ({ unsent }) => unsent === 0 || unsent === 1,
  recording: ({ what, body }) =>
    oneOf(what, ['audio', 'transcript', 'summary']) && isObject(json(body)),
  transcript_line: ({ speaker }) => oneOf(speaker, ['agent', 'customer', 'unknown']),
  recording_listen: ({ from_ms: from, to_ms: to }) => Number(from) <= Number(to),
};
