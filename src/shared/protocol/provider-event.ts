import { z } from 'zod';
import { manyLines, nameWorthShowing } from '../lib/foreign-text.ts';
import { numberFactKinds } from '../rules/data/number-fact-kinds.ts';
import { providerIds } from '../rules/data/providers.ts';

/** Unix ms. */
export const time = z.number().int().nonnegative();
export const optionalText = z.string().optional();

/** An id of ours or a provider's; the longest known has some 100 characters. */
export const id = z.string().min(1).max(300);
/** A display name. */
export const personName = z.string().min(1).max(300);

/** Text that somebody wrote, cleaned of characters that could reverse the text around it. */
export const foreignText = z.string().transform(manyLines).optional();

/** A name cleaned for display, because an older relay's log may contain anything. */
const shownName = z
  .string()
  .transform((text) => nameWorthShowing(text))
  .optional();

export const party = z.object({
  waId: id.optional(),
  userId: id.optional(),
  name: shownName,
  username: shownName,
});

export const providerError = z.object({
  code: z.string(),
  message: z.string(),
  details: optionalText,
  transient: z.boolean(),
  provider: z.enum(providerIds).optional().catch(undefined),
});

/** A file in a customer's message. */
export const messageFile = z.object({
  id: z.string().min(1),
  mime: optionalText,
  name: shownName,
  voice: z.boolean().optional(),
});

const bill = z.object({
  billable: optionalText,
  meta: optionalText,
  carrier: optionalText,
  recording: optionalText,
  transcription: optionalText,
  total: optionalText,
});

const numberChange = z.discriminatedUnion('what', [
  z.object({ what: z.literal('settings') }),
  z.object({
    what: z.literal('restricted'),
    restrictions: z.array(
      z.object({ type: z.string(), expiresAt: time.optional(), remediation: optionalText }),
    ),
  }),
  z.object({ what: z.literal('warning'), type: z.string(), remediation: optionalText }),
  z.object({
    what: z.literal('fact'),
    fact: z.object({ kind: z.enum(numberFactKinds), code: optionalText, quote: optionalText }),
  }),
  z.object({ what: z.literal('fact-over'), kinds: z.array(z.enum(numberFactKinds)) }),
  z.object({
    what: z.literal('price-tier'),
    tier: z.string(),
    month: optionalText,
    region: optionalText,
  }),
]);

/**
 * A provider's report in the relay's log: the wire form of `ProviderEvent`
 * (../providers/events.ts).
 */
export const providerEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('offer'),
    at: time,
    party,
    /** Missing in a relayed call, whose media ends at the relay. */
    sdp: z.string().optional(),
    payload: foreignText,
  }),
  z.object({
    kind: z.literal('announced'),
    at: time,
    party,
    direction: z.enum(['inbound', 'outbound']),
  }),
  z.object({ kind: z.literal('answer'), at: time, party, sdp: z.string().optional() }),
  z.object({
    kind: z.literal('status'),
    at: time,
    status: z.enum(['ringing', 'accepted', 'rejected']),
  }),
  z.object({
    kind: z.literal('terminated'),
    at: time,
    party,
    direction: z.enum(['inbound', 'outbound']).optional(),
    failed: z.boolean(),
    startedAt: time.optional(),
    endedAt: time.optional(),
    durationSeconds: z.number().nonnegative().optional(),
    errors: z.array(providerError),
    bill: bill.optional(),
    voicemail: z.boolean().optional(),
    recorded: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('recording'),
    at: time,
    what: z.enum(['audio', 'transcript', 'voicemail']),
    mediaId: optionalText,
  }),
  z.object({
    kind: z.literal('message'),
    at: time,
    party,
    messageId: z.string().min(1),
    type: z.string(),
    text: foreignText,
    file: messageFile.optional(),
    replyTo: z.string().min(1).optional(),
  }),
  z.object({
    kind: z.literal('message-status'),
    at: time,
    messageId: z.string().min(1),
    status: z.enum(['sent', 'delivered', 'read', 'failed']),
    errors: z.array(providerError),
  }),
  z.object({ kind: z.literal('moved'), at: time, before: party, now: party }),
  z.object({
    kind: z.literal('number'),
    at: time,
    number: optionalText,
    owner: optionalText,
    change: numberChange,
  }),
  z.object({
    kind: z.literal('permission'),
    at: time,
    party,
    granted: z.boolean(),
    permanent: z.boolean(),
    expiresAt: time.optional(),
    source: z.enum(['user', 'automatic']),
  }),
]);
