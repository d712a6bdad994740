import { assertNever } from '../../shared/lib/assert-never.ts';
import { type Call, durationSeconds } from '../calls/call.ts';
import type { CloudNumber } from '../config.ts';
import { createHash } from 'node:crypto';
import type { Message, MessageStatus } from '../customers/chat-service.ts';
import type { MessageFile } from '../customers/sample-files.ts';
import type { Customer } from '../customers/directory.ts';
import type { PermissionChange } from '../customers/permission-service.ts';
import type { Notice } from '../providers.ts';
import { errorMessage } from './errors.ts';

/**
 * Builders of Meta's webhook bodies (docs/providers/meta.md#webhooks). Times in them are strings of
 * Unix seconds.
 */

type Json = Record<string, unknown>;

const seconds = (ms: number): string => String(Math.floor(ms / 1000));
const given = (key: string, value: unknown): Json => (value === undefined ? {} : { [key]: value });
const digits = (number: string): string => number.replaceAll(/\D/g, '');

/**
 * The envelope around one change of `field`; only account updates have a time of their own.
 *
 * @vendor documented meta/connect-user
 */
export const envelope = (account: CloudNumber, field: string, value: Json, now: number): Json => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: account.wabaId,
      ...(field === 'account_update' ? { time: Math.floor(now / 1000) } : {}),
      changes: [{ field, value }],
    },
  ],
});

const base = (account: CloudNumber): Json => ({
  messaging_product: 'whatsapp',
  metadata: {
    display_phone_number: digits(account.displayPhoneNumber),
    phone_number_id: account.phoneNumberId,
  },
});

const contacts = ({ name, username, waId, bsuid }: Customer): Json => ({
  contacts: [
    { profile: { name, ...given('username', username) }, ...given('wa_id', waId), user_id: bsuid },
  ],
});

/**
 * The two ends of a call as `connect` and `terminate` name them; a hidden number is omitted, not
 * empty.
 */
function parties(account: CloudNumber, { direction, customer }: Call): Json {
  const business = digits(account.displayPhoneNumber);
  return direction === 'user-initiated'
    ? { to: business, ...given('from', customer.waId), from_user_id: customer.bsuid }
    : { ...given('to', customer.waId), to_user_id: customer.bsuid, from: business };
}

const directionName = (call: Call): string =>
  call.direction === 'user-initiated' ? 'USER_INITIATED' : 'BUSINESS_INITIATED';

const payloads = (call: Call): Json => ({
  ...given('deeplink_payload', call.deeplinkPayload),
  ...given('cta_payload', call.ctaPayload),
});

/**
 * docs/providers/meta.md#user-initiated-connect, #business-initiated-connect: with Meta's offer, or
 * with its answer to ours.
 *
 * @vendor documented meta/connect-user meta/connect-business
 */
export function connect(account: CloudNumber, call: Call, now: number): Json {
  const incoming = call.direction === 'user-initiated';
  return {
    ...base(account),
    ...contacts(call.customer),
    calls: [
      {
        id: call.id,
        ...parties(account, call),
        event: 'connect',
        timestamp: seconds(now),
        direction: directionName(call),
        ...payloads(call),
        ...(incoming ? {} : given('biz_opaque_callback_data', call.callbackData)),
        session: incoming
          ? { sdp_type: 'offer', sdp: call.offerSdp }
          : { sdp_type: 'answer', sdp: call.answerSdp },
      },
    ],
  };
}

/**
 * docs/providers/meta.md#call-status, business-initiated calls only.
 *
 * @vendor documented meta/status-ringing meta/status-accepted meta/status-rejected
 */
export const status = (
  account: CloudNumber,
  call: Call,
  name: 'RINGING' | 'ACCEPTED' | 'REJECTED',
  now: number,
): Json => ({
  ...base(account),
  ...contacts(call.customer),
  statuses: [
    {
      id: call.id,
      timestamp: seconds(now),
      type: 'call',
      status: name,
      ...given('recipient_id', call.customer.waId),
      recipient_user_id: call.customer.bsuid,
      ...given('biz_opaque_callback_data', call.callbackData),
    },
  ],
});

/**
 * docs/providers/meta.md#terminate-webhook: times only when the call was picked up; errors beside
 * `calls` only when it failed.
 *
 * @vendor documented meta/terminate-user meta/terminate-failed meta/terminate-unanswered
 */
export function terminate(account: CloudNumber, call: Call, now: number): Json {
  const failure = failureOf(call);
  const picked = call.startedAt !== undefined && call.endedAt !== undefined;
  return {
    ...base(account),
    ...contacts(call.customer),
    calls: [
      {
        id: call.id,
        ...parties(account, call),
        event: 'terminate',
        direction: directionName(call),
        timestamp: seconds(now),
        status: failure === undefined ? 'COMPLETED' : 'FAILED',
        ...(picked
          ? {
              start_time: seconds(call.startedAt ?? 0),
              end_time: seconds(call.endedAt ?? 0),
              duration: durationSeconds(call),
            }
          : {}),
        ...given('biz_opaque_callback_data', call.callbackData),
        ...payloads(call),
      },
    ],
    ...(failure === undefined ? {} : { errors: [failure] }),
  };
}

function failureOf({ end }: Call): Json | undefined {
  if (end?.by !== 'network') return undefined;
  switch (end.reason) {
    case 'not-answered':
      return undefined;
    case 'no-media':
      return callError(138021);
    case 'media-failed':
      return callError(138007);
    default:
      return assertNever(end, 'end');
  }
}

const callError = (code: number): Json => ({
  code,
  message: errorMessage(code),
  href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/troubleshooting',
  error_data: { details: errorMessage(code).replace(/^\(#\d+\) /, '') },
});

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
 * docs/providers/meta.md#settings-and-account-webhooks.
 *
 * @vendor documented meta/settings
 */
export const settingsUpdate = (account: CloudNumber, calling: Json, now: number): Json => ({
  messaging_product: 'whatsapp',
  timestamp: seconds(now),
  type: 'phone_number_settings',
  phone_number_settings: { phone_number_id: account.phoneNumberId, calling },
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

/**
 * docs/providers/meta.md#recording.
 *
 * @vendor documented meta/recording meta/transcript
 */
export const recordingAvailable = (
  account: CloudNumber,
  call: Call,
  file: { id: string; what: 'audio' | 'transcript'; type: string; sha256: string; url: string },
  now: number,
): Json => {
  const { id, sha256, url, type: mime_type } = file;
  const what =
    file.what === 'audio'
      ? {
          event: 'call_recording_available',
          call_recording: { type: 'audio', audio: { id, sha256, mime_type, url } },
        }
      : {
          event: 'call_transcription_available',
          call_transcript: { document: { id, sha256, mime_type, url } },
        };
  return {
    ...base(account),
    calls: [
      {
        id: call.id,
        ...given('from', call.customer.waId),
        from_user_id: call.customer.bsuid,
        timestamp: seconds(now),
        ...what,
      },
    ],
  };
};

/**
 * docs/providers/meta.md#settings-and-account-webhooks: `account_update`.
 *
 * @vendor documented meta/account-restriction meta/account-violation meta/account-tier
 */
export function accountUpdate(account: CloudNumber, notice: Notice, now: number): Json {
  const phone_number = digits(account.displayPhoneNumber);
  switch (notice.what) {
    case 'restriction': {
      const { type, expiresAt, remediation } = notice;
      const one = {
        restriction_type: type,
        ...given('expiration', expiresAt === undefined ? undefined : Math.floor(expiresAt / 1000)),
        ...given('remediation', remediation),
      };
      return { phone_number, event: 'ACCOUNT_RESTRICTION', restriction_info: [one] };
    }
    case 'violation': {
      const violation_info = {
        violation_type: notice.type,
        ...given('remediation', notice.remediation),
      };
      return { phone_number, event: 'ACCOUNT_VIOLATION', violation_info };
    }
    case 'price-tier': {
      const volume_tier_info = {
        tier_update_time: Math.floor(now / 1000),
        pricing_category: 'CALLING',
        tier: notice.tier,
        ...given('effective_month', notice.month),
        ...given('region', notice.region),
      };
      return { event: 'VOLUME_BASED_PRICING_TIER_UPDATE', volume_tier_info };
    }
    default:
      return assertNever(notice, 'notice');
  }
}
