import { assertNever } from '../../shared/lib/assert-never.ts';
import { type Call, durationSeconds, type PermissionChange } from '../calls/call.ts';
import type { MetaAccount } from '../config.ts';
import type { Customer } from '../customers/directory.ts';
import { errorMessage } from './errors.ts';

/** Builders of Meta's webhook bodies (facts section 2). Times in them are strings of Unix seconds. */

type Json = Record<string, unknown>;

const seconds = (ms: number): string => String(Math.floor(ms / 1000));
const given = (key: string, value: unknown): Json => (value === undefined ? {} : { [key]: value });
const digits = (number: string): string => number.replaceAll(/\D/g, '');

/** The envelope around one change of `field`. */
export const envelope = (account: MetaAccount, field: string, value: Json): Json => ({
  object: 'whatsapp_business_account',
  entry: [{ id: account.wabaId, changes: [{ field, value }] }],
});

const base = (account: MetaAccount): Json => ({
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

/** The two ends of a call as `connect` and `terminate` name them; a hidden number is left out, not empty. */
function parties(account: MetaAccount, { direction, customer }: Call): Json {
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

/** Facts 2.1 (UIC, with Meta's offer) and 2.2 (BIC, with Meta's answer). */
export function connect(account: MetaAccount, call: Call, now: number): Json {
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

/** Facts 2.3, business-initiated calls only. */
export const status = (
  account: MetaAccount,
  call: Call,
  name: 'RINGING' | 'ACCEPTED' | 'REJECTED',
  now: number,
): Json => ({
  ...base(account),
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

/** Facts 2.4: times only when the call was picked up; errors beside `calls` only when it failed. */
export function terminate(account: MetaAccount, call: Call, now: number): Json {
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

/** Facts 2.6, on field `messages`. */
export const permissionReply = (
  account: MetaAccount,
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

/** Facts 2.7. */
export const settingsUpdate = (account: MetaAccount, calling: Json, now: number): Json => ({
  messaging_product: 'whatsapp',
  timestamp: seconds(now),
  type: 'phone_number_settings',
  phone_number_settings: { phone_number_id: account.phoneNumberId, calling },
});
