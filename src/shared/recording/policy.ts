import { z } from 'zod';
import { assertNever } from '../lib/assert-never.ts';
import type { MediaPath } from '../providers/media-path.ts';

/** How long a number's recordings may be kept, in days. */
const MOST_DAYS = 3_650;
/** A pause must not be forgotten for the rest of the call. */
const LONGEST_PAUSE_SECONDS = 600;

/** There is an announcement in each (`resources/speech/recorded-*.opus20`). */
export const announcementLanguages = ['en', 'pt-BR', 'es', 'id', 'ar'] as const;
export type AnnouncementLanguage = (typeof announcementLanguages)[number];

/** How calls of one number are recorded. It is read from the relay's configuration, from windows and from the database. */
export const recordingPolicySchema = z.strictObject({
  /** Who records: nobody, the provider, the relay (calls that it carries), or the console (calls that it speaks itself). */
  by: z
    .enum(['off', 'provider', 'relay', 'console'], {
      error: 'must be "off", "provider", "relay" or "console"',
    })
    .default('off'),
  /** Nothing is recorded before the customer was told: by an announcement, or by the agent, who confirms it. */
  consent: z
    .enum(['announcement', 'agent'], { error: 'must be "announcement" or "agent"' })
    .default('announcement'),
  /** In which language the announcement is. */
  language: z
    .enum(announcementLanguages, {
      error: `must be one of ${announcementLanguages.map((tag) => `"${tag}"`).join(', ')}`,
    })
    .default('en'),
  /** What it is for, in words that WhatsApp reads out where it records. */
  purpose: z.string().trim().min(1).max(250).optional(),
  /** Where finished recordings are kept. */
  where: z
    .enum(['console', 'relay', 's3'], { error: 'must be "console", "relay" or "s3"' })
    .default('console'),
  /** After so many days they are deleted. */
  keepDays: z.int().min(1).max(MOST_DAYS).default(90),
  /** A pause ends by itself after so many seconds. */
  pauseForSeconds: z.int().min(5).max(LONGEST_PAUSE_SECONDS).default(60),
});

/** How calls of one number are recorded. */
export type RecordingPolicy = z.output<typeof recordingPolicySchema>;

export const NOT_RECORDED: RecordingPolicy = recordingPolicySchema.parse({});

/** Why a number cannot be recorded as asked; the words are `recorder.problems` of the catalogue. */
export type RecordingProblem =
  | 'provider-cannot'
  | 'relay-decides'
  | 'relay-does-not-carry'
  | 'console-does-not-speak'
  | 'console-keeps-its-own'
  | 'forbidden';

/** What decides whether a number can be recorded in a way. */
export interface RecordedNumber {
  path: MediaPath;
  /** Whether its provider documents recordings of its own. */
  providerRecords: boolean;
  /** Whose policy it is; the relay's by default. A console's cannot reach calls that the relay places and accepts. */
  askedBy?: 'relay' | 'console' | undefined;
  /** False: the organisation allows no recording. */
  allowed?: boolean | undefined;
}

/** Whether calls of a number can be recorded as the policy asks; undefined: they can. */
export function recordingProblem(
  { by, where }: Pick<RecordingPolicy, 'by' | 'where'>,
  { path, providerRecords, askedBy = 'relay', allowed = true }: RecordedNumber,
): RecordingProblem | undefined {
  if (by === 'off') return undefined;
  if (!allowed) return 'forbidden';
  if (askedBy === 'console' && path === 'relayed') return 'relay-decides';
  switch (by) {
    case 'provider':
      return providerRecords ? undefined : 'provider-cannot';
    case 'relay':
      return path === 'relayed' ? undefined : 'relay-does-not-carry';
    case 'console':
      if (path !== 'direct' && path !== 'streamed') return 'console-does-not-speak';
      // The relay has nothing of a call whose sound never passed it.
      return where === 'relay' ? 'console-keeps-its-own' : undefined;
    default:
      return assertNever(by, 'recorder');
  }
}
