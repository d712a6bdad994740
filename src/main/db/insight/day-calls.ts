import { blames, type Blame } from '../../../shared/protocol/insight-question.ts';
import { z } from 'zod';
import { talkedMs } from '../../../shared/call/talk-intervals.ts';
import { billedMicros } from '../../../shared/insight/billed.ts';
import { outcomes } from '../../../shared/call/record.ts';
import {
  type CountedCall,
  type CountedPart,
  type CountedTransfer,
} from '../../../shared/insight/counted-call.ts';
import { phoneCountry } from '../../../shared/lib/phone.ts';
import type { CallBill } from '../../../shared/providers/events.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { SEQ_PER_MS } from '../call-seq.ts';
import { parseColumn } from '../json.ts';

/** A call and its place in the log. */
export interface LoggedCall extends CountedCall {
  seq: number;
}

/** In a `CountedPart`, this console's own agent. */
export const SELF = '';

/** A day of UTC, in places of the log. */
export const DAY_SEQ = 86_400_000 * SEQ_PER_MS;

interface Row {
  seq: number;
  at: number;
  accountId: string;
  direction: 'inbound' | 'outbound';
  outcome: string;
  waId: string | null;
  connectedAt: number | null;
  endedAt: number;
  talk: number | null;
  wrapUp: number | null;
  elsewhereBy: string | null;
  talkIntervals: string | null;
  transfers: string | null;
  isOffered: number;
  wholeSeconds: number | null;
  bill: string | null;
  mos: number | null;
  blame: string | null;
  disposition: string | null;
  parts: number;
}

/** Only the call log writes it; a text that is not JSON must not reject the whole day. */
const snapshot = (call: string) => `iif(json_valid(${call}.snapshot), ${call}.snapshot, '{}')`;
const reason = (call: string) => `iif(json_valid(${call}.end_reason), ${call}.end_reason, '{}')`;
const QUALITY = `iif(json_valid(call_quality.body), call_quality.body, '{}')`;

const SAME_CALL = `part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id
  AND part.outcome IS NOT NULL`;
const RECORDS = `(SELECT call.seq UNION SELECT part.seq FROM call AS part WHERE ${SAME_CALL})`;

const select = (call: string) => `
  SELECT ${call}.seq, ${call}.created_at AS at, ${call}.account_id AS accountId, ${call}.direction, ${call}.outcome,
    ${call}.wa_id AS waId, ${call}.connected_at AS connectedAt, ${call}.ended_at AS endedAt,
    ${call}.talk_seconds AS talk, ${call}.wrap_up_seconds AS wrapUp,
    iif(${call}.outcome = 'elsewhere', ${reason(call)} ->> '$.by', NULL) AS elsewhereBy,
    ${field(call, 'talkIntervals')} AS talkIntervals, ${field(call, 'transfers')} AS transfers,
    instr(${call}.snapshot, '"callOffer":') > 0 AS isOffered,
    ${snapshot(call)} ->> '$.billed.durationSeconds' AS wholeSeconds, ${field(call, 'bill')} AS bill`;

/** Looking for the name first saves reading a JSON that does not have it. */
function field(call: string, name: string): string {
  return `iif(instr(${call}.snapshot, '"${name}":') > 0, ${snapshot(call)} -> '$.${name}', NULL)`;
}

/** The records that stand for their calls, of which an agent may have several. */
const STANDING = `${select('call')}, ${QUALITY} ->> '$.mos' AS mos, ${QUALITY} ->> '$.blame' AS blame,
    (SELECT disposition FROM call_note
      WHERE disposition IS NOT NULL AND call_seq IN ${RECORDS} ORDER BY at DESC LIMIT 1) AS disposition,
    (SELECT count(*) FROM call AS part WHERE ${SAME_CALL}) AS parts
  FROM call LEFT JOIN call_quality ON call_quality.call_seq = call.seq
  WHERE call.outcome IS NOT NULL AND call.covered IS NULL`;

/** Reads the calls of a UTC day from their rows, which is slow: some 10 µs each. */
export class DayCalls {
  readonly #standing;
  readonly #one;
  readonly #parts;

  constructor(db: Db) {
    this.#standing = db.prepare<{ from: number; to: number }, Row>(
      `${STANDING} AND call.seq >= @from AND call.seq < @to ORDER BY call.seq`,
    );
    this.#one = db.prepare<{ accountId: string; providerCallId: string }, Row>(
      `${STANDING} AND call.account_id = @accountId AND call.provider_call_id = @providerCallId`,
    );
    this.#parts = db.prepare<{ seq: number }, Row>(
      `${select('part')}, NULL AS mos, NULL AS blame, NULL AS disposition, 1 AS parts
       FROM call JOIN call AS part ON ${SAME_CALL} WHERE call.seq = @seq ORDER BY part.seq`,
    );
  }

  /** In the order of the log. @param day days since 1 January 1970, UTC */
  read(day: number): LoggedCall[] {
    const rows = this.#standing.all({ from: day * DAY_SEQ, to: (day + 1) * DAY_SEQ });
    return rows.map((row) => this.#counted(row));
  }

  /** One call, of all its records; undefined if it is not over. */
  call(accountId: string, providerCallId: string): LoggedCall | undefined {
    const row = this.#one.get({ accountId, providerCallId });
    return row && this.#counted(row);
  }

  #counted(row: Row): LoggedCall {
    return countedCall(row, row.parts > 1 ? this.#parts.all({ seq: row.seq }) : [row]);
  }
}

function countedCall(row: Row, records: readonly Row[]): LoggedCall {
  const outcome = outcomes.find((known) => known === row.outcome) ?? 'interrupted';
  const own = ownPart(records);
  const billing = records.find(({ wholeSeconds }) => wholeSeconds !== null)?.wholeSeconds;
  const isReached = row.direction === 'outbound' && outcome === 'answered';
  return {
    seq: row.seq,
    at: row.at,
    accountId: row.accountId,
    direction: row.direction,
    outcome,
    country: phoneCountry(row.waId ?? undefined),
    answerSeconds:
      row.direction === 'inbound' && outcome === 'answered' && row.isOffered === 0
        ? lengthOf(row.at, row.connectedAt)
        : undefined,
    billedSeconds: isReached ? (billing ?? own?.talkSeconds) : undefined,
    billedMicros: row.direction === 'outbound' ? billedMicros(billOf(records)) : undefined,
    disposition: row.disposition ?? undefined,
    // As it is packed.
    mos: row.mos === null ? undefined : Math.round(row.mos * 100) / 100,
    blame: blames.find((known): known is Blame => known === row.blame),
    parts: [
      ...(own ? [own] : []),
      ...(own === undefined && row.elsewhereBy !== null ? [elsewhere(row.elsewhereBy)] : []),
    ],
    transfers: records.flatMap(({ transfers }) => transfersOf(transfers)),
  };
}

/** What this agent had of the call, in all records of it; undefined if they never had it. */
function ownPart(records: readonly Row[]): CountedPart | undefined {
  const had = records.filter(({ connectedAt, talk }) => connectedAt !== null || talk !== null);
  if (had.length === 0) return undefined;
  return {
    agent: SELF,
    talkSeconds: sumOf(had.map(({ talk }) => talk ?? undefined)),
    holdSeconds: sumOf(had.map(holdOf)),
    wrapUpSeconds: sumOf(had.map(({ wrapUp }) => wrapUp ?? undefined)),
  };
}

const elsewhere = (agent: string): CountedPart => ({
  agent,
  talkSeconds: undefined,
  holdSeconds: undefined,
  wrapUpSeconds: undefined,
});

const intervals = z.array(z.object({ from: z.number(), to: z.number().optional() })).catch([]);

/** The time in which the customer heard music, from the first word to the end of this record. */
function holdOf({ talkIntervals, endedAt }: Row): number | undefined {
  const talk = talkIntervals === null ? [] : intervals.parse(parseColumn(talkIntervals));
  const [first] = talk;
  if (!first) return undefined;
  return Math.max(0, Math.round((endedAt - first.from - talkedMs(talk, endedAt)) / 1000));
}

const offered = z
  .array(z.object({ to: z.string(), end: z.string().optional() }).catch({ to: '' }))
  .catch([]);
const ENDS = [
  'accepted',
  'declined',
  'unanswered',
  'teammate-gone',
  'cancelled',
  'caller-gone',
  'refused',
] as const satisfies CountedTransfer['end'][];

function transfersOf(text: string | null): readonly CountedTransfer[] {
  if (text === null) return [];
  return offered
    .parse(parseColumn(text))
    .map(({ to, end }) => ({ to, end: ENDS.find((known) => known === end) }));
}

const bill: z.ZodType<CallBill> = z
  .object({ billable: z.string(), meta: z.string(), total: z.string() })
  .partial()
  .catch({});

function billOf(records: readonly Row[]): CallBill | undefined {
  const text = records.find(({ bill }) => bill !== null)?.bill ?? null;
  return text === null ? undefined : bill.parse(parseColumn(text));
}

function lengthOf(from: number, to: number | null): number | undefined {
  return to === null ? undefined : Math.max(0, Math.round((to - from) / 1000));
}

function sumOf(all: readonly (number | undefined)[]): number | undefined {
  const known = all.filter((one) => one !== undefined);
  return known.length === 0
    ? undefined
    : Math.max(0, Math.round(known.reduce((sum, one) => sum + one, 0)));
}
