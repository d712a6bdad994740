import { z } from 'zod';
import { assertNever } from '../../lib/assert-never.ts';
import type { ProviderError } from '../events.ts';
import type { Reader, UnassignedReport } from '../webhook.ts';
import { flag, maybe, person, text, time } from '../fields.ts';

/**
 * `message.received` as in the vendor's guide. Of a failure's fields only `errorMessage` of a
 * message read is documented, so likely others are read too.
 */
const messageSchema = z.looseObject({
  messageId: maybe(text),
  from: maybe(person),
  type: maybe(z.string()),
  fromMe: maybe(flag),
  content: maybe(z.string()),
  mediaCaption: maybe(z.string()),
  participantName: maybe(z.string()),
  createdAt: maybe(time),
  errorMessage: maybe(z.string()),
  errorCode: maybe(text),
  error: maybe(z.string()),
});
type MessagePayload = z.infer<typeof messageSchema>;

/** Messages of groups and channels come from nobody we could call. */
export const messageEvents = [
  'message.received',
  'message.reply',
  'message.sent',
  'message.delivered',
  'message.read',
  'message.failed',
] as const;
export type MessageEventName = (typeof messageEvents)[number];

/** Reads a `message.*` event: a customer's message, or the status of one of ours. */
export function readMessageEvent(
  reader: Reader,
  name: MessageEventName,
  value: unknown,
  path: string,
): UnassignedReport[] {
  const payload = reader.read(messageSchema, value, path);
  if (!payload) return [];
  const { messageId } = payload;
  if (messageId === undefined) {
    reader.malformed(path, 'no id of the message');
    return [];
  }
  switch (name) {
    case 'message.received':
    case 'message.reply':
      return received(reader, payload, messageId, path);
    case 'message.sent':
      return statusOf(reader, payload, messageId, 'sent', path);
    case 'message.delivered':
      return statusOf(reader, payload, messageId, 'delivered', path);
    case 'message.read':
      return statusOf(reader, payload, messageId, 'read', path);
    case 'message.failed':
      return statusOf(reader, payload, messageId, 'failed', path);
    default:
      return assertNever(name, 'event');
  }
}

/** A reply may also arrive as `message.received`; it is one message. */
function received(
  reader: Reader,
  payload: MessagePayload,
  messageId: string,
  path: string,
): UnassignedReport[] {
  if (payload.fromMe === true) {
    reader.unsupported(path, 'our own message, sent elsewhere');
    return [];
  }
  const { from, participantName: name, type = 'unknown' } = payload;
  if (from === undefined) reader.malformed(path, 'no number of the customer');
  const words = payload.content ?? payload.mediaCaption;
  return [
    {
      numberId: undefined,
      identity: `message:${messageId}`,
      event: {
        kind: 'message',
        at: reader.at(payload.createdAt, path),
        party: { ...from, name },
        messageId,
        type,
        ...(words !== undefined && { text: words }),
      },
    },
  ];
}

function statusOf(
  reader: Reader,
  payload: MessagePayload,
  messageId: string,
  status: 'sent' | 'delivered' | 'read' | 'failed',
  path: string,
): UnassignedReport[] {
  const { errorCode: code = 'unknown', errorMessage = payload.error ?? '' } = payload;
  const error: ProviderError = { code, message: errorMessage, transient: false };
  return [
    {
      numberId: undefined,
      identity: `message-status:${status}:${messageId}`,
      event: {
        kind: 'message-status',
        at: reader.at(payload.createdAt, path),
        messageId,
        status,
        errors: status === 'failed' ? [error] : [],
      },
    },
  ];
}
