import { z } from 'zod';
import {
  NOT_RECORDED,
  recordingPolicySchema,
  type RecordingPolicy,
  type RecordingProblem,
  recordingProblem,
} from '../../shared/recording/policy.ts';
import { isLoopback } from '../../shared/lib/loopback.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';

/** How calls of one number are recorded; consoles follow it, too. */
export const accountRecording = recordingPolicySchema.optional();

const secret = z.string({ error: 'must be a text' }).regex(/^[\da-f]{64}$/, {
  error: 'must be 64 hexadecimal digits, e.g. what "openssl rand -hex 32" prints',
});

/** Where the relay keeps what it records, and what seals it. */
export const recording = z
  .strictObject({
    /** 64 hexadecimal digits. Whoever has lost it cannot play a recording any more. */
    key: secret.optional(),
    /** Earlier keys, until every recording is sealed with `key`. */
    oldKeys: z.array(z.strictObject({ key: secret })).default([]),
    /** Relative to `dataDir`. */
    folder: z
      .string({ error: 'must be the name of a folder' })
      .min(1, { error: 'is empty. Leave it out for "recordings"' })
      .default('recordings'),
    /** What customers hear before a recording in place of our words: Ogg Opus files, by account. */
    announcements: z
      .record(z.string(), z.string().min(1), {
        error: 'must name a file for each account, e.g. { "support": "recorded.ogg" }',
      })
      .optional(),
    /** Where recordings go whose policy says `s3`; any store that speaks S3. */
    s3: z
      .strictObject({
        endpoint: z
          .url({
            protocol: /^https?$/,
            error: 'must be an address, e.g. "https://s3.eu-central-1.amazonaws.com"',
          })
          .refine(
            (address) => address.startsWith('https:') || isLoopback(new URL(address).hostname),
            {
              error: 'must begin with "https:"',
            },
          ),
        region: z.string({ error: 'must be a text' }).min(1).default('us-east-1'),
        bucket: z
          .string({ error: 'must be the name of a bucket' })
          .regex(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/, { error: 'must be the name of a bucket' }),
        /** What the names of files begin with. */
        prefix: z
          .string({ error: 'must be a text' })
          .regex(/^(?:[\w.-]+\/)*$/, { error: 'must end with "/"' })
          .default('recordings/'),
        accessKeyId: z.string({ error: 'must be a text' }).min(1),
        key: z.string({ error: 'must be the secret access key' }).min(1),
      })
      .optional(),
  })
  .prefault({});

const WORDS: Readonly<Record<RecordingProblem, string>> = {
  'provider-cannot': 'cannot be "provider": this provider documents no recordings of its own',
  'relay-does-not-carry':
    'cannot be "relay": the sound of this number\'s calls does not pass the relay. Set its path to "relayed"',
  'console-does-not-speak':
    'cannot be "console": the sound of this number\'s calls does not begin at a console',
  'console-keeps-its-own':
    'cannot be kept at the relay, because the console records. Set where to "console" or "s3"',
  'relay-decides': 'is decided by the relay',
  forbidden: 'is not allowed',
};

/** Why a number cannot be recorded as its account says, for the config's author. */
export function accountRecordingProblem(
  policy: RecordingPolicy | undefined,
  { path, provider }: { path: MediaPath; provider: string },
): string | undefined {
  if (!policy) return undefined;
  const providerRecords = provider === 'meta' || provider === 'zernio';
  const problem = recordingProblem(policy, { path, providerRecords });
  return problem && WORDS[problem];
}

/** How calls of a number are recorded. */
export function recordingPolicyOf(
  { accounts }: { accounts: readonly { id: string; recording?: RecordingPolicy | undefined }[] },
  accountId: string,
): RecordingPolicy {
  return accounts.find(({ id }) => id === accountId)?.recording ?? NOT_RECORDED;
}
