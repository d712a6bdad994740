import { fill, t } from '../../shared/i18n/i18n.ts';
import type { Key, ValuesOf } from '../../shared/i18n/keys.ts';
import type { Result } from '../../shared/lib/result.ts';
import { z } from 'zod';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import { knownPlaceholders, screenPopProblem } from '../../shared/links/screen-pop.ts';
import { parseJsonText } from './json-text.ts';
import { readForwardTo } from '../../shared/providers/zernio/forward-to.ts';
import { providerIds } from '../../shared/rules/data/providers.ts';

/** Translated when a problem is reported, so that it follows the language. */
const say = (key: TextKey) => ({ error: () => t(key) });
type TextKey = { [K in Key]: ValuesOf<K> extends [] ? K : never }[Key];

const name = z.string().trim().min(1, say('profile.empty')).max(200);

const relayUrl = z.string().superRefine((text, check) => {
  const problem = addressProblem(text, 'ws');
  if (problem !== undefined)
    check.addIssue({ code: 'custom', message: t('profile.quoted', { text, problem }) });
});

/** Only the format is checked: the provider assigned the number, whatever numbering plans say. */
const number = z.string().superRefine((text, check) => {
  if (!/^\+[1-9]\d{6,14}$/.test(text)) {
    check.addIssue({
      code: 'custom',
      message: t('profile.number', { text }),
    });
  }
});

const apiBase = z
  .string()
  .superRefine((text, check) => {
    const problem = addressProblem(text, 'http');
    if (problem !== undefined) check.addIssue({ code: 'custom', message: problem });
  })
  .transform((text) => text.replace(/\/+$/, ''));

/** A token or key; never repeated in an error. */
const secret = name.max(4000).superRefine((text, check) => {
  const problem = secretProblem(text);
  if (problem !== undefined) check.addIssue({ code: 'custom', message: problem });
});

const common = { id: name, label: name, number, apiBase: apiBase.optional() };

const metaAccount = z
  .object({
    ...common,
    provider: z.literal('meta'),
    phoneNumberId: z.string().regex(/^\d+$/, say('profile.phoneNumberId')),
    wabaId: z.string().regex(/^\d+$/, say('profile.wabaId')),
    accessToken: secret,
    apiVersion: z
      .string()
      .regex(/^v\d+\.\d+$/, say('profile.apiVersion'))
      .optional(),
    recording: z
      .object({
        purpose: z
          .string()
          .trim()
          .min(1, say('profile.recordingPurpose'))
          .max(250, say('profile.recordingPurposeLong')),
        language: z
          .string()
          .regex(/^[a-z]{2}(_[A-Z]{2})?$/, say('profile.recordingLanguage'))
          .optional(),
        transcript: z.boolean().optional(),
      })
      .strict()
      .optional(),
  })
  .strict();

const d360Account = z.object({ ...common, provider: z.literal('d360'), apiKey: secret }).strict();

const pilotMetaAccount = z
  .object({ ...common, provider: z.literal('pilot-meta'), apiKey: secret })
  .strict();

const pilotWebAccount = z
  .object({
    ...common,
    provider: z.literal('pilot-web'),
    apiKey: secret,
    audio: z
      .object({
        sampleRate: z
          .int()
          .min(8000, say('profile.sampleRateLow'))
          .max(48_000, say('profile.sampleRateHigh')),
        frameMs: z.int().min(10, say('profile.frameShort')).max(100, say('profile.frameLong')),
      })
      .strict()
      .optional(),
  })
  .strict();

const zernioAccount = z
  .object({
    ...common,
    provider: z.literal('zernio'),
    apiKey: secret,
    zernioAccountId: name,
    softphone: z.literal('relay', say('profile.softphone')).optional(),
    relayAddress: z
      .string()
      .refine((text) => readForwardTo(text).kind === 'wss', say('profile.relayAddress'))
      .optional(),
  })
  .strict()
  .refine(({ softphone, relayAddress }) => softphone !== undefined || relayAddress === undefined, {
    path: ['relayAddress'],
    ...say('profile.relayAddressAlone'),
  });

const account = z.discriminatedUnion(
  'provider',
  [metaAccount, d360Account, pilotMetaAccount, pilotWebAccount, zernioAccount],
  {
    error: ({ code, input }) => {
      if (code !== 'invalid_union') return undefined;
      const missing = typeof input === 'object' && input !== null && !('provider' in input);
      const known = providerIds.map((id) => `"${id}"`).join(', ');
      return t(missing ? 'profile.providerMissing' : 'profile.providerUnknown', { known });
    },
  },
);

/** A page about each customer, set for all agents. */
const screenPop = z
  .object({
    address: z.string().superRefine((text, check) => {
      const problem = screenPopProblem(text);
      if (problem === undefined) return;
      check.addIssue({
        code: 'custom',
        message: fill(`screenPop.problems.${problem}`, { known: knownPlaceholders() }),
      });
    }),
    name: z.string().trim().max(40).optional(),
    onAccept: z.boolean().optional(),
  })
  .strict();

/** Provisions a console: the agent, the relay, and the numbers. */
const profileSchema = z
  .object({
    version: z.literal(1, say('profile.version')),
    agent: z.object({ id: name, name }).strict(),
    relay: z.object({ url: relayUrl, token: secret }).strict(),
    accounts: z.array(account).min(1, say('profile.noNumbers')),
    screenPop: screenPop.optional(),
  })
  .strict()
  .superRefine((profile, check) => {
    profile.accounts.forEach(({ id }, index) => {
      if (profile.accounts.findIndex((other) => other.id === id) === index) return;
      check.addIssue({
        code: 'custom',
        path: ['accounts', index, 'id'],
        message: t('profile.usedTwice', { id }),
      });
    });
  });
export type Profile = z.infer<typeof profileSchema>;

/** Reads a profile. Each problem names its field, says what to do, and never repeats a secret. */
export function parseProfile(text: string): Result<Profile, readonly string[]> {
  const content = parseJsonText(text);
  if (!content.ok) return { ok: false, error: [content.error] };
  const parsed = profileSchema.safeParse(content.value, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, error: parsed.error.issues.map(problemOf) };
}

function problemOf(issue: z.core.$ZodIssue): string {
  const field = issue.path
    .map((key, at) =>
      typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`,
    )
    .join('');
  const where = field === '' ? '' : `${field}: `;
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `“${key}”`).join(', ');
    return where + t('profile.unknownKeys', { keys });
  }
  if (issue.code === 'invalid_type') {
    return issue.input === undefined
      ? where + t('profile.missing')
      : where + t('profile.wrongType', { type: issue.expected });
  }
  return `${where}${issue.message}`;
}

/**
 * What is wrong with a token or key; undefined if nothing is. It travels in a header, whose values
 * are ASCII (RFC 9110, 5.5); quotes, line breaks and invisible characters are often copied along.
 */
export function secretProblem(text: string): string | undefined {
  const at = text.search(/[^ -~]/);
  if (at === -1) return undefined;
  const code = text.codePointAt(at) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return t('profile.badCharacter', { position: at + 1, character: name });
}
