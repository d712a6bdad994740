import { assertNever } from '../../shared/lib/assert-never.ts';
import { type Call, durationSeconds } from '../calls/call.ts';
import type { CloudNumber } from '../config.ts';
import { errorMessage } from './errors.ts';
import { base, contacts, digits, given, type Json, seconds } from './payload-parts.ts';

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
