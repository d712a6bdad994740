import { t } from '../../shared/i18n/i18n.ts';
import type { Result } from '../../shared/lib/result.ts';
import { z } from 'zod';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import { parseJson } from '../../shared/lib/parse-json.ts';
import { readForwardTo } from '../../shared/providers/zernio/forward-to.ts';
import { providerIds } from '../../shared/rules/data/providers.ts';

const name = z.string().trim().min(1, t('profile.empty')).max(200);

const relayUrl = z.string().superRefine((text, check) => {
  const problem = addressProblem(text, 'ws');
  if (problem !== undefined)
    check.addIssue({ code: 'custom', message: t('profile.quoted', { text, problem }) });
});

/** Only the form is checked: the provider gave the number, whatever numbering plans say of it. */
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
    phoneNumberId: z.string().regex(/^\d+$/, 'must be the digits Meta shows as “Phone number ID”'),
    wabaId: z
      .string()
      .regex(/^\d+$/, 'must be the digits Meta shows as “WhatsApp Business Account ID”'),
    accessToken: secret,
    apiVersion: z
      .string()
      .regex(/^v\d+\.\d+$/, 'must look like v26.0')
      .optional(),
    recording: z
      .object({
        purpose: z
          .string()
          .trim()
          .min(1, 'must say what calls are recorded for')
          .max(250, 'must have at most 250 characters'),
        language: z
          .string()
          .regex(
            /^[a-z]{2}(_[A-Z]{2})?$/,
            'must be a language of the spoken notice, e.g. pt or en_US',
          )
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
          .min(8000, 'must be samples per second, from 8000')
          .max(48_000, 'must be samples per second, up to 48000'),
        frameMs: z
          .int()
          .min(10, 'must be milliseconds, from 10')
          .max(100, 'must be milliseconds, up to 100'),
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
    softphone: z
      .literal('relay', 'must be "relay", or be left out where calls are answered elsewhere')
      .optional(),
    relayAddress: z
      .string()
      .refine(
        (text) => readForwardTo(text).kind === 'wss',
        'must be the address that starts with wss:// at which the relay takes Zernio’s calls',
      )
      .optional(),
  })
  .strict()
  .refine(({ softphone, relayAddress }) => softphone !== undefined || relayAddress === undefined, {
    path: ['relayAddress'],
    error: 'works only together with "softphone": "relay"',
  });

const account = z.discriminatedUnion(
  'provider',
  [metaAccount, d360Account, pilotMetaAccount, pilotWebAccount, zernioAccount],
  {
    error: ({ code, input }) => {
      if (code !== 'invalid_union') return undefined;
      const missing = typeof input === 'object' && input !== null && !('provider' in input);
      const known = providerIds.map((id) => `"${id}"`).join(', ');
      return `${missing ? 'is missing' : 'is not a provider this version knows'}; use ${known}`;
    },
  },
);

/** What provisions a console: who the agent is, where the relay is, which numbers there are. */
const profileSchema = z
  .object({
    version: z.literal(1, 'is not a version this Ringdesk knows; it reads version 1'),
    agent: z.object({ id: name, name }).strict(),
    relay: z.object({ url: relayUrl, token: secret }).strict(),
    accounts: z.array(account).min(1, 'must list at least one number'),
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

/**
 * Reads a profile. Each problem names its field and says what to do, and never repeats a secret.
 */
export function parseProfile(text: string): Result<Profile, readonly string[]> {
  const content = parseJson(text);
  if (!content.ok) {
    return { ok: false, error: [`the file is not JSON (${content.error})`] };
  }
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
    return `${where}${issue.keys.map((key) => `“${key}”`).join(', ')} does not belong here; check the spelling or remove it`;
  }
  if (issue.code === 'invalid_type') {
    return issue.input === undefined
      ? `${where}is missing`
      : `${where}must be of type ${issue.expected}`;
  }
  return `${where}${issue.message}`;
}

/**
 * Why a token or key can be none; undefined when it can. They travel in headers, whose values are
 * ASCII (RFC 9110, 5.5); quotes, line breaks and invisible characters come along when people copy
 * one.
 */
export function secretProblem(text: string): string | undefined {
  const at = text.search(/[^ -~]/);
  if (at === -1) return undefined;
  const code = text.codePointAt(at) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `has a character at position ${at + 1} (${name}) that no key may have; copy it again, without quotes and line breaks`;
}
