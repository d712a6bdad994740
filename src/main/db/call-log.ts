import { outcomeOf, talkSeconds } from '../../shared/call/record.ts';
import type { Call } from '../../shared/call/model.ts';
import type { Quality } from '../../shared/ipc/history.ts';
import type { CallLog } from '../calls/ports.ts';
import { SEQ_PER_MS, freeSeq } from './call-seq.ts';
import { CallText } from './call-text.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { IdentityStore } from './people/identity-store.ts';
import { boundTo, personNow } from './people/person-sql.ts';
import { redactSdp } from './redact-event.ts';
import { ExpectedFiles } from './recordings/expected.ts';
import { RelayCursor } from './relay-cursor.ts';
import { readSnapshot, redactedSnapshot } from './snapshot.ts';

/** How far back live calls are searched from the newest call, in ms. */
const LONGEST_CALL_MS = 24 * 3_600_000;

interface CallRow {
  id: string;
  direction: string;
  outcome: string | null;
  account: string;
  providerCallId: string | null;
  waId: string | null;
  userId: string | null;
  name: string | null;
  payload: string | null;
  createdAt: number;
  connectedAt: number | null;
  endedAt: number | null;
  talk: number | null;
  endReason: string | null;
  snapshot: string;
  movedTo: string | null;
}

type Entry = Parameters<CallLog['commit']>[0] & { reportedIn?: number | undefined };

/**
 * Writes of calls. Runs in main, synchronously: one commit is well under a millisecond plus the
 * disk's flush.
 */
export class SqliteCallLog implements CallLog {
  readonly #db: Db;
  readonly #leftOut: (what: string) => void;
  readonly #cursor: RelayCursor;
  readonly #text: CallText;
  readonly #identity: IdentityStore;
  readonly #expected: ExpectedFiles;
  readonly #sql: ReturnType<typeof prepare>;

  /** @param leftOut called with a call that cannot be read */
  constructor(db: Db, leftOut: (what: string) => void = () => undefined) {
    this.#db = db;
    this.#leftOut = leftOut;
    this.#cursor = new RelayCursor(db);
    this.#text = new CallText(db);
    this.#identity = new IdentityStore(db);
    this.#expected = new ExpectedFiles(db);
    this.#sql = prepare(db);
  }

  /** @param entry.reportedIn the relay log entry that reported it, if its cursor is not stored with it */
  commit(entry: Entry): void {
    this.#db.transaction(() => this.#write(entry)).immediate();
  }

  advance(cursor: number): void {
    this.#cursor.advance(cursor);
  }

  get(callId: string): Call | undefined {
    return parse(this.#sql.snapshot.get(callId));
  }

  byProviderId(accountId: string, providerCallId: string): Call | undefined {
    const { byProviderId, byAlias } = this.#sql;
    return parse(
      byProviderId.get(accountId, providerCallId) ?? byAlias.get(accountId, providerCallId),
    );
  }

  recordsOf(callId: string): readonly Call[] {
    const known = this.#sql.recordsOf.all({ callId, span: LONGEST_CALL_MS * SEQ_PER_MS });
    return known.flatMap((row) => readSnapshot(row.snapshot) ?? []);
  }

  /**
   * A call that cannot be read is closed as interrupted, so that it stays in the history and later
   * starts skip it.
   */
  unfinished(): readonly Call[] {
    return this.#sql.unfinished.all().flatMap(({ seq, id, snapshot }) => {
      const call = readSnapshot(snapshot);
      if (call?.id === id) return [call];
      this.#leftOut(`call ${id}`);
      this.#sql.close.run(seq);
      return [];
    });
  }

  /**
   * The first entry of the relay's log with the offer of each of these calls; offers are not stored
   * here.
   */
  offerCursors(): Map<string, number> {
    return new Map(this.#sql.offers.all().map(({ id, cursor }) => [id, cursor]));
  }

  /** Stores a call without an event, as another file knew it. */
  put(call: Call): void {
    this.#db.transaction(() => this.#writeCall(call)).immediate();
  }

  /** Marks missed calls as seen: one, or all. @returns how many changed */
  markSeen(callId?: string): number {
    const sql = this.#sql;
    return (callId === undefined ? sql.seenAll.run() : sql.seen.run(callId)).changes;
  }

  /** Missed calls that nobody has seen or returned. */
  unseenMissed(): number {
    return this.#sql.unseen.get()?.n ?? 0;
  }

  /** How many calls lists show. */
  listed(): number {
    return this.#sql.listed.get()?.n ?? 0;
  }

  /** Stores a call's last statistics. Those of an unknown call are dropped. */
  saveQuality(callId: string, quality: Quality): void {
    this.#sql.quality.run({ callId, body: JSON.stringify(quality) });
  }

  /** Stores how long a call was written down. */
  saveWrapUp(callId: string, seconds: number): void {
    this.#sql.wrapUp.run(seconds, callId);
  }

  /**
   * Deletes at most so many calls that ended before a time, with all that was written down about
   * them; but none that somebody still has to be called back about, or whose recording is on legal hold.
   *
   * @param before Unix ms
   * @returns their ids
   */
  forget(before: number, most: number): readonly string[] {
    return this.#db
      .transaction(() => {
        const gone = this.#sql.old.all({ before, most });
        for (const { seq, account, providerCallId } of gone) {
          this.#text.remove(seq);
          if (providerCallId !== null) this.#sql.forgetNotes.run({ account, providerCallId });
          // Its events, quality and note go with it.
          this.#sql.forget.run(seq);
        }
        return gone.map(({ id }) => id);
      })
      .immediate();
  }

  #write({ call, callId, event, at, ignored, cursor, reportedIn = cursor }: Entry): void {
    if (cursor !== undefined) this.#cursor.advance(cursor);
    if (call && ignored === undefined) this.#writeCall(call);
    const seq = this.#sql.seq.get(callId)?.seq;
    // An event that created no call has no timeline.
    if (seq === undefined) return;
    const { body, kind } = redactSdp(event, reportedIn);
    this.#sql.event.run(seq, at, event.from, kind, ignored ?? null, body);
  }

  #writeCall(call: Call): void {
    const { party, createdAt } = call;
    this.#identity.note(party, createdAt);
    const known = this.#sql.known.get(call.id);
    const row = { ...rowOf(call), movedTo: this.#identity.movedTo(party, createdAt) };
    const moved = known !== undefined && known.createdAt !== call.createdAt;
    const seq =
      known === undefined || moved ? freeSeq(call.createdAt, this.#sql.lastSeq) : known.seq;
    if (known === undefined) {
      const missed = row.outcome === 'missed' && !this.#isOlderThanSeen(call);
      this.#sql.insert.run({ ...row, seq, unseen: missed ? 1 : 0 });
    } else {
      const newlyMissed = row.outcome === 'missed' && known.outcome !== 'missed';
      const unseen = row.outcome === 'missed' ? (newlyMissed ? 1 : known.unseen) : 0;
      this.#sql.update.run({ ...row, seq, unseen });
    }
    if (known === undefined || moved || known.name !== row.name || known.waId !== row.waId) {
      if (known) this.#text.remove(known.seq);
      this.#text.index(seq);
    }
    this.#expected.note(call);
    if (answersMissed(call, row.outcome)) {
      this.#sql.seenParty.run({ ...boundTo(call.party), before: seq });
    }
  }

  /**
   * A missed call that is reported late is not unseen if a later call with the same person was
   * answered.
   */
  #isOlderThanSeen(call: Call): boolean {
    const after = call.createdAt * SEQ_PER_MS;
    const found = this.#sql.laterTalk.get({ ...boundTo(call.party), after });
    return found !== undefined;
  }
}

/** Talking with the person again, or calling back, settles earlier missed calls. */
function answersMissed(call: Call, outcome: string | null): boolean {
  if (call.direction === 'outbound') return call.providerCallId !== undefined;
  return call.phase.name === 'connected' || outcome === 'answered';
}

function rowOf(call: Call): Omit<CallRow, 'movedTo'> {
  const { phase, party } = call;
  return {
    id: call.id,
    direction: call.direction,
    outcome: outcomeOf(call) ?? null,
    account: call.accountId,
    providerCallId: call.providerCallId ?? null,
    waId: party.waId ?? null,
    userId: party.userId ?? null,
    name: party.name ?? null,
    payload: call.payload ?? null,
    createdAt: call.createdAt,
    connectedAt: call.connectedAt ?? null,
    endedAt: phase.name === 'ended' ? phase.at : null,
    talk: talkSeconds(call) ?? null,
    endReason: phase.name === 'ended' ? JSON.stringify(phase.reason) : null,
    snapshot: redactedSnapshot(call),
  };
}

function parse(row: { snapshot: string } | undefined): Call | undefined {
  return row && readSnapshot(row.snapshot);
}

const CALL_COLUMNS = `direction = @direction, outcome = @outcome, account_id = @account,
  provider_call_id = @providerCallId, wa_id = @waId, user_id = @userId, name = @name, payload = @payload,
  created_at = @createdAt, connected_at = @connectedAt, ended_at = @endedAt, talk_seconds = @talk,
  unseen = @unseen, end_reason = @endReason, snapshot = @snapshot, moved_to = @movedTo`;

function prepare(db: Db) {
  return {
    old: db.prepare<
      { before: number; most: number },
      { seq: number; id: string; account: string; providerCallId: string | null }
    >(
      `SELECT seq, id, account_id AS account, provider_call_id AS providerCallId FROM call
       WHERE seq < @before * ${SEQ_PER_MS} AND ended_at < @before AND NOT EXISTS (
         SELECT 1 FROM call_note WHERE call_seq = call.seq AND callback_at > @before
       ) AND NOT EXISTS (
         SELECT 1 FROM recording WHERE call_id = call.id AND legal_hold = 1
       ) ORDER BY seq LIMIT @most`,
    ),
    forget: db.prepare<[number]>('DELETE FROM call WHERE seq = ?'),
    forgetNotes: db.prepare<{ account: string; providerCallId: string }>(
      `DELETE FROM contact_event WHERE identity > @account || '/note/' || @providerCallId || '/'
         AND identity < @account || '/note/' || @providerCallId || '0'`,
    ),
    snapshot: db.prepare<[string], { snapshot: string }>('SELECT snapshot FROM call WHERE id = ?'),
    byProviderId: db.prepare<[string, string], { snapshot: string }>(
      `SELECT snapshot FROM call WHERE account_id = ? AND provider_call_id = ?
       ORDER BY seq DESC LIMIT 1`,
    ),
    // Spelled exactly like its index.
    byAlias: db.prepare<[string, string], { snapshot: string }>(
      `SELECT snapshot FROM call WHERE account_id = ? AND json_extract(snapshot, '$.secondaryId') = ?
       AND json_extract(snapshot, '$.secondaryId') IS NOT NULL ORDER BY seq DESC LIMIT 1`,
    ),
    recordsOf: db.prepare<{ callId: string; span: number }, { snapshot: string }>(
      `SELECT snapshot FROM call
       WHERE seq > (SELECT max(seq) - @span FROM call)
         AND (id = @callId OR (json_valid(snapshot) AND snapshot ->> '$.callOffer.callId' = @callId))
       ORDER BY seq DESC`,
    ),
    unfinished: db.prepare<[], { seq: number; id: string; snapshot: string }>(
      'SELECT seq, id, snapshot FROM call WHERE outcome IS NULL ORDER BY seq',
    ),
    close: db.prepare<[number]>(
      `UPDATE call SET outcome = 'interrupted', ended_at = created_at, unseen = 0,
         end_reason = json_object('kind', 'interrupted'),
         -- Merged into nothing, it has no nulls.
         snapshot = json_patch('{}', json_object('id', id, 'accountId', account_id,
           'direction', direction, 'party', json_object('waId', wa_id, 'userId', user_id, 'name', name),
           'providerCallId', provider_call_id, 'createdAt', created_at, 'muted', json('false'),
           'phase', json_object('name', 'ended', 'at', created_at,
             'reason', json_object('kind', 'interrupted'))))
       WHERE seq = ?`,
    ),
    offers: db.prepare<[], { id: string; cursor: number }>(
      `SELECT call.id, min(json_extract(call_event.body, '$.cursor')) AS cursor
       FROM call JOIN call_event ON call_event.call_seq = call.seq
       WHERE call.outcome IS NULL AND call_event.kind = 'offer' AND json_valid(call_event.body)
       GROUP BY call.id HAVING cursor IS NOT NULL`,
    ),
    seq: db.prepare<[string], { seq: number }>('SELECT seq FROM call WHERE id = ?'),
    known: db.prepare<
      [string],
      {
        seq: number;
        createdAt: number;
        outcome: string | null;
        unseen: number;
        name: string | null;
        waId: string | null;
      }
    >(`SELECT seq, created_at AS createdAt, outcome, unseen, name, wa_id AS waId
       FROM call WHERE id = ?`),
    lastSeq: db.prepare<[number, number], { seq: number | null }>(
      'SELECT max(seq) AS seq FROM call WHERE seq >= ? AND seq < ?',
    ),
    insert: db.prepare<CallRow & { seq: number; unseen: number }>(
      `INSERT INTO call (seq, id, direction, outcome, account_id, provider_call_id, wa_id, user_id, name, payload,
         created_at, connected_at, ended_at, talk_seconds, unseen, end_reason, snapshot, moved_to)
       VALUES (@seq, @id, @direction, @outcome, @account, @providerCallId, @waId, @userId, @name, @payload,
         @createdAt, @connectedAt, @endedAt, @talk, @unseen, @endReason, @snapshot, @movedTo)`,
    ),
    update: db.prepare<CallRow & { seq: number; unseen: number }>(
      `UPDATE call SET seq = @seq, ${CALL_COLUMNS} WHERE id = @id`,
    ),
    event: db.prepare<[number, number, string, string, string | null, string]>(
      'INSERT INTO call_event (call_seq, at, source, kind, ignored, body) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    seenAll: db.prepare<[]>('UPDATE call SET unseen = 0 WHERE unseen = 1'),
    seen: db.prepare<[string]>('UPDATE call SET unseen = 0 WHERE unseen = 1 AND id = ?'),
    seenParty: db.prepare<{ person: string | null; before: number }>(
      `UPDATE call INDEXED BY call_unseen SET unseen = 0
       WHERE unseen = 1 AND seq < @before AND person = ${personNow('@person')}`,
    ),
    // The `+` keeps SQLite from using an index on a column that a third of all calls share.
    laterTalk: db.prepare<{ person: string | null; after: number }, { found: 1 }>(
      `SELECT 1 AS found FROM call WHERE person = ${personNow('@person')} AND seq > @after
       AND (+outcome = 'answered' OR (+direction = 'outbound' AND provider_call_id IS NOT NULL))
       LIMIT 1`,
    ),
    unseen: db.prepare<[], { n: number }>('SELECT count(*) AS n FROM call WHERE unseen = 1'),
    listed: db.prepare<[], { n: number | null }>('SELECT sum(n) AS n FROM call_count'),
    wrapUp: db.prepare<[number, string]>('UPDATE call SET wrap_up_seconds = ? WHERE id = ?'),
    quality: db.prepare<{ callId: string; body: string }>(
      `INSERT INTO call_quality (call_seq, body) SELECT seq, @body FROM call WHERE id = @callId
       ON CONFLICT (call_seq) DO UPDATE SET body = excluded.body`,
    ),
  };
}
