import { z } from 'zod';
import { callId, empty } from './fields.ts';

const recordingId = z.string().min(1).max(600);

/** Of a recording, and what its peaks take at most: two voices, ten a second. */
const LONGEST_SECONDS = 12 * 3600;

const MOST_PEAK_BYTES = 1 + 2 * 10 * LONGEST_SECONDS;

const MOST_VOICE_BYTES = 50_000_000;
const voice = z.instanceof(Uint8Array).refine(({ length }) => length <= MOST_VOICE_BYTES);

export const recordingRoutes = {
  /** How loud a recording is: what `set-peaks` stored. The sound itself is streamed. */
  'recordings.peaks': z.object({ recordingId }).strict(),
  /** A window has measured a recording. */
  'recordings.set-peaks': z
    .object({
      recordingId,
      peaks: z.instanceof(Uint8Array).refine(({ length }) => length <= MOST_PEAK_BYTES),
      seconds: z.number().positive().max(LONGEST_SECONDS),
    })
    .strict(),
  /** The agent has listened to a part; for the list of who listened. */
  'recordings.listened': z
    .object({
      recordingId,
      fromMs: z.number().int().nonnegative(),
      toMs: z.number().int().positive(),
    })
    .strict(),
  /** Fetches what is not here yet now, this recording above all. */
  'recordings.retry': z.object({ recordingId }).strict(),
  /** Whether there is a service that writes transcripts. */
  'recordings.machine': empty,
  /** Has it write down what was said in a recording. */
  'recordings.write-down': z
    .object({
      recordingId,
      /** Where each channel of its only file is a voice of its own. */
      voices: z.object({ first: voice, second: voice }).strict().optional(),
    })
    .strict(),
  'recordings.set-machine-key': z.object({ key: z.string().trim().min(1).max(500) }).strict(),
  /** Whether the recordings of a call stay whatever their age; for supervisors. */
  'recordings.hold': z.object({ callId, on: z.boolean() }).strict(),
} as const;
