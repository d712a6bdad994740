import { csvDialects, type CsvSeparator, type ExportColumn } from '../../../shared/ipc/export.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { csvText } from '../../../shared/lib/csv.ts';
import { nameWorthShowing } from '../../../shared/lib/foreign-text.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { type CallRecord, IS_PLAIN } from '../call-record.ts';
import type { CallFilter, Where } from '../history-filter.ts';
import { type Column, chosenColumns } from './columns.ts';
import { recordLine } from './csv.ts';
import { CELL, DAY_PARTS, DAY_SECONDS, EPOCH_DAYS, recordRow, textCell } from './xlsx.ts';
import { type Offset, offsetsBetween } from './zone.ts';

/*
 * Most calls are plain: one record, without notes, transfers or an error of the provider. SQLite writes their lines
 * itself, several times as fast as it can be done here; the others are written by csv.ts and xlsx.ts, whose lines these
 * equal.
 */

/** A page of lines; `line` is missing where the call is not plain. */
export interface PlainLine {
  seq: number;
  line: string | null;
}

/** A text, a number, a moment as Unix ms or a duration in seconds. */
export type PlainValue = string | number | null;

/** The values of a call; missing where it is not plain. */
export interface PlainValues {
  seq: number;
  values: readonly PlainValue[] | null;
}

/** How many characters the texts of a row have. */
export function textLength(values: readonly PlainValue[]): number {
  let length = 0;
  for (const value of values) if (typeof value === 'string') length += value.length;
  return length;
}

/** What a line is: of a CSV file, or a row of a sheet. */
export type LineFormat = { kind: 'csv'; separator: CsvSeparator } | { kind: 'xlsx' };

/** Which lines. */
export interface LineOptions {
  filter: CallFilter;
  columns: readonly ExportColumn[];
  format: LineFormat;
}

/** The line of a call that is not plain. */
export function lineOf(record: CallRecord, columns: readonly Column[], format: LineFormat): string {
  return format.kind === 'csv'
    ? recordLine(record, columns, format.separator)
    : recordRow(record, columns);
}

/** Registers what the SQL of the lines needs. */
export function addLineFunctions(db: Db): void {
  db.function('csv_text', { deterministic: true }, (text) => csvText(String(text)));
  db.function('xlsx_text', { deterministic: true }, (text) => textCell(String(text)));
  db.function('only_digits', { deterministic: true }, (text) => String(text).replaceAll(/\D/g, ''));
  db.function(
    'shown_name',
    { deterministic: true },
    (text) => nameWorthShowing(String(text)) ?? null,
  );
}

/** SELECT of whether a call is plain, its place, then its values, each as its kind has it. */
export function plainValues(
  where: Where,
  names: readonly ExportColumn[],
  span: { from: number; to: number },
): string {
  const values = new ValueSql(offsetsBetween(span.from, span.to));
  const found = chosenColumns(names).map((column) => typedValue(column, values));
  return `${OWN_NUMBERS}
    SELECT ${isPlain(span)} AS plain, call.seq, ${found.join(', ')} ${sourceOf(where)}`;
}

/** Numbers as such, moments as Unix ms. */
function typedValue({ name, kind }: Column, values: ValueSql): string {
  switch (kind) {
    case 'text':
    case 'phone':
    case 'duration':
      return values.of[name];
    case 'number':
      return `CAST(${values.of[name]} AS REAL)`;
    case 'moment':
      return values.instantOf(name);
    default:
      return assertNever(kind, 'kind');
  }
}

/** Calls and what their values come from, page by page. */
function sourceOf(where: Where): string {
  return `FROM ${where.from} LEFT JOIN own ON own.id = call.account_id
        LEFT JOIN call_quality ON call_quality.call_seq = call.seq
        LEFT JOIN person_detail ON person_detail.person = call.person
      WHERE ${where.sql} ORDER BY ${where.seq} DESC LIMIT @limit`;
}

/** SELECT of `PlainLine`s; parameters as in `where`, and `limit`. */
export function plainLines(
  where: Where,
  names: readonly ExportColumn[],
  format: LineFormat,
  span: { from: number; to: number },
): string {
  const columns = chosenColumns(names);
  const values = new ValueSql(offsetsBetween(span.from, span.to));
  const found = columns.map(({ name }) => `${values.of[name]} AS ${name}`);
  const cells = columns.map((column) => cellOf(column, format));
  // The condition of the outer part keeps SQLite from computing each value as often as it stands there.
  return `${OWN_NUMBERS} SELECT seq, CASE WHEN plain THEN ${joined(cells, format)} END AS line FROM (
      SELECT call.seq, ${isPlain(span)} AS plain, ${found.join(', ')}
      ${sourceOf(where)})
    WHERE TRUE`;
}

/** One call of a function: to join them one by one copies each line many times. */
function joined(cells: readonly string[], format: LineFormat): string {
  if (format.kind === 'xlsx') {
    const [begin, end] = CELL.row;
    return `concat('${begin}', ${cells.join(', ')}, '${end.trimEnd()}', char(10))`;
  }
  const { separator } = csvDialects[format.separator];
  return `concat(${cells.join(`, '${separator}', `)}, char(13, 10))`;
}

/** Within `span`, whose offsets from UTC are known, and with numbers that both spell alike. */
function isPlain({ from, to }: { from: number; to: number }): string {
  return [
    `call.created_at >= ${from} AND call.ended_at >= ${from}`,
    `call.created_at < ${to} AND call.ended_at < ${to}`,
    `coalesce(call.connected_at BETWEEN ${from} AND ${to - 1}, 1)`,
    'coalesce(round(call.talk_seconds, 3) = call.talk_seconds, 1)',
    `${IS_PLAIN} AND call.end_reason ->> '$.kind' <> 'failed'`,
  ].join('\n    AND ');
}

/** A value as it stands in a line; `concat` takes NULL for nothing. */
function cellOf({ name, kind }: Column, format: LineFormat): string {
  return format.kind === 'csv'
    ? csvCell(name, kind, csvDialects[format.separator].decimal)
    : xlsxCell(name, kind);
}

function csvCell(name: ExportColumn, kind: Column['kind'], decimal: string): string {
  switch (kind) {
    // What begins with a letter or digit of ASCII is no formula.
    case 'text':
      return `CASE WHEN ${name} IS NULL THEN NULL WHEN ${name} GLOB '[A-Za-z0-9]*'
        THEN '"' || replace(${name}, '"', '""') || '"' ELSE csv_text(${name}) END`;
    case 'phone':
      return `'"' || ${name} || '"'`;
    case 'number':
      return decimal === '.' ? name : `replace(${name}, '.', '${decimal}')`;
    case 'moment':
      return `datetime(${name}, 'unixepoch')`;
    case 'duration':
      return `(${name} / 3600) || ':' || substr('0' || (${name} / 60 % 60), -2)
        || ':' || substr('0' || (${name} % 60), -2)`;
    default:
      return assertNever(kind, 'kind');
  }
}

function xlsxCell(name: ExportColumn, kind: Column['kind']): string {
  const within = (around: readonly [string, string], value: string) =>
    `coalesce('${around[0]}' || ${value} || '${around[1]}', '${CELL.empty}')`;
  switch (kind) {
    // As `SIMPLE` there; GLOB reads up to a NUL only.
    case 'text':
      return `CASE WHEN ${name} IS NULL OR ${name} = '' THEN '${CELL.empty}'
        WHEN ${name} NOT GLOB '*[^ -%''-;=?-~À-ÿ]*' AND length(${name}) < 1000
          AND ${name} = trim(${name}) AND instr(${name}, '_x') = 0 AND instr(${name}, char(0)) = 0
        THEN ${within(CELL.text, name)} ELSE xlsx_text(${name}) END`;
    case 'phone':
      return within(CELL.text, `nullif(${name}, '')`);
    case 'number':
      return within(CELL.number, name);
    case 'moment':
      return within(CELL.moment, daysOf(`(${EPOCH_DAYS * DAY_SECONDS} + ${name})`));
    case 'duration':
      return within(CELL.duration, daysOf(name));
    default:
      return assertNever(kind, 'kind');
  }
}

/** As `daysOf` there, of seconds. */
const daysOf = (seconds: string) =>
  `iif(${seconds} IS NULL, NULL, printf('%d.%010d', ${seconds} / ${DAY_SECONDS},
    (${seconds} % ${DAY_SECONDS} * ${DAY_PARTS} + ${DAY_SECONDS - 1}) / ${DAY_SECONDS}))`;

/** Names that `nameWorthShowing` leaves as they are: Latin letters, in composed form. GLOB reads up to a NUL only. */
const NAME = 'coalesce(person_detail.name, call.name)';
const SHOWN_NAME = `CASE WHEN ${NAME} NOT GLOB '*[^ -~À-ÿ]*' AND length(${NAME}) <= 40
    AND ${NAME} = trim(${NAME}) AND ${NAME} <> '' AND instr(${NAME}, '  ') = 0
    AND instr(${NAME}, char(0)) = 0
  THEN ${NAME} ELSE iif(${NAME} IS NULL, NULL, shown_name(${NAME})) END`;

/** Computed for all calls, also for those whose JSON cannot be read. */
const readable = (column: string) => `iif(json_valid(${column}), ${column}, '{}')`;
const KIND = `(${readable('call.end_reason')} ->> '$.kind')`;
const REASON = (key: string) => `(${readable('call.end_reason')} ->> '$.${key}')`;

const digits = (value: string) =>
  `CASE WHEN ${value} IS NULL THEN NULL WHEN ${value} NOT GLOB '*[^0-9]*'
    THEN ${value} ELSE only_digits(${value}) END`;

/** Our few numbers, read once for a page and not for each of its calls. */
const OWN_NUMBERS = `WITH own AS MATERIALIZED (
  SELECT id, ${readable('body')} ->> '$.label' AS label,
    only_digits(coalesce(${readable('body')} ->> '$.number', '')) AS digits FROM account)`;

/** The value of each column: texts, numbers as JSON spells them, moments as seconds of local time. */
class ValueSql {
  readonly of: Readonly<Record<ExportColumn, string>>;
  readonly #offsets: readonly Offset[];

  constructor(offsets: readonly Offset[]) {
    this.#offsets = offsets;
    const talk = 'call.talk_seconds';
    this.of = {
      call_id: 'call.id',
      provider_call_id: 'call.provider_call_id',
      direction: 'call.direction',
      outcome: 'call.outcome',
      account: `coalesce(own.label, call.account_id)`,
      account_number: `coalesce(own.digits, '')`,
      customer_name: SHOWN_NAME,
      phone: digits('call.wa_id'),
      phone_e164: `'+' || nullif(${digits('call.wa_id')}, '')`,
      customer_id: 'call.user_id',
      started_at: this.#iso('call.created_at'),
      started_local: this.#seconds('call.created_at'),
      answered_at: this.#iso('call.connected_at'),
      ended_at: this.#iso('call.ended_at'),
      ring_seconds: `max(0, (coalesce(call.connected_at, call.ended_at) - call.created_at + 500) / 1000)`,
      talk_seconds: `CASE WHEN ${talk} = CAST(${talk} AS INTEGER) THEN CAST(${talk} AS INTEGER) ELSE ${talk} END`,
      talk_time: 'CAST(call.talk_seconds + 0.5 AS INTEGER)',
      end_reason: KIND,
      end_detail: `CASE ${KIND} WHEN 'media-failed' THEN ${REASON('why')}
        WHEN 'call-offer-withdrawn' THEN ${REASON('why')}
        WHEN 'answered-elsewhere' THEN ${REASON('by')}
        WHEN 'transferred' THEN ${REASON('to')}
        WHEN 'lost-to-team' THEN ${REASON('to')} END`,
      button_payload: 'call.payload',
      mos: quality('mos'),
      packets_lost: quality('packetsLost'),
      packets_received: quality('packetsReceived'),
      jitter_ms: quality('jitterMs'),
      rtt_ms: quality('rttMs'),
      handed_over_by: 'NULL',
      handover_note: 'NULL',
      handed_over_to: 'NULL',
      handed_over_note: 'NULL',
      whole_call_seconds: `CASE WHEN call.provider_call_id IS NOT NULL AND instr(call.snapshot, '"billed":') > 0
        AND json_valid(call.snapshot) THEN call.snapshot -> '$.billed.durationSeconds' END`,
      note: 'NULL',
      team_notes: 'NULL',
      disposition: 'NULL',
      tags: 'NULL',
      voicemail: `CASE WHEN instr(call.snapshot, '"voicemail":{') > 0 THEN 'yes' END`,
    };
  }

  /** Unix ms. */
  instantOf(name: ExportColumn): string {
    if (name === 'started_local') return 'call.created_at';
    throw new Error(`${name} is no moment`);
  }

  #seconds(at: string): string {
    return `(${at} / 1000 + ${this.#byOffset(at, ({ minutes }) => String(minutes * 60))})`;
  }

  #iso(at: string): string {
    const zone = this.#byOffset(at, ({ minutes }) => `'${zoneOf(minutes)}'`);
    return `strftime('%Y-%m-%dT%H:%M:%S', ${this.#seconds(at)}, 'unixepoch') || ${zone}`;
  }

  #byOffset(at: string, value: (offset: Offset) => string): string {
    const [first, ...later] = this.#offsets;
    if (!first) return '0';
    if (later.length === 0) return value(first);
    const cases = later.toReversed().map((one) => `WHEN ${at} >= ${one.from} THEN ${value(one)}`);
    return `CASE ${cases.join(' ')} ELSE ${value(first)} END`;
  }
}

/** As JSON spells a number, JavaScript does; JSON's null is none. */
function quality(key: string): string {
  return `nullif(${readable('call_quality.body')} -> '$.${key}', 'null')`;
}

function zoneOf(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
