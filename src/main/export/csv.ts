import type { CallRecord } from '../db/history.ts';
import { columns } from './columns.ts';

/** Tells spreadsheets that the file is UTF-8. */
const BOM = '\uFEFF';

/** The header, with the byte order mark before it. RFC 4180: CRLF ends every line. */
export function csvHead(): string {
  return `${BOM}${columns.map((column) => column.name).join(',')}\r\n`;
}

export function csvLine(record: CallRecord): string {
  return `${columns.map((column) => csvCell(column.of(record))).join(',')}\r\n`;
}

/**
 * What makes a spreadsheet take a cell for a formula, full-width forms included; leading blanks are skipped by some. A
 * customer chooses their own name, so a cell may be an attack.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%\u2212\uFF1D\uFF0B\uFF0D\uFF20\uFF5C]|^[\t\r\n]/u;

/** One cell: text that could be a formula gets an apostrophe, and quotes where RFC 4180 asks for them. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n\t;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
