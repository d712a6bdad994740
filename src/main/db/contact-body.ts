import { z } from 'zod';
import { manyLines } from '../../shared/lib/foreign-text.ts';
import { messageFile } from '../../shared/protocol/provider-event.ts';
import { parseColumn } from './json.ts';

const optionalText = z.string().optional();
/** Earlier versions stored texts unfiltered. */
const foreignText = z.string().transform(manyLines).optional();

/**
 * What is stored of an event between a person and a number of ours. Later versions read old rows.
 */
const contactBody = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message-in'),
    type: z.string(),
    text: foreignText,
    file: messageFile.optional(),
    /** The provider's id of the message that it answers. */
    replyTo: optionalText,
  }),
  z.object({
    kind: z.literal('message-out'),
    what: z.enum(['text', 'template', 'call-button', 'contact-request']),
    by: z.string(),
    text: optionalText,
    template: optionalText,
    /** The provider's id of the message that it answers. */
    replyTo: optionalText,
    /** What another attempt needs besides; only where the message was written. */
    use: z.object({ language: z.string(), values: z.array(z.string()) }).optional(),
    button: z
      .object({ label: z.string(), minutes: z.number().optional(), payload: optionalText })
      .optional(),
    /** The provider has not accepted it. */
    unsent: z.boolean().optional(),
    /** It failed, and another attempt was begun. */
    retried: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('permission-request'),
    by: z.string(),
    text: optionalText,
    template: optionalText,
  }),
  z.object({
    kind: z.literal('permission'),
    granted: z.boolean(),
    permanent: z.boolean(),
    expiresAt: z.number().optional(),
    source: z.enum(['user', 'automatic']),
  }),
  z.object({
    kind: z.literal('colleague-call'),
    outcome: z.enum(['connected', 'unanswered', 'rejected', 'cancelled', 'failed']),
    connectedAt: z.number().optional(),
    talkSeconds: z.number().optional(),
  }),
  /** A teammate's note about a call. */
  z.object({
    kind: z.literal('note'),
    by: z.string(),
    providerCallId: z.string(),
    text: z.string().transform(manyLines),
    disposition: optionalText,
    tags: z.array(z.string()).optional(),
    callbackAt: z.number().optional(),
  }),
]);
export type ContactBody = z.infer<typeof contactBody>;
export type MessageOut = Extract<ContactBody, { kind: 'message-out' }>;

/** Undefined for a row that this version cannot read. */
export function parseContactBody(text: string): ContactBody | undefined {
  const read = contactBody.safeParse(parseColumn(text));
  return read.success ? read.data : undefined;
}
