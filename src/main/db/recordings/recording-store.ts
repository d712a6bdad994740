import type { ListenView, TranscriptLine } from '../../../shared/ipc/recordings.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { CallText } from '../call-text.ts';
import {
  type LineRow,
  lineRowOf,
  RECORDING_COLUMNS,
  type RecordingRow,
  rowOf,
  storedOf,
  type StoredRecording,
} from './rows.ts';

/** One listened part; `by`: the agent. */
export interface Listen extends Omit<ListenView, 'by'> {
  recordingId: string;
  callId: string;
  by: { id: string; name: string };
}

/** The index of recordings and transcripts; the sound itself is in files. */
export class RecordingStore {
  readonly #db: Db;
  readonly #text: CallText;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#text = new CallText(db);
    this.#sql = prepare(db);
  }

  get(id: string): StoredRecording | undefined {
    const row = this.#sql.get.get(id);
    return row && storedOf(row);
  }

  /** Adds it, or replaces all but its legal hold. */
  put(recording: StoredRecording): void {
    this.#sql.put.run(rowOf(recording));
  }

  /** All of a call. @param callId of one of this agent's records of it */
  of(callId: string): readonly StoredRecording[] {
    return this.#sql.of.all({ callId }).map(storedOf);
  }

  /** What is to be fetched by then, and would be gone at its provider first. */
  due(now: number): StoredRecording | undefined {
    const row = this.#sql.due.get(now);
    return row && storedOf(row);
  }

  /** When the next one is due, Unix ms. */
  nextDue(): number | undefined {
    return this.#sql.nextDue.get()?.at ?? undefined;
  }

  /** The app stopped while these were fetched. */
  interrupted(): void {
    this.#sql.interrupted.run();
  }

  /** All wait for nothing any more: the network is back. */
  tryNow(now: number): void {
    this.#sql.tryNow.run(now);
  }

  /** Kept recordings whose time is over, oldest first. */
  overdue(now: number, most: number): readonly StoredRecording[] {
    return this.#sql.overdue.all(now, most).map(storedOf);
  }

  /** What is left of calls that are gone. */
  orphans(most: number): readonly StoredRecording[] {
    return this.#sql.orphans.all(most).map(storedOf);
  }

  /** Whether the recordings of a call must stay. @returns whether it has any */
  hold(callId: string, on: boolean): boolean {
    return this.#sql.hold.run({ callId, on: on ? 1 : 0 }).changes > 0;
  }

  /** Calls of which there is a recording, and which the provider names. */
  calls(): readonly { callId: string; accountId: string; providerCallId: string }[] {
    return this.#sql.calls.all();
  }

  /** All of a call that is not in the log any more. */
  ofGone(callId: string): readonly StoredRecording[] {
    return this.#sql.ofGone.all(callId).map(storedOf);
  }

  peaks(id: string): Uint8Array | undefined {
    return this.#sql.peaks.get(id)?.peaks ?? undefined;
  }

  setPeaks(id: string, peaks: Uint8Array): void {
    this.#sql.setPeaks.run(peaks, id);
  }

  /** Stores a transcript with its lines, and lets a search find them. */
  putTranscript(transcript: StoredRecording, lines: readonly TranscriptLine[]): void {
    this.#db
      .transaction(() => {
        this.put(transcript);
        this.#sql.removeLines.run(transcript.id);
        for (const [n, line] of lines.entries()) {
          this.#sql.addLine.run({ id: transcript.id, n, ...lineRowOf(line) });
        }
        this.#reindex(transcript.callId);
      })
      .immediate();
  }

  /**
   * Takes away what was said or heard; what it was, and who listened, stays.
   *
   * @param deletedBy the agent who had it deleted during the call
   */
  erase(recording: StoredRecording, deletedBy?: string): void {
    this.#db
      .transaction(() => {
        this.#sql.removeLines.run(recording.id);
        const { id, callId, what, source, startedAt, seconds, bytes, sha256 } = recording;
        const facts = { startedAt, seconds, bytes, sha256, tracks: [], marks: [] };
        this.put({
          ...facts,
          id,
          callId,
          what,
          source,
          state: 'erased',
          deletedBy,
          tries: recording.tries,
          legalHold: false,
        });
        this.#sql.setPeaks.run(null, id);
        this.#reindex(callId);
      })
      .immediate();
  }

  /** Takes the row itself away; with it go those who listened, if it was the last of its call. */
  remove({ id, callId }: StoredRecording): void {
    this.#db
      .transaction(() => {
        this.#sql.removeLines.run(id);
        this.#sql.remove.run(id);
        this.#sql.removeListens.run({ callId });
      })
      .immediate();
  }

  listened({ recordingId, callId, by, at, fromMs, toMs }: Listen): void {
    const { id: agentId, name: agent } = by;
    this.#sql.listened.run({ recordingId, callId, agentId, agent, at, fromMs, toMs });
  }

  #reindex(callId: string): void {
    const seq = this.#sql.seq.get(callId)?.seq;
    if (seq !== undefined) this.#text.noted(seq);
  }
}

/** This agent's records of the call of `@callId`. */
export const CALL_PARTS = `(SELECT part.id FROM call JOIN call AS part ON part.seq = call.seq
    OR (part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id)
  WHERE call.id = @callId)`;

function prepare(db: Db) {
  return {
    get: db.prepare<[string], RecordingRow>(
      `SELECT ${RECORDING_COLUMNS} FROM recording WHERE id = ?`,
    ),
    put: db.prepare<RecordingRow>(
      `INSERT INTO recording (id, call_id, what, source, state, next_at, expires_at, keep_until, tries, legal_hold, body)
       VALUES (@id, @callId, @what, @source, @state, @nextAt, @expiresAt, @keepUntil, @tries, @legalHold, @body)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, next_at = excluded.next_at,
         expires_at = excluded.expires_at, keep_until = excluded.keep_until, tries = excluded.tries,
         body = excluded.body`,
    ),
    of: db.prepare<{ callId: string }, RecordingRow>(
      `SELECT ${RECORDING_COLUMNS} FROM recording WHERE call_id IN ${CALL_PARTS} ORDER BY rowid`,
    ),
    due: db.prepare<[number], RecordingRow>(
      `SELECT ${RECORDING_COLUMNS} FROM recording WHERE next_at <= ? ORDER BY expires_at, rowid LIMIT 1`,
    ),
    nextDue: db.prepare<[], { at: number | null }>('SELECT min(next_at) AS at FROM recording'),
    interrupted: db.prepare<[]>("UPDATE recording SET state = 'expected' WHERE state = 'fetching'"),
    tryNow: db.prepare<[number]>('UPDATE recording SET next_at = ? WHERE next_at IS NOT NULL'),
    overdue: db.prepare<[number, number], RecordingRow>(
      `SELECT ${RECORDING_COLUMNS} FROM recording
       WHERE keep_until <= ? AND legal_hold = 0 ORDER BY keep_until LIMIT ?`,
    ),
    orphans: db.prepare<[number], RecordingRow>(
      `SELECT ${RECORDING_COLUMNS} FROM recording
       WHERE legal_hold = 0 AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = recording.call_id) LIMIT ?`,
    ),
    hold: db.prepare<{ callId: string; on: number }>(
      `UPDATE recording SET legal_hold = @on WHERE state <> 'erased' AND call_id IN ${CALL_PARTS}`,
    ),
    calls: db.prepare<[], { callId: string; accountId: string; providerCallId: string }>(
      `SELECT DISTINCT call.id AS callId, account_id AS accountId, provider_call_id AS providerCallId
       FROM recording JOIN call ON call.id = recording.call_id
       WHERE state <> 'erased' AND provider_call_id IS NOT NULL`,
    ),
    ofGone: db.prepare<[string], RecordingRow>(
      `SELECT ${RECORDING_COLUMNS} FROM recording WHERE call_id = ? ORDER BY rowid`,
    ),
    peaks: db.prepare<[string], { peaks: Uint8Array | null }>(
      'SELECT peaks FROM recording WHERE id = ?',
    ),
    setPeaks: db.prepare<[Uint8Array | null, string]>(
      'UPDATE recording SET peaks = ? WHERE id = ?',
    ),
    addLine: db.prepare<{ id: string; n: number } & LineRow>(
      `INSERT INTO transcript_line (recording_id, n, speaker, voice, from_ms, to_ms, text)
       VALUES (@id, @n, @speaker, @voice, @fromMs, @toMs, @text)`,
    ),
    removeLines: db.prepare<[string]>('DELETE FROM transcript_line WHERE recording_id = ?'),
    remove: db.prepare<[string]>('DELETE FROM recording WHERE id = ?'),
    removeListens: db.prepare<{ callId: string }>(
      `DELETE FROM recording_listen WHERE call_id = @callId
         AND NOT EXISTS (SELECT 1 FROM recording WHERE call_id = @callId)`,
    ),
    listened: db.prepare<{
      recordingId: string;
      callId: string;
      agentId: string;
      agent: string;
      at: number;
      fromMs: number;
      toMs: number;
    }>(
      `INSERT INTO recording_listen (recording_id, call_id, agent_id, agent, at, from_ms, to_ms)
       VALUES (@recordingId, @callId, @agentId, @agent, @at, @fromMs, @toMs)`,
    ),
    seq: db.prepare<[string], { seq: number }>('SELECT seq FROM call WHERE id = ?'),
  };
}
