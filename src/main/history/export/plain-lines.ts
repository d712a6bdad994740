import type { CsvSeparator, ExportColumn } from '../../../shared/ipc/export.ts';
import { csvText } from '../../../shared/lib/csv.ts';
import { nameWorthShowing } from '../../../shared/lib/foreign-text.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { IS_PLAIN } from '../call-record.ts';
import type { CallFilter, Where } from '../history-filter.ts';
import { DIALECTS } from './csv.ts';
import { type Offset, offsetsBetween } from './zone.ts';

/*
 * Most calls are plain: one record, without notes, transfers or an error of the provider. SQLite writes their lines
 * itself, several times as fast as it can be done here; the others are written by csv.ts, whose lines these equal.
 */

/** A page of lines; `line` is missing where the call is not plain. */
export interface PlainLine {
  seq: number;
  line: string | null;
}

/** Which lines. */
export interface LineOptions {
  filter: CallFilter;
  columns: readonly ExportColumn[];
  separator: CsvSeparator;
}

/** Registers what the SQL of the lines needs. */
export function addLineFunctions(db: Db): void {
  db.function('csv_text', { deterministic: true }, (text) => csvText(String(text)));
  db.function('only_digits', { deterministic: true }, (text) => String(text).replaceAll(/\D/g, ''));
  db.function(
    'shown_name',
    { deterministic: true },
    (text) => nameWorthShowing(String(text)) ?? null,
  );
}

/** SELECT of `PlainLine`s; parameters as in `where`, and `limit`. */
export function plainLines(
  where: Where,
  columns: readonly ExportColumn[],
  separator: CsvSeparator,
  span: { from: number; to: number },
): string {
  const dialect = DIALECTS[separator];
  const sql = new LineSql(dialect.decimal, offsetsBetween(span.from, span.to));
  const cells = columns.map((name) => sql.cells[name]);
  const line = cells.join(` || '${dialect.separator}' || `);
  return `SELECT call.seq, CASE WHEN ${isPlain(span)} THEN ${line} || char(13, 10) END AS line
    FROM ${where.from} LEFT JOIN account ON account.id = call.account_id
      LEFT JOIN call_quality ON call_quality.call_seq = call.seq
      LEFT JOIN person_detail ON person_detail.person = call.person
    WHERE ${where.sql} ORDER BY ${where.seq} DESC LIMIT @limit`;
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

/** Names that `nameWorthShowing` leaves as they are: Latin letters, in composed form. GLOB reads up to a NUL only. */
const NAME = 'coalesce(person_detail.name, call.name)';
const SHOWN_NAME = `CASE WHEN ${NAME} NOT GLOB '*[^ -~À-ÿ]*' AND length(${NAME}) <= 40
    AND ${NAME} = trim(${NAME}) AND ${NAME} <> '' AND instr(${NAME}, '  ') = 0
    AND instr(${NAME}, char(0)) = 0
  THEN ${NAME} ELSE iif(${NAME} IS NULL, NULL, shown_name(${NAME})) END`;

class LineSql {
  readonly cells: Readonly<Record<ExportColumn, string>>;
  readonly #decimal: string;
  readonly #offsets: readonly Offset[];

  constructor(decimal: string, offsets: readonly Offset[]) {
    this.#decimal = decimal;
    this.#offsets = offsets;
    const kind = `(call.end_reason ->> '$.kind')`;
    const talk = 'call.talk_seconds';
    const whole = 'CAST(call.talk_seconds + 0.5 AS INTEGER)';
    const digits = (
      value: string,
    ) => `CASE WHEN ${value} IS NULL THEN NULL WHEN ${value} NOT GLOB '*[^0-9]*'
      THEN ${value} ELSE only_digits(${value}) END`;
    const our = `coalesce(iif(json_valid(account.body), account.body ->> '$.number', NULL), '')`;
    const none = `''`;
    this.cells = {
      call_id: text('call.id'),
      provider_call_id: text('call.provider_call_id'),
      direction: `'"' || call.direction || '"'`,
      outcome: `'"' || call.outcome || '"'`,
      account: text(
        `coalesce(iif(json_valid(account.body), account.body ->> '$.label', NULL), call.account_id)`,
      ),
      account_number: quoted(digits(our)),
      customer_name: text(SHOWN_NAME),
      phone: quoted(digits('call.wa_id')),
      phone_e164: quoted(`'+' || nullif(${digits('call.wa_id')}, '')`),
      customer_id: text('call.user_id'),
      started_at: this.#iso('call.created_at'),
      started_local: this.#local('call.created_at'),
      answered_at: this.#iso('call.connected_at'),
      ended_at: this.#iso('call.ended_at'),
      ring_seconds: `max(0, (coalesce(call.connected_at, call.ended_at) - call.created_at + 500) / 1000)`,
      talk_seconds: this.#number(
        `CASE WHEN ${talk} = CAST(${talk} AS INTEGER) THEN CAST(${talk} AS INTEGER) ELSE ${talk} END`,
      ),
      talk_time: `coalesce((${whole} / 3600) || ':' || substr('0' || (${whole} / 60 % 60), -2)
        || ':' || substr('0' || (${whole} % 60), -2), '')`,
      end_reason: text(kind),
      end_detail: text(`CASE ${kind} WHEN 'media-failed' THEN call.end_reason ->> '$.why'
        WHEN 'call-offer-withdrawn' THEN call.end_reason ->> '$.why'
        WHEN 'answered-elsewhere' THEN call.end_reason ->> '$.by'
        WHEN 'transferred' THEN call.end_reason ->> '$.to'
        WHEN 'lost-to-team' THEN call.end_reason ->> '$.to' END`),
      button_payload: text('call.payload'),
      mos: this.#json('mos'),
      packets_lost: this.#json('packetsLost'),
      packets_received: this.#json('packetsReceived'),
      jitter_ms: this.#json('jitterMs'),
      rtt_ms: this.#json('rttMs'),
      handed_over_by: none,
      handover_note: none,
      handed_over_to: none,
      handed_over_note: none,
      whole_call_seconds: this.#number(`CASE WHEN call.provider_call_id IS NOT NULL
        AND instr(call.snapshot, '"billed":') > 0 THEN call.snapshot -> '$.billed.durationSeconds' END`),
      note: none,
      team_notes: none,
      disposition: none,
      tags: none,
      voicemail: `CASE WHEN instr(call.snapshot, '"voicemail":{') > 0 THEN '"yes"' ELSE '' END`,
    };
  }

  #number(value: string): string {
    const shown = this.#decimal === '.' ? value : `replace(${value}, '.', '${this.#decimal}')`;
    return `coalesce(${shown}, '')`;
  }

  /** As JSON spells a number, JavaScript does. */
  #json(key: string): string {
    return this.#number(
      `CASE WHEN call_quality.body ->> '$.${key}' IS NOT NULL THEN call_quality.body -> '$.${key}' END`,
    );
  }

  #seconds(at: string): string {
    return `(${at} / 1000 + ${this.#byOffset(at, ({ minutes }) => String(minutes * 60))})`;
  }

  #local(at: string): string {
    return `coalesce(datetime(${this.#seconds(at)}, 'unixepoch'), '')`;
  }

  #iso(at: string): string {
    const zone = this.#byOffset(at, ({ minutes }) => `'${zoneOf(minutes)}'`);
    return `coalesce('"' || strftime('%Y-%m-%dT%H:%M:%S', ${this.#seconds(at)}, 'unixepoch') || ${zone} || '"', '')`;
  }

  #byOffset(at: string, value: (offset: Offset) => string): string {
    const [first, ...later] = this.#offsets;
    if (!first) return '0';
    if (later.length === 0) return value(first);
    const cases = later.toReversed().map((one) => `WHEN ${at} >= ${one.from} THEN ${value(one)}`);
    return `CASE ${cases.join(' ')} ELSE ${value(first)} END`;
  }
}

/** `csvText` of a value. What begins with a letter or digit of ASCII is no formula. */
function text(value: string): string {
  return `CASE WHEN ${value} IS NULL THEN '' WHEN ${value} GLOB '[A-Za-z0-9]*'
    THEN '"' || replace(${value}, '"', '""') || '"' ELSE csv_text(${value}) END`;
}

function quoted(value: string): string {
  return `coalesce('"' || (${value}) || '"', '')`;
}

function zoneOf(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
