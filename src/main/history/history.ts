import type { InsightSlice } from '../../shared/protocol/insight-question.ts';
import type { Statement } from 'better-sqlite3';
import type { Call, RelayedCall } from '../../shared/call/model.ts';
import type {
  CallCount,
  HistoryDetail,
  HistoryPage,
  TimelineEntry,
} from '../../shared/ipc/history.ts';
import type { EarlierCalls } from '../../shared/ipc/live-call.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import type { Party } from '../../shared/providers/events.ts';
import { SEQ_PER_MS } from '../db/call-seq.ts';
import { messageIdentity } from '../db/own-messages.ts';
import {
  CALLED_THEMSELVES,
  type CallRecord,
  historyRow,
  listFrom,
  type ListRow,
  outcomeSchema,
  plainFrom,
  plainRecordOf,
  type PlainRow,
  recordOf,
  type RecordRow,
  selectFrom,
} from './call-record.ts';
import {
  type CallFilter,
  keptCount,
  SAME_CALL,
  SINCE,
  STANDS_FOR_IT,
  type Where,
  whereOf,
} from './history-filter.ts';
import { boundTo, OF_PERSON } from '../db/people/person-sql.ts';
import { Insight, type Roster } from './insight/insight.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { readSnapshot } from '../db/snapshot.ts';
import {
  addLineFunctions,
  type LineOptions,
  type PlainLine,
  plainLines,
  type PlainValue,
  type PlainValues,
  textLength,
  plainValues,
} from './export/plain-lines.ts';
import { RecordingReads } from './recordings.ts';
import { StatementCache } from './statement-cache.ts';
import { timelineEntry, type EventRow } from '../db/timeline.ts';

/** Reads the call history on any connection; the app uses the reader's thread. */
export class History {
  readonly #db: Db;
  readonly #events: Statement<{ seq: number }, EventRow>;
  readonly #standing: Statement<[string], { id: string }>;
  readonly #indexing: Statement<[], { seq: number }>;
  readonly #lists: StatementCache<ListRow>;
  readonly #records: StatementCache<RecordRow>;
  readonly #plain: StatementCache<PlainRow>;
  readonly #lines: StatementCache<PlainLine>;
  readonly #values: StatementCache<[plain: number, seq: number, ...values: PlainValue[]]>;
  readonly #first: Statement<[], { at: number }>;
  readonly #last: Statement<[], { at: number }>;
  #span: { from: number; to: number } | undefined;
  readonly #counts: StatementCache<{ n: number }>;
  readonly #ends: StatementCache<{ seq: number }>;
  readonly #snapshot: Statement<[number], { snapshot: string }>;
  readonly #name: Statement<[number], { name: string | null }>;
  readonly #recordings: RecordingReads;
  readonly insight: Insight;
  #sliced: { of: string; version: unknown; seqs: string } | undefined;

  constructor(db: Db) {
    this.#db = db;
    this.insight = new Insight(db);
    this.#lists = new StatementCache(db);
    this.#records = new StatementCache(db);
    this.#plain = new StatementCache(db);
    this.#lines = new StatementCache(db);
    this.#values = new StatementCache(db);
    this.#first = db.prepare('SELECT created_at AS at FROM call ORDER BY seq LIMIT 1');
    this.#last = db.prepare('SELECT created_at AS at FROM call ORDER BY seq DESC LIMIT 1');
    this.#counts = new StatementCache(db);
    this.#ends = new StatementCache(db);
    this.#recordings = new RecordingReads(db);
    this.#indexing = db.prepare('SELECT seq FROM call_gram_below');
    this.#snapshot = db.prepare('SELECT snapshot FROM call WHERE seq = ?');
    this.#name = db.prepare(`SELECT ${CALLED_THEMSELVES} AS name FROM call WHERE seq = ?`);
    // Prepared once, because an export runs it for every call.
    this.#events = db.prepare(
      `SELECT at, source, kind, ignored, body FROM call_event WHERE call_seq IN (
         SELECT @seq UNION SELECT part.seq FROM call JOIN call AS part ON ${SAME_CALL}
         WHERE call.seq = @seq) ORDER BY seq`,
    );
    // The record that represents the call to which this one belongs.
    this.#standing = db.prepare(
      `SELECT call.id FROM call AS part JOIN call ON (${SAME_CALL}) OR call.seq = part.seq
       WHERE part.id = ? AND call.outcome IS NOT NULL AND ${STANDS_FOR_IT}`,
    );
  }

  /**
   * One page, newest first. It may be short, or empty, and still have a `next`: a search within filters, and one for
   * recordings within others, look at only so many calls at a time.
   *
   * @param after `next` of the page before
   * @param limit most rows
   */
  list(filter: CallFilter, after: string | undefined, limit: number): HistoryPage {
    const below = after === undefined ? undefined : Number(after);
    const { where, end } = this.#limited(this.#where(filter, below));
    const found = this.#lists
      .get(`${listFrom(where.from)} WHERE ${where.sql} ORDER BY ${where.seq} DESC LIMIT @limit`)
      .all({ ...where.bound, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const text = filter.text?.trim() ?? '';
    return {
      rows: rows.map((row) => {
        const hit = text.length < SHORTEST_HIT ? undefined : this.#recordings.hit(row.id, text);
        return hit ? { ...historyRow(row), hit } : historyRow(row);
      }),
      next: nextOf(found.length > limit ? last?.seq : end),
    };
  }

  /** @returns the calls that are looked at for one page, and where the next one begins if these are not all */
  #limited(where: Where): { where: Where; end: number | undefined } {
    const end =
      where.looked === undefined ? undefined : this.#ends.get(where.looked).get(where.bound);
    if (!end) return { where, end: undefined };
    const { sql, bound, seq } = where;
    return {
      where: {
        ...where,
        sql: bound['since'] === undefined ? `${sql} AND ${seq} >= ${SINCE}` : sql,
        bound: { ...bound, since: end.seq },
      },
      end: end.seq,
    };
  }

  /** Everything known about an ended call. @param callId of any of this agent's records of it */
  get(callId: string): HistoryDetail | undefined {
    const found = this.#db
      .prepare<{ id: string }, RecordRow>(
        `${selectFrom('call')} WHERE call.outcome IS NOT NULL AND call.id = @id`,
      )
      .get({ id: this.#standing.get(callId)?.id ?? callId });
    if (!found) return undefined;
    const name = found.name ?? this.#name.get(found.seq)?.name ?? null;
    const record = recordOf({ ...found, name });
    const { seq, accountNumber: _n, note: _, teamNotes: _t, ...detail } = record;
    const { parts } = detail;
    const { dtmf, bill, recorded, transcribed, reconciled, voicemail } = chainOf(
      this.#snapshot.get(seq)?.snapshot,
    );
    return {
      ...detail,
      transfers: parts.flatMap(({ transfers = [] }) => transfers),
      dtmf,
      bill,
      recorded,
      transcribed,
      ...this.#recordings.of(detail.id, this.#events.all({ seq })),
      ...(voicemail?.mediaId !== undefined && {
        voicemailItem: messageIdentity(detail.accountId, detail.providerCallId ?? ''),
      }),
      reconciled,
      country: phoneCountry(detail.party.waId),
      timeline: this.timeline(seq),
    };
  }

  /** Records older than `below`, newest first. */
  records(filter: CallFilter, below: number | undefined, limit: number): CallRecord[] {
    const where = this.#where(filter, below);
    return this.#plain
      .get(`${plainFrom(where.from)} WHERE ${where.sql} ORDER BY ${where.seq} DESC LIMIT @limit`)
      .all({ ...where.bound, limit })
      .flatMap((row) => (row.plain === 1 ? plainRecordOf(row) : (this.record(row.seq) ?? [])));
  }

  /**
   * The lines of a table, as SQLite writes them; fewer than `limit` if they are long. A call that is not plain has none:
   * its record has to be written.
   */
  lines(
    { filter, columns, format }: LineOptions,
    below: number | undefined,
    limit: number,
  ): readonly PlainLine[] {
    const where = this.#where(filter, below);
    const found = this.#lines
      .get(plainLines(where, columns, format, this.#spanOf(below)))
      .iterate({ ...where.bound, limit });
    return firstOf(found, ({ line }) => line?.length ?? 0);
  }

  /** The same as values with types. */
  values(
    { filter, columns }: Omit<LineOptions, 'format'>,
    below: number | undefined,
    limit: number,
  ): readonly PlainValues[] {
    const where = this.#where(filter, below);
    const found = this.#values
      .get(plainValues(where, columns, this.#spanOf(below)))
      .raw()
      .iterate({ ...where.bound, limit });
    return firstOf(found, textLength).map(([plain, seq, ...values]) => ({
      seq,
      values: plain === 1 ? values : null,
    }));
  }

  /** Each export begins without `below`; calls may have come since the last one. */
  #spanOf(below: number | undefined): { from: number; to: number } {
    if (!this.#span) addLineFunctions(this.#db);
    if (!this.#span || below === undefined) this.#span = this.#spanNow();
    return this.#span;
  }

  #spanNow(): { from: number; to: number } {
    const [first, last] = [this.#first.get()?.at ?? 0, this.#last.get()?.at ?? 0];
    return { from: first, to: last + LONGEST_CALL_MS };
  }

  /** One record by its place. */
  record(seq: number): CallRecord | undefined {
    const row = this.#records.get(`${selectFrom('call')} WHERE call.seq = @seq`).get({ seq });
    return row && recordOf(row);
  }

  /** How many calls match. */
  count(filter: CallFilter): number {
    return this.#kept(filter) ?? this.#counted(this.#where(filter), '');
  }

  /**
   * The same, as far as it is soon known: a million need not be read for a number beside a list. Undefined for a slice
   * of Insight, which has to be added up, and for a search that would have to look at many calls.
   */
  countShown(filter: CallFilter): CallCount | undefined {
    if (filter.insight) return undefined;
    const kept = this.#kept(filter);
    if (kept !== undefined) return { calls: kept, isMore: false };
    const { where, end } = this.#limited(this.#where(filter));
    const calls = this.#counted(where, `LIMIT ${MOST_COUNTED + 1}`);
    if (calls > MOST_COUNTED) return { calls: MOST_COUNTED, isMore: true };
    return end === undefined ? { calls, isMore: false } : undefined;
  }

  #kept(filter: CallFilter): number | undefined {
    const kept = keptCount(filter);
    return kept && (this.#counts.get(kept.sql).get(kept.bound)?.n ?? 0);
  }

  #counted({ from, sql, bound }: Where, limit: string): number {
    const matches = `SELECT 1 FROM ${from} WHERE ${sql} ${limit}`;
    return this.#counts.get(`SELECT count(*) AS n FROM (${matches})`).get(bound)?.n ?? 0;
  }

  #where(filter: CallFilter, below?: number): Where {
    return whereOf(filter, below, {
      isIndexing: this.#indexing.get() !== undefined,
      rarity: (facets) => {
        const calls = this.#counted(facets, `LIMIT ${RARE}`);
        return calls < RARE ? calls : undefined;
      },
      sliced: (slice, roster) => this.#slice(slice, roster),
    });
  }

  /** Kept for the next page, unless something was written since. */
  #slice(slice: InsightSlice, roster: Roster): string {
    const of = JSON.stringify([slice, roster]);
    const version = this.#db.pragma('data_version', { simple: true });
    if (this.#sliced?.of !== of || this.#sliced.version !== version) {
      const seqs = JSON.stringify(this.insight.seqsOf(slice, roster));
      this.#sliced = { of, version, seqs };
    }
    return this.#sliced.seqs;
  }

  /** A call's events, from all of this agent's records of it. */
  timeline(seq: number): TimelineEntry[] {
    return this.#events.all({ seq }).map(timelineEntry);
  }

  /**
   * Earlier calls with a person, for the screen of a ringing call. Indexed, so main may read it on
   * its own connection.
   *
   * @param since start of today, Unix ms
   * @param except the current call
   */
  contact(party: Party, since: number, except?: string): EarlierCalls | undefined {
    const bound = {
      ...boundTo(party),
      except: except ?? '',
      since: since * SEQ_PER_MS,
    };
    const last = this.#db
      .prepare<typeof bound, { at: number; outcome: string; seconds: number | null }>(
        `SELECT created_at AS at, outcome, talk_seconds AS seconds FROM call
         WHERE ${OF_PERSON} AND outcome IS NOT NULL AND id <> @except
         ORDER BY seq DESC LIMIT 1`,
      )
      .get(bound);
    if (!last) return undefined;
    const missed = this.#db
      .prepare<typeof bound, { n: number }>(
        `SELECT count(*) AS n FROM call
         WHERE +outcome = 'missed' AND id <> @except AND ${OF_PERSON} AND seq >= @since`,
      )
      .get(bound);
    return {
      lastAt: last.at,
      lastOutcome: outcomeSchema.parse(last.outcome),
      lastSeconds: last.seconds ?? undefined,
      missedToday: missed?.n ?? 0,
    };
  }
}

/** More are not counted for a number beside a list, unless it is kept. */
const MOST_COUNTED = 1000;

/** Shorter texts are not searched in transcripts. */
const SHORTEST_HIT = 3;

/** So many characters are read at once, and one row more. */
const PAGE_TEXT = 1_000_000;

/** As many rows as have so much text: customers and agents decide how long theirs is. */
function firstOf<Row>(rows: Iterable<Row>, length: (row: Row) => number): Row[] {
  const first: Row[] = [];
  let text = 0;
  for (const row of rows) {
    first.push(row);
    text += length(row);
    if (text > PAGE_TEXT) break;
  }
  return first;
}

/** How long the last call may have gone on. */
const LONGEST_CALL_MS = 86_400_000;

/** From so many calls on, those that a filter leaves are not looked up before a text is searched. */
const RARE = 2_000;

const nextOf = (seq: number | undefined) => (seq === undefined ? undefined : String(seq));

type Kept = Pick<Call, 'bill' | 'recorded' | 'transcribed' | 'voicemail' | 'reconciled'> &
  Pick<RelayedCall, 'dtmf'>;

/** Empty for a row that holds no call. */
function chainOf(snapshot = ''): Kept {
  return readSnapshot(snapshot) ?? {};
}
