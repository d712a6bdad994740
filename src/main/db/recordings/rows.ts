import { z } from 'zod';
import {
  markKinds,
  recordingPlaces,
  type RecordingSource,
  type RecordingState,
  type TranscriptLine,
  trackSides,
} from '../../../shared/ipc/recordings.ts';
import { parseColumn } from '../json.ts';

const track = z.object({
  side: z.enum(trackSides),
  mime: z.string(),
  bytes: z.number(),
});
const mark = z.object({
  atMs: z.number(),
  kind: z.enum(markKinds),
  text: z.string().optional(),
});

/** What SQL never asks for. An unreadable fact is left out, and affects no other. */
const recordingBody = z.object({
  /** The file's id at the provider, where it names one. */
  mediaId: z.string().optional().catch(undefined),
  why: z.string().optional().catch(undefined),
  place: z.enum(recordingPlaces).optional().catch(undefined),
  startedAt: z.number().optional().catch(undefined),
  seconds: z.number().optional().catch(undefined),
  bytes: z.number().optional().catch(undefined),
  sha256: z.string().optional().catch(undefined),
  tracks: z.array(track).catch([]),
  marks: z.array(mark).catch([]),
  /** The agent who had it deleted during the call. */
  deletedBy: z.string().optional().catch(undefined),
  /** Of a summary: its text, and the model that wrote it. */
  text: z.string().optional().catch(undefined),
  by: z.string().optional().catch(undefined),
});
type RecordingBody = z.infer<typeof recordingBody>;

/** A recording, a transcript or a summary as it is stored. */
export interface StoredRecording extends RecordingBody {
  id: string;
  callId: string;
  what: 'audio' | 'transcript' | 'summary';
  source: RecordingSource;
  state: RecordingState;
  /** Unix ms. */
  nextAt?: number | undefined;
  expiresAt?: number | undefined;
  keepUntil?: number | undefined;
  tries: number;
  legalHold: boolean;
}

export interface RecordingRow {
  id: string;
  callId: string;
  what: StoredRecording['what'];
  source: RecordingSource;
  state: RecordingState;
  nextAt: number | null;
  expiresAt: number | null;
  keepUntil: number | null;
  tries: number;
  legalHold: number;
  body: string;
}

/** The columns of a `RecordingRow`. */
export const RECORDING_COLUMNS = `recording.id, recording.call_id AS callId, what, source, state,
  next_at AS nextAt, expires_at AS expiresAt, keep_until AS keepUntil, tries, legal_hold AS legalHold, body`;

export function storedOf(row: RecordingRow): StoredRecording {
  const { nextAt, expiresAt, keepUntil, legalHold, body, ...same } = row;
  const facts = recordingBody.safeParse(parseColumn(body));
  return {
    ...same,
    ...(facts.success ? facts.data : { tracks: [], marks: [] }),
    nextAt: nextAt ?? undefined,
    expiresAt: expiresAt ?? undefined,
    keepUntil: keepUntil ?? undefined,
    legalHold: legalHold === 1,
  };
}

export function rowOf(recording: StoredRecording): RecordingRow {
  const {
    id,
    callId,
    what,
    source,
    state,
    tries,
    nextAt,
    expiresAt,
    keepUntil,
    legalHold,
    ...body
  } = recording;
  return {
    id,
    callId,
    what,
    source,
    state,
    tries,
    nextAt: nextAt ?? null,
    expiresAt: expiresAt ?? null,
    keepUntil: keepUntil ?? null,
    legalHold: legalHold ? 1 : 0,
    body: JSON.stringify(body),
  };
}

/** The columns of a `TranscriptLine`. */
export const LINE_COLUMNS = `CASE voice WHEN 1 THEN 'first' WHEN 2 THEN 'second' ELSE speaker END AS speaker,
  from_ms AS fromMs, to_ms AS toMs, transcript_line.text`;

/** A line as its table has it: which channel it was said on is a column of its own. */
export interface LineRow {
  speaker: 'agent' | 'customer' | 'unknown';
  voice: 1 | 2 | null;
  fromMs: number;
  toMs: number;
  text: string;
}

export function lineRowOf({ speaker, ...line }: TranscriptLine): LineRow {
  if (speaker === 'first') return { ...line, speaker: 'unknown', voice: 1 };
  if (speaker === 'second') return { ...line, speaker: 'unknown', voice: 2 };
  return { ...line, speaker, voice: null };
}
