import type { Result } from './result.ts';

/** A line of a CSV file with its number in the file, counted from 1. */
export interface CsvLine {
  line: number;
  fields: string[];
}

/**
 * Parses CSV as RFC 4180 defines it: quoted fields may hold commas, doubled quotes and line breaks;
 * lines end in LF or CRLF. Spreadsheets of many countries separate by semicolons.
 * Skips empty lines. Returns the line of an unclosed quote as the error.
 */
export function readCsv(text: string, separator = ','): Result<CsvLine[], number> {
  const lines: CsvLine[] = [];
  const source = text.replace(/^\uFEFF/, '');
  let fields: string[] = [];
  let field = '';
  let quotedFrom: number | undefined;
  let line = 1;
  let start = 1;
  const endField = () => {
    fields.push(field);
    field = '';
  };
  const endLine = () => {
    endField();
    if (fields.some((one) => one.trim() !== '')) lines.push({ line: start, fields });
    fields = [];
    start = line + 1;
  };
  for (let index = 0; index < source.length; index += 1) {
    const char = source.charAt(index);
    if (quotedFrom !== undefined) {
      if (char === '\n') line += 1;
      if (char !== '"') field += char;
      else if (source.charAt(index + 1) === '"') {
        field += '"';
        index += 1;
      } else quotedFrom = undefined;
    } else if (char === '"' && field === '') quotedFrom = line;
    else if (char === separator) endField();
    else if (char === '\n') {
      endLine();
      line += 1;
    } else if (char !== '\r' || source.charAt(index + 1) !== '\n') field += char;
  }
  if (quotedFrom !== undefined) return { ok: false, error: quotedFrom };
  endLine();
  return { ok: true, value: lines };
}

/** One line of CSV, quoted where needed. */
export function csvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}
