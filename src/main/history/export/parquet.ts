import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { CallRecord } from '../call-record.ts';
import type { Column } from './columns.ts';
import { ParquetFooter } from './parquet-footer.ts';
import { type PlainValue, textLength } from './plain-lines.ts';

/** Calls per row group: readers may skip whole groups, and so many are in memory at once. */
const GROUP = 2_000;
/** Fewer if their texts have so many characters. */
const GROUP_TEXT = 3_000_000;

/**
 * Calls as an Apache Parquet file, group by group. Telephone numbers are text, moments are instants in UTC, durations
 * whole seconds; a missing value is null.
 */
export async function* parquetOf(
  pages: AsyncIterable<readonly (readonly PlainValue[])[]>,
  columns: readonly Column[],
  groupSize = GROUP,
): AsyncIterable<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    createdBy: 'Ringdesk',
  });
  const footer = new ParquetFooter(writer);
  const write = async (columnData: ColumnSource[], rows: number) => {
    await writer.write({ columnData, rowGroupSize: rows });
    footer.take();
    return taken(bytes);
  };
  yield taken(bytes);
  let group = emptyOf(columns);
  let [rows, text] = [0, 0];
  for await (const page of pages) {
    for (const values of page) {
      values.forEach((value, at) => group[at]?.data.push(value));
      text += textLength(values);
    }
    rows += page.length;
    if (rows < groupSize && text < GROUP_TEXT) continue;
    yield await write(group, rows);
    group = emptyOf(columns);
    [rows, text] = [0, 0];
  }
  if (rows > 0) yield await write(group, rows);
  yield footer.bytes();
}

/** What was written since the last time. */
function taken(bytes: ByteWriter): Uint8Array {
  const copy = bytes.getBytes().slice();
  bytes.index = 0;
  return copy;
}

/** Readers skip groups by what they know of numbers and times; texts are in no order. */
function emptyOf(columns: readonly Column[]): (ColumnSource & { data: PlainValue[] })[] {
  return columns.map(({ name, kind }) => ({ name, data: [], statistics: kind !== 'text' }));
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

/** The value of a call, as `plainValues` has it. */
export function typedValueOf(column: Column, call: CallRecord): PlainValue {
  switch (column.kind) {
    case 'text':
    case 'phone':
    case 'number':
    case 'moment':
      return column.of(call) ?? null;
    case 'duration': {
      const seconds = column.of(call);
      return seconds === undefined ? null : Math.round(seconds);
    }
    default:
      return assertNever(column, 'column');
  }
}
