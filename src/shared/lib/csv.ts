import type { Result } from './result.ts';

/** A line of a CSV file with its number in the file, counted from 1. */
export interface CsvLine {
  line: number;
  fields: string[];
}

/**
 * Parses CSV as RFC 4180 defines it: quoted fields may hold commas, doubled quotes and line breaks;
 * lines end in LF or CRLF, or in CR as Excel for Mac can write them. Spreadsheets of many countries separate by semicolons.
 * Skips empty lines, and a first line that only names the separator. Returns the line of an unclosed quote as the error.
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
    else if (char === '\n' || (char === '\r' && source.charAt(index + 1) !== '\n')) {
      endLine();
      line += 1;
    } else if (char !== '\r') field += char;
  }
  if (quotedFrom !== undefined) return { ok: false, error: quotedFrom };
  endLine();
  if (NAMED_SEPARATOR.test(source)) lines.shift();
  return { ok: true, value: lines };
}

/** How a file tells Excel its separator. */
const NAMED_SEPARATOR = /^"?sep=([,;\t|])"?(?:\r?\n|\r)/i;

/** One line of CSV, quoted where needed. */
export function csvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

/**
 * What makes a spreadsheet read a cell as a formula, including full-width and small forms; some skip leading
 * blanks. Customers choose their own names, so a cell may be an attack.
 */
const FORMULA =
  /^[\s\p{Cc}\p{Cf}]*[=+\-@|%\u2212\uFE62\uFE63\uFE66\uFE6B\uFF1D\uFF0B\uFF0D\uFF20\uFF5C]|^[\t\r\n]/u;

/**
 * Text as a quoted cell; some readers tell text from numbers by the quotes. Text that could be a
 * formula gets an apostrophe.
 */
export function csvText(text: string | undefined): string {
  return quotedCell(text !== undefined && FORMULA.test(text) ? `'${text}` : text);
}

/** Text as a quoted cell. */
export function quotedCell(text: string | undefined): string {
  return text === undefined ? '' : `"${text.replaceAll('"', '""')}"`;
}

/** The separator that the first line names, or that occurs most often in it, outside quotes. */
export function separatorOf(text: string): string {
  const named = NAMED_SEPARATOR.exec(text.replace(/^\uFEFF/, ''))?.[1];
  if (named !== undefined) return named;
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r\n|\n|\r/, 1);
  const count = (separator: string) => first.split(separator).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
