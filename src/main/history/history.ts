import type { Statement } from 'better-sqlite3';
import { z } from 'zod';
import { outcomes, type Outcome } from '../../shared/call/record.ts';
import type { Call, EndReason } from '../../shared/call/model.ts';
import type {
  CallPart,
  HistoryDetail,
  HistoryFilter,
  HistoryPage,
  HistoryRow,
  LiveCall,
  Quality,
  TimelineEntry,
} from '../../shared/ipc/model.ts';
import { nameWorthShowing } from '../../shared/lib/foreign-text.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import type { Party } from '../../shared/providers/events.ts';
import { SEQ_PER_MS } from '../db/call-log.ts';
import { boundTo } from '../db/contacts.ts';
import { type CallFilter, SAME_CALL, STANDS_FOR_IT, whereOf } from './history-filter.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { readSnapshot } from '../db/snapshot.ts';
import { parseJson } from '../db/json.ts';
import { timelineEntry, type EventRow } from '../db/timeline.ts';

/** A call as exports and details read it. */
export interface CallRecord extends HistoryRow {
  seq: number;
  accountNumber: string;
  providerCallId?: string | undefined;
  payload?: string | undefined;
  endReason: EndReason;
  quality?: Quality | undefined;
  /**
   * Each time it was at this agent, oldest first; empty for a call that the provider never named.
   */
  parts: readonly CallPart[];
  /** How it came to us when we took it; what was only offered is in its part. */
  callOffer?: CallPart['callOffer'];
  wholeSeconds?: number | undefined;
}

/** Reads of the call history, on any connection; the app does them on the reader's thread. */
export class History {
  readonly #db: Db;
  readonly #events: Statement<{ seq: number }, EventRow>;
  readonly #standing: Statement<[string], { id: string }>;
  readonly #snapshot: Statement<[number], { snapshot: string }>;

  constructor(db: Db) {
    this.#db = db;
    this.#snapshot = db.prepare('SELECT snapshot FROM call WHERE seq = ?');
    // Prepared once: an export asks for every call.
    this.#events = db.prepare(
      `SELECT at, source, kind, ignored, body FROM call_event WHERE call_seq IN (
         SELECT @seq UNION SELECT part.seq FROM call JOIN call AS part ON ${SAME_CALL}
         WHERE call.seq = @seq) ORDER BY seq`,
    );
    // The record that stands for the call to which this one belongs.
    this.#standing = db.prepare(
      `SELECT call.id FROM call AS part JOIN call ON (${SAME_CALL}) OR call.seq = part.seq
       WHERE part.id = ? AND call.outcome IS NOT NULL AND ${STANDS_FOR_IT}`,
    );
  }

  /**
   * One page, newest first.
   *
   * @param after `next` of the page before
   * @param limit most rows
   */
  list(filter: CallFilter, after: string | undefined, limit: number): HistoryPage {
    const found = this.records(filter, after === undefined ? undefined : Number(after), limit + 1);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      rows: rows.map(historyRow),
      next: found.length > limit && last ? String(last.seq) : undefined,
    };
  }

  /** Everything known of one ended call. @param callId of any of this agent's records of it */
  get(callId: string): HistoryDetail | undefined {
    const found = this.#db
      .prepare<{ id: string }, RecordRow>(
        `${selectFrom('call')} WHERE call.outcome IS NOT NULL AND call.id = @id`,
      )
      .get({ id: this.#standing.get(callId)?.id ?? callId });
    if (!found) return undefined;
    const { seq, accountNumber: _, ...detail } = recordOf(found);
    const { parts } = detail;
    const { dtmf, bill, recorded, transcribed, reconciled } = chainOf(
      this.#snapshot.get(seq)?.snapshot,
    );
    return {
      ...detail,
      transfers: parts.flatMap(({ transfers = [] }) => transfers),
      dtmf,
      bill,
      recorded,
      transcribed,
      reconciled,
      country: phoneCountry(detail.party.waId),
      timeline: this.timeline(seq),
    };
  }

  /** Records older than `below`, newest first. */
  records(filter: CallFilter, below: number | undefined, limit: number): CallRecord[] {
    const where = whereOf(filter, below);
    return this.#db
      .prepare<Record<string, string | number>, RecordRow>(
        `${selectFrom(where.from)} WHERE ${where.sql} ORDER BY ${where.seq} DESC LIMIT @limit`,
      )
      .all({ ...where.bound, limit })
      .map(recordOf);
  }

  count(filter: HistoryFilter): number {
    const where = whereOf(filter);
    const found = this.#db
      .prepare<Record<string, string | number>, { n: number }>(
        `SELECT count(*) AS n FROM ${where.from} WHERE ${where.sql}`,
      )
      .get(where.bound);
    return found?.n ?? 0;
  }

  /** What happened to a call, in all of this agent's records of it. */
  timeline(seq: number): TimelineEntry[] {
    return this.#events.all({ seq }).map(timelineEntry);
  }

  /**
   * What happened before with a person, for the screen of a ringing call. Indexed, so main may ask
   * on its own connection.
   *
   * @param since start of today, Unix ms
   * @param except the call that is going on
   */
  contact(party: Party, since: number, except?: string): LiveCall['history'] {
    const bound = {
      ...boundTo(party),
      except: except ?? '',
      since: since * SEQ_PER_MS,
    };
    const last = this.#db
      .prepare<typeof bound, { at: number; outcome: string; seconds: number | null }>(
        `SELECT created_at AS at, outcome, talk_seconds AS seconds FROM call
         WHERE seq IN (${lastWith('person = @person')} UNION ALL ${lastWith('user_id = @userId')})
         ORDER BY seq DESC LIMIT 1`,
      )
      .get(bound);
    if (!last) return undefined;
    const missed = this.#db
      .prepare<typeof bound, { n: number }>(
        `SELECT count(*) AS n FROM call
         WHERE +outcome = 'missed' AND id <> @except AND seq IN (
           SELECT seq FROM call WHERE person = @person AND seq >= @since
           UNION SELECT seq FROM call WHERE user_id = @userId AND seq >= @since)`,
      )
      .get(bound);
    return {
      lastAt: last.at,
      lastOutcome: outcome.parse(last.outcome),
      lastSeconds: last.seconds ?? undefined,
      missedToday: missed?.n ?? 0,
    };
  }
}

type Kept = Pick<Call, 'dtmf' | 'bill' | 'recorded' | 'transcribed' | 'reconciled'>;

/** Nothing for a row that holds no call. */
function chainOf(snapshot = ''): Kept {
  return readSnapshot(snapshot) ?? {};
}

/** Asked once per key, because SQLite reads the whole table for an `OR` in the order of a third. */
function lastWith(same: string): string {
  return `SELECT * FROM (SELECT seq FROM call WHERE ${same} AND outcome IS NOT NULL AND id <> @except
    ORDER BY seq DESC LIMIT 1)`;
}

const outcome = z.enum(outcomes) satisfies z.ZodType<Outcome>;

interface RecordRow {
  seq: number;
  id: string;
  direction: 'inbound' | 'outbound';
  outcome: Outcome;
  accountId: string;
  accountLabel: string | null;
  accountNumber: string | null;
  providerCallId: string | null;
  waId: string | null;
  userId: string | null;
  name: string | null;
  username: string | null;
  payload: string | null;
  createdAt: number;
  connectedAt: number | null;
  endedAt: number;
  talk: number | null;
  unseen: number;
  endReason: string;
  quality: string | null;
  parts: string;
}

/** SQLite refuses a whole page for one text that is no JSON. */
const orEmpty = (column: string) => `iif(json_valid(${column}), ${column}, '{}')`;

/** Of a record, all of the same call; `part.snapshot` was written by the call log alone. */
const PARTS = `(SELECT json_group_array(json_object('id', part.id, 'createdAt', part.created_at,
    'endReason', json(${orEmpty('part.end_reason')}), 'talkSeconds', part.talk_seconds,
    'callOffer', ${orEmpty('part.snapshot')} -> '$.callOffer',
    'transfers', ${orEmpty('part.snapshot')} -> '$.transfers',
    'wholeSeconds', ${orEmpty('part.snapshot')} ->> '$.billed.durationSeconds') ORDER BY part.seq)
  FROM call AS part WHERE ${SAME_CALL})`;

type PartRow = { [K in keyof CallPart]: NonNullable<CallPart[K]> | null } & {
  wholeSeconds: number | null;
} & Pick<CallPart, 'id' | 'createdAt' | 'endReason'>;

function selectFrom(from: string): string {
  return `SELECT call.seq, call.id, call.direction, call.outcome, call.account_id AS accountId,
      ${orEmpty('account.body')} ->> '$.label' AS accountLabel,
      ${orEmpty('account.body')} ->> '$.number' AS accountNumber,
      call.provider_call_id AS providerCallId, call.wa_id AS waId, call.user_id AS userId, call.name,
      call.snapshot ->> '$.party.username' AS username,
      call.payload, call.created_at AS createdAt, call.connected_at AS connectedAt,
      call.ended_at AS endedAt, call.talk_seconds AS talk, call.unseen, call.end_reason AS endReason,
      call_quality.body AS quality, ${PARTS} AS parts
    FROM ${from} LEFT JOIN account ON account.id = call.account_id
      LEFT JOIN call_quality ON call_quality.call_seq = call.seq`;
}

function recordOf(row: RecordRow): CallRecord {
  const endReason = endReasonOf(parseJson(row.endReason));
  const quality = qualityOf(row.quality);
  const rows: readonly PartRow[] = JSON.parse(row.parts);
  const parts = rows.map(partOf);
  const talked = parts.flatMap(({ talkSeconds }) => talkSeconds ?? []);
  return {
    seq: row.seq,
    id: row.id,
    direction: row.direction,
    outcome: outcome.catch('interrupted').parse(row.outcome),
    party: {
      waId: row.waId ?? undefined,
      userId: row.userId ?? undefined,
      // Rows of earlier versions hold names as they came.
      name: nameWorthShowing(row.name),
      username: nameWorthShowing(row.username),
    },
    accountId: row.accountId,
    accountLabel: row.accountLabel ?? row.accountId,
    accountNumber: row.accountNumber ?? '',
    providerCallId: row.providerCallId ?? undefined,
    payload: row.payload ?? undefined,
    createdAt: row.createdAt,
    connectedAt: row.connectedAt ?? undefined,
    endedAt: row.endedAt,
    talkSeconds: talked.length > 0 ? talked.reduce((a, b) => a + b) : (row.talk ?? undefined),
    unseen: row.unseen === 1,
    endReason,
    quality,
    parts,
    callOffer: parts.find(
      ({ id, callOffer, talkSeconds }) =>
        callOffer !== undefined && (id === row.id || talkSeconds !== undefined),
    )?.callOffer,
    wholeSeconds: rows.find(({ wholeSeconds }) => wholeSeconds !== null)?.wholeSeconds ?? undefined,
  };
}

const reason = z.looseObject({ kind: z.string() });
const figures = z.looseObject({
  packetsReceived: z.number(),
  packetsLost: z.number(),
  packetsSent: z.number(),
});

/** A row that does not say why its call ended is listed all the same. */
function endReasonOf(stored: unknown): EndReason {
  return isEndReason(stored) ? stored : { kind: 'interrupted' };
}

/** Written by the call log alone. */
function isEndReason(stored: unknown): stored is EndReason {
  return reason.safeParse(stored).success;
}

function qualityOf(text: string | null): Quality | undefined {
  const stored = text === null ? undefined : parseJson(text);
  return isQuality(stored) ? stored : undefined;
}

/** Written by `saveQuality`, whose schema the door checks. */
function isQuality(stored: unknown): stored is Quality {
  return figures.safeParse(stored).success;
}

function partOf({
  wholeSeconds: _w,
  talkSeconds,
  callOffer,
  transfers,
  ...part
}: PartRow): CallPart {
  return {
    ...part,
    endReason: endReasonOf(part.endReason),
    talkSeconds: talkSeconds ?? undefined,
    callOffer: callOffer ?? undefined,
    transfers: transfers ?? undefined,
  };
}

function historyRow(record: CallRecord): HistoryRow {
  const {
    seq: _s,
    accountNumber: _n,
    providerCallId: _p,
    payload: _l,
    endReason: _e,
    quality: _q,
    parts: _parts,
    callOffer: _h,
    wholeSeconds: _w,
    ...row
  } = record;
  return { ...row, country: phoneCountry(row.party.waId) };
}
