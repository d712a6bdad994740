import { z } from 'zod';
import { blames } from '../../protocol/insight-question.ts';
import type { Quality } from '../history.ts';
import { callId, time } from './fields.ts';

const quality = z
  .object({
    packetsReceived: z.number().nonnegative(),
    packetsLost: z.number().nonnegative(),
    packetsSent: z.number().nonnegative(),
    jitterMs: z.number().nonnegative().optional(),
    rttMs: z.number().nonnegative().optional(),
    mos: z.number().min(1).max(5).optional(),
    firstAudioMs: z.number().nonnegative().optional(),
    route: z.string().max(20).optional(),
    blame: z.enum(blames).optional(),
  })
  .strict() satisfies z.ZodType<Quality>;

/** What the softphone reports about a call. */
const mediaReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer-ready'), sdp: z.string().min(1).max(60_000) }),
  z.object({ kind: z.literal('offer-ready'), sdp: z.string().min(1).max(60_000) }),
  z.object({ kind: z.literal('connected') }),
  z.object({ kind: z.literal('audio') }),
  z.object({ kind: z.literal('failed'), why: z.string().max(500) }),
]);

/** What the softphone reports of a call's recording. */
const recorderReport = z.discriminatedUnion('kind', [
  /** The announcement was sent whole. Unix ms. */
  z.object({ kind: z.literal('announced'), from: time, to: time }),
  z.object({ kind: z.literal('not-announced') }),
  /** Nothing more comes; with `why` because the sound cannot be recorded. */
  z.object({
    kind: z.literal('done'),
    recordingId: z.string().max(100),
    why: z.enum(['codec', 'no-recorder']).optional(),
  }),
]);

export type RecorderReport = z.infer<typeof recorderReport>;

/** Half a second of both sides is some 4 kB; a window that was busy sends more at once. */
const MAX_RECORDED_BYTES = 2_000_000;

const DAY_MS = 86_400_000;

const recordedChunk = z
  .object({
    callId,
    recordingId: z.string().min(1).max(100),
    track: z.number().int().min(0).max(1),
    atMs: z.number().nonnegative().max(DAY_MS),
    bytes: z
      .instanceof(Uint8Array)
      .refine(({ length }) => length > 0 && length <= MAX_RECORDED_BYTES),
  })
  .strict();

export type RecordedChunk = z.infer<typeof recordedChunk>;

/** A tenth of a second at 48 kHz. */
const MAX_PCM_BYTES = 9_600;

/** A frame of the agent's audio. */
const pcmFrame = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length > 0 && length <= MAX_PCM_BYTES && length % 2 === 0, {
    error: `must be PCM16 of at most ${MAX_PCM_BYTES} bytes`,
  });

export type MediaReport = z.infer<typeof mediaReport>;

export const mediaRoutes = {
  'media.report': z.object({ callId, report: mediaReport }).strict(),
  /** Statistics of a call, final or so far; the last ones are kept. */
  'media.quality': z.object({ callId, quality }).strict(),
  'media.pcm': z.object({ callId, frame: pcmFrame }).strict(),
  'media.recorder': z.object({ callId, report: recorderReport }).strict(),
  /** The next bytes of one side of a recording. */
  'media.recorded': recordedChunk,
} as const;
