import type { Statement } from 'better-sqlite3';
import type {
  CallRecordings,
  ListenView,
  RecordingMark,
  RecordingView,
  TranscriptHit,
  TranscriptLine,
  TranscriptView,
} from '../../shared/ipc/recordings.ts';
import { foldedText } from '../../shared/lib/folded-text.ts';
import type { EventRow } from '../db/timeline.ts';
import { CALL_PARTS } from '../db/recordings/recording-store.ts';
import {
  LINE_COLUMNS,
  RECORDING_COLUMNS,
  type RecordingRow,
  type StoredRecording,
  storedOf,
} from '../db/recordings/rows.ts';
import { parseColumn } from '../db/json.ts';
import type { Db } from '../../sqlite/migrate.ts';

/** Reads what is kept of calls' sound. */
export class RecordingReads {
  readonly #of: Statement<{ callId: string }, RecordingRow & { hasPeaks: number }>;
  readonly #lines: Statement<[string], TranscriptLine>;
  readonly #linesOfCall: Statement<{ callId: string }, TranscriptLine>;
  readonly #listens: Statement<{ callId: string }, ListenView>;

  constructor(db: Db) {
    this.#of = db.prepare(
      `SELECT ${RECORDING_COLUMNS}, peaks IS NOT NULL AS hasPeaks FROM recording
       WHERE call_id IN ${CALL_PARTS} ORDER BY rowid`,
    );
    this.#lines = db.prepare(
      `SELECT ${LINE_COLUMNS} FROM transcript_line WHERE recording_id = ? ORDER BY n`,
    );
    this.#linesOfCall = db.prepare(
      `SELECT ${LINE_COLUMNS} FROM recording JOIN transcript_line ON recording_id = recording.id
       WHERE call_id IN ${CALL_PARTS} ORDER BY recording.rowid, n`,
    );
    this.#listens = db.prepare(
      `SELECT agent AS "by", at, from_ms AS fromMs, to_ms AS toMs FROM recording_listen
       WHERE call_id IN ${CALL_PARTS} ORDER BY id DESC LIMIT 200`,
    );
  }

  /** @param events of the call, for the marks of a recording that has none of its own */
  of(callId: string, events: readonly EventRow[]): CallRecordings {
    const rows = this.#of.all({ callId });
    const all = rows.map((row) => ({ ...storedOf(row), hasPeaks: row.hasPeaks === 1 }));
    const recordings = all.flatMap((one) => (one.what === 'audio' ? viewOf(one, events) : []));
    const transcripts = all.filter(({ what }) => what === 'transcript');
    // A provider's transcript counts more than one that a machine made later.
    const best =
      transcripts.find(({ state }) => state === 'kept') ??
      transcripts.find(({ state }) => state !== 'erased') ??
      transcripts[0];
    const summary = all.findLast(({ what, state }) => what === 'summary' && state === 'kept');
    return {
      recordings,
      ...(best && { transcript: this.#transcript(best) }),
      ...(summary?.text !== undefined && {
        summary: { text: summary.text, by: summary.by ?? '', at: summary.startedAt ?? 0 },
      }),
      listens: this.#listens.all({ callId }),
    };
  }

  /** The first line of a call's transcript in which a text is found. */
  hit(callId: string, text: string): TranscriptHit | undefined {
    const wanted = foldedText(text.trim());
    const found = this.#linesOfCall
      .all({ callId })
      .find((line) => foldedText(line.text).includes(wanted));
    return found && { speaker: found.speaker, fromMs: found.fromMs, text: found.text };
  }

  #transcript(stored: StoredRecording): TranscriptView {
    const { id, source, state, why, expiresAt, nextAt } = stored;
    const lines: readonly TranscriptLine[] = this.#lines.all(id);
    return { id, source, state, why, expiresAt, nextAt, lines };
  }
}

function viewOf(
  stored: StoredRecording & { hasPeaks: boolean },
  events: readonly EventRow[],
): RecordingView {
  const { callId: _c, what: _w, tries: _t, mediaId: _m, text: _x, by: _b, ...view } = stored;
  const { marks, startedAt } = stored;
  return marks.length > 0 || startedAt === undefined
    ? view
    : { ...view, marks: marksOf(events, startedAt) };
}

/** What happened during a call, for the recording of somebody who does not know. */
function marksOf(events: readonly EventRow[], startedAt: number): RecordingMark[] {
  return events.flatMap((event) => {
    const atMs = event.at - startedAt;
    const mark = event.ignored === null && atMs >= 0 ? markOf(event) : undefined;
    return mark ? [{ atMs, ...mark }] : [];
  });
}

function markOf({ source, kind, body }: EventRow): Omit<RecordingMark, 'atMs'> | undefined {
  if (source !== 'relay') return undefined;
  const read = factsOf(body);
  switch (kind) {
    case 'hold':
      return { kind: read.onHold === true ? 'hold' : 'resume' };
    case 'dtmf':
      return { kind: 'key', text: read.digit };
    case 'reassigned':
      return { kind: 'transfer', text: read.to };
    default:
      return undefined;
  }
}

/** Only the call log writes them. */
function factsOf(body: string): {
  onHold?: boolean;
  digit?: string | undefined;
  to?: string | undefined;
} {
  const read = parseColumn(body);
  if (typeof read !== 'object' || read === null) return {};
  const text = (name: string) => {
    const value: unknown = Reflect.get(read, name);
    return typeof value === 'string' ? value : undefined;
  };
  return { onHold: Reflect.get(read, 'onHold') === true, digit: text('digit'), to: text('to') };
}
