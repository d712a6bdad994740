import { normaliseMetaWebhook } from '../../../../../src/shared/providers/meta/webhook.ts';
import type { Problem, UnassignedReport } from '../../../../../src/shared/providers/webhook.ts';

/** Meta's documented samples (docs/providers/meta.md#webhooks), with names filled in. */
export const SAMPLES = {
  userConnect: {
    contacts: [
      { profile: { name: 'Ana', username: 'ana' }, wa_id: '16315553602', user_id: 'US.1' },
    ],
    calls: [
      {
        id: 'wacid.ABGGFjFVU2AfAgo6V-Hc5eCgK5Gh',
        to: '15551112222',
        from: '16315553602',
        from_user_id: 'US.1',
        event: 'connect',
        timestamp: '1671644824',
        direction: 'USER_INITIATED',
        cta_payload: 'order-991',
        session: { sdp_type: 'offer', sdp: 'v=0\r\na=setup:actpass\r\n' },
      },
    ],
  },
  businessConnect: {
    contacts: [{ profile: { name: 'Bia' }, wa_id: '16501230000', user_id: 'US.2' }],
    calls: [
      {
        id: 'wacid.B',
        to: '16501230000',
        to_user_id: 'US.2',
        from: '15551112222',
        event: 'connect',
        timestamp: '1724467313',
        direction: 'BUSINESS_INITIATED',
        biz_opaque_callback_data: 'ringdesk:out/1',
        session: { sdp_type: 'answer', sdp: 'v=0\r\na=setup:active\r\n' },
      },
    ],
  },
  status: {
    statuses: [
      {
        id: 'wacid.B',
        timestamp: '1671644824',
        type: 'call',
        status: 'RINGING',
        recipient_id: '16315553602',
        biz_opaque_callback_data: 'ringdesk:out/1',
      },
    ],
  },
  terminate: {
    calls: [
      {
        id: 'wacid.C',
        to: '15551112222',
        from: '16315553602',
        from_user_id: 'US.1',
        event: 'terminate',
        direction: 'USER_INITIATED',
        timestamp: '1749197480',
        status: 'COMPLETED',
        start_time: '1671644824',
        end_time: '1671644944',
        duration: 120,
        biz_opaque_callback_data: 'random_string',
      },
    ],
  },
  permission: {
    messages: [
      {
        from: '16315553602',
        from_user_id: 'US.1',
        id: 'wamid.1',
        timestamp: '1767945600',
        context: { from: '15551112222', id: 'wamid.0' },
        type: 'interactive',
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: {
            response: 'accept',
            is_permanent: false,
            expiration_timestamp: '1768550400',
            response_source: 'user_action',
          },
        },
      },
    ],
  },
  message: {
    contacts: [{ profile: { name: 'Ana' }, wa_id: '16315553602', user_id: 'US.1' }],
    messages: [
      {
        from: '16315553602',
        id: 'wamid.2',
        timestamp: '1767945600',
        type: 'text',
        text: { body: 'Where is my order?' },
      },
    ],
  },
  failedMessage: {
    statuses: [
      {
        id: 'wamid.3',
        status: 'failed',
        timestamp: '1767945600',
        recipient_id: '16315553602',
        errors: [
          {
            code: 131026,
            title: 'Message undeliverable',
            message: 'Message undeliverable',
            error_data: { details: 'The recipient may be using an old version of WhatsApp' },
          },
        ],
      },
    ],
  },
  recording: {
    calls: [
      {
        id: 'wacid.C',
        event: 'call_recording_available',
        timestamp: '1749197490',
        call_recording: {
          type: 'audio',
          audio: {
            id: '9388',
            sha256: 'x',
            mime_type: 'audio/ogg; codecs=opus',
            url: 'https://example.com/secret',
          },
        },
      },
    ],
  },
  settings: {
    timestamp: '1767945600',
    type: 'phone_number_settings',
    phone_number_settings: {
      phone_number_id: '105615555715855',
      calling: { status: 'ENABLED', call_icon_visibility: 'DEFAULT' },
    },
  },
  violation: {
    event: 'ACCOUNT_VIOLATION',
    violation_info: {
      violation_type: 'USER_INITIATED_CALLS_LOW_PICKUP_RATE',
      remediation: 'Take more calls',
    },
  },
  restriction: {
    event: 'ACCOUNT_RESTRICTION',
    restriction_info: [
      {
        restriction_type: 'RESTRICTED_BUSINESS_INITIATED_CALLING',
        expiration: 1_768_550_400,
        remediation: 'Wait',
      },
    ],
  },
  tier: {
    event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
    volume_tier_info: {
      tier_update_time: 1_767_945_600,
      pricing_category: 'CALLING',
      tier: '25000001:50000000',
      effective_month: '2026-11',
      region: 'Brazil',
    },
  },
} as const;

/** Each sample in the envelope of its field. */
export const DELIVERIES = [
  ...[SAMPLES.userConnect, SAMPLES.businessConnect, SAMPLES.status, SAMPLES.terminate].map(
    (value) => envelope({ ...value, errors: [{ code: 1, message: 'x' }] }),
  ),
  envelope(SAMPLES.recording),
  ...[SAMPLES.permission, SAMPLES.message, SAMPLES.failedMessage].map((value) =>
    envelope(value, 'messages'),
  ),
  envelope(SAMPLES.settings, 'account_settings_update'),
  ...[SAMPLES.violation, SAMPLES.restriction, SAMPLES.tier].map((value) =>
    envelope(value, 'account_update'),
  ),
];

export const RECEIVED_AT = 1_780_000_000_000;

/** A change's value in Meta's envelope. */
export function envelope(value: object, field = 'calls') {
  const metadata = { display_phone_number: '15551112222', phone_number_id: '105615555715855' };
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: 'w',
        changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }],
      },
    ],
  };
}

/** The only event of a value without problems. */
export function only(value: object, field = 'calls'): UnassignedReport {
  const { events, problems } = normaliseMetaWebhook(envelope(value, field), {
    receivedAt: RECEIVED_AT,
  });
  const [event, second] = events;
  if (!event || second || problems.length > 0) {
    throw new Error(`not one event: ${JSON.stringify({ events, problems })}`);
  }
  return event;
}

/** The problems of a value that yields no event. */
export function problemsOf(value: object, field = 'calls'): readonly Problem[] {
  const { events, problems } = normaliseMetaWebhook(envelope(value, field), {
    receivedAt: RECEIVED_AT,
  });
  if (events.length > 0) throw new Error(`events: ${JSON.stringify(events)}`);
  return problems;
}
