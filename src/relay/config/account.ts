import { z } from 'zod';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { consoleOf } from './console.ts';
import { ring } from './ring.ts';
import { accountRecording, accountRecordingProblem } from './recording.ts';
import { stream } from './stream.ts';
import { filled, secretText } from './fields.ts';

/** How ids of calls begin that are of no account: those that we place, and offers to a teammate. */
const NO_ACCOUNT: ReadonlySet<string> = new Set(['out', 'offer']);

const id = z
  .string({ error: 'must be a text' })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error:
      'must be 1 to 64 letters, digits, dots, dashes or underscores; it is part of the webhook URL',
  })
  .refine((text) => !NO_ACCOUNT.has(text), {
    error: 'is a word that the relay uses; choose another',
  });

const FOR_RELAYED = 'is empty. Leave it out unless path is "relayed"';
const credential = z.string({ error: 'must be a text' }).min(1, { error: FOR_RELAYED }).optional();

/** Where a number's calls by SDP may end, and what the relay needs if they end at the relay. */
const bySdp = {
  /** `relayed`: the relay is the customer's media end and makes the requests to the provider. */
  path: z.enum(['direct', 'relayed'], { error: 'must be "direct" or "relayed"' }).default('direct'),
  /** Root of the provider's API; by default the provider's own. */
  apiBase: z
    .string({ error: 'must be a URL, e.g. "https://graph.facebook.com"' })
    .superRefine((text, check) => {
      const problem = addressProblem(text, 'http');
      if (problem !== undefined) check.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  /** Replacement for an illegal `a=setup:actpass` in the answer to our call. */
  actpassAnswer: z
    .enum(['active', 'passive'], { error: 'must be "active" or "passive"' })
    .optional(),
};

/** Compared with the last part of the webhook's address, or with the header `X-Ringdesk-Secret`. */
const webhookSecret = secretText('Choose one, and put it at the end of the webhook URL');

const metaAccount = z.strictObject({
  id,
  ring,
  recording: accountRecording,
  provider: z.literal('meta'),
  console: consoleOf.meta,
  phoneNumberId: filled("Take it from WhatsApp > API Setup in Meta's App Dashboard"),
  appSecret: filled("Take it from App settings > Basic in Meta's App Dashboard"),
  verifyToken: filled(
    'Choose any text and enter the same one where you set the webhook in the App Dashboard',
  ),
  ...bySdp,
  /** Relayed only. */
  accessToken: credential,
  apiVersion: z
    .string({ error: 'must be a text' })
    .regex(/^v\d+\.\d+$/, { error: 'must be a version, e.g. "v26.0"' })
    .optional(),
});

const d360Account = z.strictObject({
  id,
  ring,
  recording: accountRecording,
  provider: z.literal('d360'),
  console: consoleOf.byKey,
  /** Partners' webhooks are signed with it. */
  platformSecret: filled('It is the secret of your partner platform').optional(),
  webhookSecret: webhookSecret.optional(),
  /** Only if one webhook delivers the events of several numbers. */
  phoneNumberId: filled('Leave it out if the webhook is of this number alone').optional(),
  ...bySdp,
  /** Relayed only: the `D360-API-KEY`, which belongs to one number. */
  apiKey: credential,
});

const pilotMetaAccount = z.strictObject({
  id,
  ring,
  recording: accountRecording,
  provider: z.literal('pilot-meta'),
  console: consoleOf.byKey,
  webhookSecret,
  ...bySdp,
  /** Relayed only: the number-scoped `ps_` key. */
  apiKey: credential,
});

const pilotWebAccount = z.strictObject({
  id,
  ring,
  recording: accountRecording,
  provider: z.literal('pilot-web'),
  console: consoleOf.pilotWeb,
  webhookSecret,
});

const zernioAccount = z.strictObject({
  id,
  ring,
  recording: accountRecording,
  provider: z.literal('zernio'),
  console: consoleOf.zernio,
  signingSecret: filled('It is the secret of the webhook in Zernio’s settings'),
  webhookSecret: webhookSecret.optional(),
  /** Only if one webhook delivers the events of several numbers. */
  zernioAccountId: filled('Leave it out if the webhook is of this number alone').optional(),
  stream: stream.optional(),
});

const members = [
  metaAccount,
  d360Account,
  pilotMetaAccount,
  pilotWebAccount,
  zernioAccount,
] as const;

const account = z.discriminatedUnion('provider', members, {
  error: ({ input }) =>
    typeof input === 'object' && input !== null
      ? `must be one of the known providers: ${members.map(({ shape }) => `"${shape.provider.value}"`).join(', ')}`
      : 'must be an object',
});

/** One business number at its provider. */
export type Account = z.infer<typeof account>;
/** A number whose calls come by SDP, so that the relay can be their media end. */
export type SdpAccount = Extract<Account, { path: unknown }>;

/** The accounts of the config file. */
export const accountList = z
  .array(account, { error: 'must be a list with one object per business number' })
  .superRefine((accounts, context) => {
    const seen = new Set<string>();
    accounts.forEach((one, index) => {
      const complain = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: [index, field], message });
      if (seen.has(one.id)) {
        complain('id', `is "${one.id}" again. Every account needs an id of its own`);
      }
      seen.add(one.id);
      const unrecorded = accountRecordingProblem(one.recording, {
        path: pathOf(one),
        provider: one.provider,
      });
      if (unrecorded !== undefined) complain('recording', unrecorded);
      if (isRelayed(one) && credentialOf(one) === undefined) {
        complain(
          one.provider === 'meta' ? 'accessToken' : 'apiKey',
          'is missing. With the path "relayed" the relay itself speaks with the provider',
        );
      }
      if (
        one.provider === 'd360' &&
        one.platformSecret === undefined &&
        one.webhookSecret === undefined
      ) {
        complain(
          'webhookSecret',
          'is missing. Without a partner account 360dialog signs nothing: choose a secret and put it at the end of the webhook URL',
        );
      }
    });
  });

/** Whether the relay is the media end of a number's calls. */
export function isRelayed(account: Account): account is SdpAccount {
  return 'path' in account && account.path === 'relayed';
}

/** The relay's own credential at the provider. */
export function credentialOf(account: SdpAccount): string | undefined {
  return account.provider === 'meta' ? account.accessToken : account.apiKey;
}

/** How the audio of a number's calls travels. */
export function pathOf(account: Account): MediaPath {
  switch (account.provider) {
    case 'meta':
    case 'd360':
    case 'pilot-meta':
      return account.path;
    case 'pilot-web':
      return 'streamed';
    case 'zernio':
      return account.stream ? 'streamed' : 'external';
    default:
      return assertNever(account, 'account');
  }
}
