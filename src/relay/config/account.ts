import { z } from 'zod';
import { filled, seconds } from './words.ts';

const id = z.string({ error: 'must be a text' }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error:
    'must be 1 to 64 letters, digits, dots, dashes or underscores; it is part of the webhook URL',
});

const WHO = 'must be "assigned", "team:<name>" or "anyone"';

const ringStep = z.strictObject(
  {
    who: z
      .string({ error: WHO })
      .regex(/^(assigned|anyone|team:.+)$/, { error: WHO })
      .transform(readWho),
    seconds: seconds(1, 60),
  },
  { error: 'must be a step, e.g. { "who": "assigned", "seconds": 15 }' },
);

const metaAccount = z.strictObject({
  id,
  provider: z.literal('meta'),
  phoneNumberId: filled("Take it from WhatsApp > API Setup in Meta's App Dashboard"),
  appSecret: filled("Take it from App settings > Basic in Meta's App Dashboard"),
  verifyToken: filled(
    'Choose any text and enter the same one where you set the webhook in the App Dashboard',
  ),
  /** What an illegal `a=setup:actpass` in Meta's answer to a call of ours is taken for. */
  actpassAnswer: z
    .enum(['active', 'passive'], { error: 'must be "active" or "passive"' })
    .optional(),
  /** `anchored`: the relay is the media end towards the customer, and speaks with the provider. */
  route: z
    .enum(['direct', 'anchored'], { error: 'must be "direct" or "anchored"' })
    .default('direct'),
  /** Anchored only. */
  accessToken: z
    .string({ error: 'must be a text' })
    .min(1, { error: 'is empty. Leave it out unless route is "anchored"' })
    .optional(),
  /** Root of the provider's API without a version; left out: Meta's own. */
  apiBase: z.url({ error: 'must be a URL, e.g. "https://graph.facebook.com"' }).optional(),
  apiVersion: z
    .string({ error: 'must be a text' })
    .regex(/^v\d+\.\d+$/, { error: 'must be a version, e.g. "v26.0"' })
    .optional(),
  /** Who is asked in which order. Everybody who was asked keeps ringing when others are. */
  ring: z
    .union([z.literal('everyone'), z.array(ringStep).min(1)], {
      error: 'must be "everyone" or a list of steps, e.g. [{ "who": "assigned", "seconds": 15 }]',
    })
    .default('everyone'),
});

/** Whom one step of a ring order asks. */
export type Who = { kind: 'assigned' } | { kind: 'anyone' } | { kind: 'team'; team: string };

function readWho(text: string): Who {
  if (text === 'assigned' || text === 'anyone') return { kind: text };
  return { kind: 'team', team: text.slice('team:'.length) };
}

const account = z.discriminatedUnion('provider', [metaAccount], {
  error: ({ input }) =>
    typeof input === 'object' && input !== null
      ? 'must be one of the known providers: "meta"'
      : 'must be an object',
});

/** The accounts of the config file. */
export const accountList = z
  .array(account, { error: 'must be a list with one object per business number' })
  .superRefine((accounts, context) => {
    const seen = new Set<string>();
    const complain = (index: number, field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [index, field], message });
    accounts.forEach((one, index) => {
      if (seen.has(one.id)) {
        complain(index, 'id', `is "${one.id}" again. Every account needs an id of its own`);
      }
      seen.add(one.id);
      if (one.route === 'anchored' && one.accessToken === undefined) {
        complain(
          index,
          'accessToken',
          'is missing. With the route "anchored" the relay itself speaks with the provider',
        );
      }
    });
  });

/** One business number at its provider. */
export type Account = z.infer<typeof account>;
export type MetaAccount = Extract<Account, { provider: 'meta' }>;
export type RingOrder = Account['ring'];
