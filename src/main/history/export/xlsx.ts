import type { CellValue, ColumnDef } from 'hucre';
import { writeXlsxStream } from 'hucre/xlsx';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { CallRecord } from '../call-record.ts';
import type { Column } from './columns.ts';

const DAY_SECONDS = 86_400;
/** Excel's limit for text in a cell. */
const LONGEST_TEXT = 32_767;

/**
 * Calls as an Excel workbook (ECMA-376), streamed in constant memory. Every cell has its type, so
 * names like `007` and telephone numbers stay text. More than 1,048,575 calls continue on further
 * sheets.
 *
 * @param calls in the order of the file; errors while reading them are thrown
 */
export function xlsxOf(
  calls: AsyncIterable<CallRecord>,
  columns: readonly Column[],
): AsyncIterable<Uint8Array> {
  return writeXlsxStream(rowsOf(calls, columns), {
    name: 'Calls',
    columns: columns.map(definitionOf),
    // No ZIP64: LibreOffice 7.4 cannot open it, and a full sheet of calls stays below 4 GiB.
    freezePane: { rows: 1 },
  });
}

async function* rowsOf(
  calls: AsyncIterable<CallRecord>,
  columns: readonly Column[],
): AsyncIterable<CellValue[]> {
  for await (const call of calls) yield columns.map((column) => cellOf(column, call));
}

function definitionOf({ name, kind }: Column): ColumnDef {
  const header = { header: name, width: Math.max(12, name.length + 2) };
  switch (kind) {
    case 'text':
    case 'phone':
      // The "text" format keeps a cell text even after somebody edits it.
      return { ...header, width: 22, numFmt: '@' };
    case 'number':
      return header;
    case 'moment':
      return { ...header, width: 20, numFmt: 'yyyy-mm-dd hh:mm:ss' };
    case 'duration':
      return { ...header, numFmt: '[h]:mm:ss' };
    default:
      return assertNever(kind, 'kind');
  }
}

function cellOf(column: Column, call: CallRecord): CellValue {
  switch (column.kind) {
    case 'text':
    case 'phone': {
      const text = column.of(call);
      return text === undefined ? null : xmlText(text);
    }
    case 'number':
      return column.of(call) ?? null;
    case 'moment': {
      const at = column.of(call);
      return at === undefined ? null : wallClock(at);
    }
    case 'duration': {
      const seconds = column.of(call);
      return seconds === undefined ? null : Math.round(seconds) / DAY_SECONDS;
    }
    default:
      return assertNever(column, 'column');
  }
}

/**
 * Cells have no time zone: writes this machine's wall clock at that moment, to the second.
 * @param at Unix ms
 */
function wallClock(at: number): Date {
  const d = new Date(at);
  return new Date(
    Date.UTC(
      d.getFullYear(),
      d.getMonth(),
      d.getDate(),
      d.getHours(),
      d.getMinutes(),
      d.getSeconds(),
    ),
  );
}

/**
 * Text that XML 1.0 can carry and a spreadsheet reads back unchanged: control characters are
 * removed, and `_x0041_`, which reads as a character's number (ECMA-376, 22.9.2.19), gets its
 * underscore escaped.
 */
function xmlText(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_');
}
