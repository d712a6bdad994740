import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { CallRecord } from '../call-record.ts';
import type { Column } from './columns.ts';
import type { ZipPart } from './zip.ts';

/** What Excel opens, ECMA-376: rows of a sheet with the header, and characters of a cell. */
const SHEET_ROWS = 1_048_576;
const LONGEST_TEXT = 32_767;
/** Without ZIP64, which LibreOffice 7.4 cannot open, a part has less than 4 GiB. */
const SHEET_BYTES = 3.5 * 2 ** 30;

export const DAY_SECONDS = 86_400;
/** Ten decimals of a day; seconds of a day times these are whole in a double. */
export const DAY_PARTS = 1e10;
/** The day 0 of spreadsheets, 1899-12-30, before 1970. */
export const EPOCH_DAYS = 25_569;

/** Places of the styles in `STYLES`. */
const STYLE = { text: 1, moment: 2, duration: 3 } as const;
const EMPTY = '<c/>';

/** What stands around each kind of value in a cell; SQL writes the same (`plain-lines.ts`). */
export const CELL = {
  empty: EMPTY,
  text: [`<c t="inlineStr" s="${STYLE.text}"><is><t>`, '</t></is></c>'],
  number: ['<c><v>', '</v></c>'],
  moment: [`<c s="${STYLE.moment}"><v>`, '</v></c>'],
  duration: [`<c s="${STYLE.duration}"><v>`, '</v></c>'],
  row: ['<row>', '</row>\n'],
} as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts>
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${[49, 164, 165].map((format) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

/** Some rows of a sheet, already as XML, and how many they are. */
interface SheetPage {
  rows: string;
  count: number;
}

/**
 * Calls as an Excel workbook (ECMA-376), streamed in constant memory. Every cell has its type, so that names like `007`
 * and telephone numbers stay text. More calls than a sheet holds continue on further ones.
 *
 * @param pages of fewer rows than a sheet has
 */
export async function* workbookParts(
  pages: AsyncIterable<SheetPage>,
  columns: readonly Column[],
): AsyncIterable<ZipPart> {
  const rest = pages[Symbol.asyncIterator]();
  let next = await rest.next();
  let sheets = 0;
  /** As many pages as fit into one sheet. */
  async function* sheet(): AsyncIterable<string> {
    yield sheetHead(columns);
    let [rows, bytes] = [1, 0];
    while (next.done !== true) {
      const page = next.value;
      rows += page.count;
      bytes += page.rows.length;
      if (rows > SHEET_ROWS || (bytes > SHEET_BYTES && rows > page.count + 1)) break;
      yield page.rows;
      next = await rest.next();
    }
    yield '</sheetData></worksheet>';
  }
  do {
    sheets += 1;
    yield { name: `xl/worksheets/sheet${sheets}.xml`, content: sheet() };
  } while (next.done !== true);
  for (const [name, text] of Object.entries(framesOf(sheets))) {
    yield { name, content: [text] };
  }
}

/** One call as one row. */
export function recordRow(record: CallRecord, columns: readonly Column[]): string {
  return `${CELL.row[0]}${columns.map((column) => cell(column, record)).join('')}${CELL.row[1]}`;
}

function cell(column: Column, record: CallRecord): string {
  switch (column.kind) {
    case 'text':
    case 'phone':
      return textCell(column.of(record));
    case 'number':
      return valueCell('number', column.of(record)?.toString());
    case 'moment': {
      const at = column.of(record);
      return valueCell('moment', at === undefined ? undefined : daysOf(localSeconds(at)));
    }
    case 'duration': {
      const seconds = column.of(record);
      return valueCell('duration', seconds === undefined ? undefined : daysOf(Math.round(seconds)));
    }
    default:
      return assertNever(column, 'column');
  }
}

const valueCell = (kind: 'number' | 'moment' | 'duration', value: string | undefined) =>
  value === undefined ? EMPTY : `${CELL[kind][0]}${value}${CELL[kind][1]}`;

/** Text as it is: nothing to escape, to shorten or to keep from being trimmed. Told in SQL as well. */
const SIMPLE = /^[ -%'-;=?-~À-ÿ]*$/;

/** A cell of text; empty for no text. */
export function textCell(text: string | undefined): string {
  if (text === undefined || text === '') return EMPTY;
  const isSimple =
    SIMPLE.test(text) && text.length < 1000 && text.trim() === text && !text.includes('_x');
  if (isSimple) return `${CELL.text[0]}${text}${CELL.text[1]}`;
  const begin = CELL.text[0].replace('<t>', '<t xml:space="preserve">');
  return `${begin}${xmlText(text)}${CELL.text[1]}`;
}

/** Cells have no time zone: this machine's wall clock at that moment, in seconds of spreadsheets. @param at Unix ms */
function localSeconds(at: number): number {
  const local = Math.floor(at / 1000) - new Date(at).getTimezoneOffset() * 60;
  return EPOCH_DAYS * DAY_SECONDS + local;
}

/**
 * Whole seconds in days, rounded up: LibreOffice cuts what it shows to seconds, and takes a moment that is a few
 * microseconds short for the second before.
 */
function daysOf(seconds: number): string {
  const part = Math.ceil(((seconds % DAY_SECONDS) * DAY_PARTS) / DAY_SECONDS);
  return `${Math.floor(seconds / DAY_SECONDS)}.${String(part).padStart(10, '0')}`;
}

/**
 * Text that XML 1.0 can carry and a spreadsheet reads back unchanged: control characters are removed, and `_x0041_`,
 * which reads as a character's number (ECMA-376, 22.9.2.19), gets its underscore escaped.
 */
function xmlText(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function sheetHead(columns: readonly Column[]): string {
  const widths = columns.map(({ name, kind }, at) => {
    const width =
      { text: 22, phone: 22, moment: 20 }[kind as string] ?? Math.max(12, name.length + 2);
    // The "text" format keeps a cell text even after somebody edits it.
    const style = { text: 1, phone: 1, moment: 2, duration: 3 }[kind as string] ?? 0;
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${style}" customWidth="1"/>`;
  });
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>
${CELL.row[0]}${columns.map(({ name }) => textCell(name)).join('')}${CELL.row[1]}`;
}

/** All parts of a workbook but its sheets. */
function framesOf(sheets: number): Record<string, string> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const type = (part: string, of: string) =>
    `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${of}+xml"/>`;
  return {
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbers
      .map((n) => `<sheet name="Calls${n === 1 ? '' : ` ${n}`}" sheetId="${n}" r:id="rId${n}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbers
      .map(
        (n) =>
          `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('xl/workbook.xml', 'sheet.main')}${numbers
      .map((n) => type(`xl/worksheets/sheet${n}.xml`, 'worksheet'))
      .join('')}${type('xl/styles.xml', 'styles')}</Types>`,
  };
}
