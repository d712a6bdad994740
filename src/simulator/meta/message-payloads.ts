import { createHash } from 'node:crypto';
import type { CloudNumber } from '../config.ts';
import type { Message, MessageStatus } from '../customers/chat-service.ts';
import type { PermissionChange } from '../customers/permission-service.ts';
import type { MessageFile } from '../customers/sample-files.ts';
import { errorMessage } from './errors.ts';
import { base, contacts, digits, given, type Json, seconds } from './payload-parts.ts';

/**
 * docs/providers/meta.md#permission-reply, on field `messages`.
 *
 * @vendor documented meta/permission-temporary meta/permission-permanent meta/permission-declined
 *   meta/permission-revoked
 */
export const permissionReply = (
  account: CloudNumber,
  change: PermissionChange,
  messageId: string,
  now: number,
): Json => ({
  ...base(account),
  ...contacts(change.customer),
  messages: [
    {
      ...given('from', change.customer.waId),
      from_user_id: change.customer.bsuid,
      id: messageId,
      timestamp: seconds(now),
      ...(change.context === undefined
        ? {}
        : { context: { from: digits(account.displayPhoneNumber), id: change.context } }),
      type: 'interactive',
      interactive: {
        type: 'call_permission_reply',
        call_permission_reply: {
          response: change.response,
          ...(change.response === 'accept' ? { is_permanent: change.permanent } : {}),
          ...(change.expiresAt === undefined
            ? {}
            : { expiration_timestamp: seconds(change.expiresAt) }),
          response_source: change.source,
        },
      },
    },
  ],
});

/**
 * A customer's message, on field `messages`.
 *
 * @vendor documented meta/message-text meta/message-reply meta/message-image meta/message-audio
 *   meta/message-sticker meta/message-document
 */
export const message = (account: CloudNumber, written: Message): Json => {
  const { type, text, file } = written;
  return fromCustomer(account, written, {
    type,
    ...(file ? { [type]: fileIn(type, file, text) } : { text: { body: text } }),
  });
};

/**
 * A customer gives their number because the business asked for it (docs/providers/meta.md#contact-request).
 *
 * @vendor third-party
 */
export const numberShared = (account: CloudNumber, written: Message): Json =>
  fromCustomer(account, written, {
    type: 'contacts',
    contacts: [
      {
        origin: 'contact_request',
        name: { formatted_name: written.customer.name },
        phones: [{ phone: `+${written.sharedNumber}`, wa_id: written.sharedNumber }],
      },
    ],
  });

/** One message of a customer, with its content. */
const fromCustomer = (
  account: CloudNumber,
  { customer, id, at, replyTo }: Message,
  content: Json,
): Json => ({
  ...base(account),
  ...contacts(customer),
  messages: [
    {
      ...given('from', customer.waId),
      from_user_id: customer.bsuid,
      id,
      timestamp: seconds(at),
      ...(replyTo !== undefined && {
        context: { from: digits(account.displayPhoneNumber), id: replyTo },
      }),
      ...content,
    },
  ],
});

/** Where Meta itself keeps a file. */
export const metaUrlOf = (fileId: string): string =>
  `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${fileId}`;

function fileIn(
  type: string,
  { id, mime, name, voice, content }: MessageFile,
  caption: string | undefined,
): Json {
  return {
    ...(type !== 'audio' && type !== 'sticker' && given('caption', caption)),
    ...(type === 'document' && given('filename', name)),
    mime_type: mime,
    sha256: createHash('sha256').update(content).digest('base64'),
    id,
    url: metaUrlOf(id),
    ...(type === 'audio' && { voice }),
    ...(type === 'sticker' && { animated: false }),
  };
}

/**
 * The status of a message of the business, on field `messages`.
 *
 * @vendor documented meta/message-status meta/message-status-failed
 */
export const messageStatus = (
  account: CloudNumber,
  { id, customer }: Message,
  status: MessageStatus,
  now: number,
): Json => ({
  ...base(account),
  ...contacts(customer),
  statuses: [
    {
      id,
      status,
      timestamp: seconds(now),
      ...given('recipient_id', customer.waId),
      recipient_user_id: customer.bsuid,
      ...(status === 'failed' && { errors: [messageError(customer.behaviour.undeliverable ?? 0)] }),
    },
  ],
});

function messageError(code: number): Json {
  const title = errorMessage(code).replace(/^\(#\d+\) /, '');
  return {
    code,
    title,
    message: title,
    error_data: { details: `${title}.` },
    href: '/documentation/business-messaging/whatsapp/support/error-codes',
  };
}
