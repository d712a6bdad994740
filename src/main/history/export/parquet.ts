import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { CallRecord } from '../call-record.ts';
import type { Column } from './columns.ts';

/** Calls per row group: readers may skip whole groups, and so many are in memory at once. */
const GROUP = 4_000;

type Value = string | number | Date | undefined;

/**
 * Calls as an Apache Parquet file, group by group. Telephone numbers are text, moments are instants in UTC, durations
 * whole seconds; a missing value is null.
 */
export async function* parquetOf(
  pages: AsyncIterable<readonly CallRecord[]>,
  columns: readonly Column[],
): AsyncIterable<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    createdBy: 'Ringdesk',
  });
  const taken = () => {
    const copy = Uint8Array.from(bytes.getBytes());
    bytes.index = 0;
    return copy;
  };
  let group = emptyOf(columns);
  let rows = 0;
  for await (const page of pages) {
    for (const call of page)
      columns.forEach((column, at) => group[at]?.push(valueOf(column, call)));
    rows += page.length;
    if (rows < GROUP) continue;
    await writer.write({ columnData: named(columns, group), rowGroupSize: rows });
    yield taken();
    group = emptyOf(columns);
    rows = 0;
  }
  if (rows > 0) await writer.write({ columnData: named(columns, group), rowGroupSize: rows });
  await writer.finish();
  yield taken();
}

const emptyOf = (columns: readonly Column[]): Value[][] => columns.map(() => []);

function named(columns: readonly Column[], values: readonly Value[][]): ColumnSource[] {
  return columns.map(({ name }, at) => ({ name, data: values[at] ?? [] }));
}

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return [{ name: 'calls', num_children: columns.length }, ...columns.map(elementOf)];
}

function elementOf({ name, kind }: Column): SchemaElement {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  switch (kind) {
    case 'text':
    case 'phone':
      return { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'number':
      return { ...optional, type: 'DOUBLE' };
    case 'moment':
      return { ...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
    case 'duration':
      return { ...optional, type: 'INT32' };
    default:
      return assertNever(kind, 'kind');
  }
}

function valueOf(column: Column, call: CallRecord): Value {
  switch (column.kind) {
    case 'text':
    case 'phone':
    case 'number':
      return column.of(call);
    case 'moment': {
      const at = column.of(call);
      return at === undefined ? undefined : new Date(at);
    }
    case 'duration': {
      const seconds = column.of(call);
      return seconds === undefined ? undefined : Math.round(seconds);
    }
    default:
      return assertNever(column, 'column');
  }
}
