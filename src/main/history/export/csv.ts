import { assertNever } from '../../../shared/lib/assert-never.ts';
import { csvDialects, type CsvSeparator } from '../../../shared/ipc/export.ts';
import { csvText, quotedCell } from '../../../shared/lib/csv.ts';
import type { CallRecord } from '../call-record.ts';
import { clockOf, type Column, localOf } from './columns.ts';

/** Byte order mark: tells spreadsheets that the file is UTF-8. */
const BOM = '\uFEFF';

/** The header, after the byte order mark. RFC 4180: CRLF ends every line. */
export function csvHead(columns: readonly Column[], by: CsvSeparator): string {
  return `${BOM}${columns.map((column) => column.name).join(csvDialects[by].separator)}\r\n`;
}

/** One call as one line. */
export function recordLine(
  record: CallRecord,
  columns: readonly Column[],
  by: CsvSeparator,
): string {
  const { separator, decimal } = csvDialects[by];
  return `${columns.map((column) => cell(column, record, decimal)).join(separator)}\r\n`;
}

function cell(column: Column, record: CallRecord, decimal: string): string {
  switch (column.kind) {
    case 'text':
      return csvText(column.of(record));
    case 'phone':
      // Digits cannot be a formula; a guard before the + would break every reader.
      return quotedCell(column.of(record));
    case 'number':
      return column.of(record)?.toString().replace('.', decimal) ?? '';
    case 'moment':
      return formatted(column.of(record), localOf);
    case 'duration':
      return formatted(column.of(record), clockOf);
    default:
      return assertNever(column, 'column');
  }
}

function formatted(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '' : format(value);
}
