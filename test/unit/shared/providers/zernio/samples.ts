export const RECEIVED_AT = 1_780_000_000_000;

const account = {
  id: 'acc_1',
  profileId: 'prof_1',
  platform: 'whatsapp',
  username: '+551130000000',
  displayName: 'Support',
};
const about = {
  id: 'call_1',
  metaCallId: 'wacid.A',
  accountId: 'acc_1',
  phoneNumberId: '105615555715855',
};
const inbound = { direction: 'inbound', from: '+5511999990000', to: '+551130000000' };
const outbound = { direction: 'outbound', from: '551130000000', to: '5511999990000' };

/** The four call events (docs/providers/zernio.md#webhooks), with values filled in. */
export const DELIVERIES = {
  received: {
    id: '0b6e3d4c-0000-4000-8000-000000000001',
    event: 'call.received',
    timestamp: '2026-11-22T10:00:01.000Z',
    account,
    call: {
      ...about,
      ...inbound,
      forwardTo: 'sip:desk@pbx.example.com',
      startedAt: '2026-11-22T10:00:00.000Z',
    },
  },
  ended: {
    id: '0b6e3d4c-0000-4000-8000-000000000002',
    event: 'call.ended',
    timestamp: '2026-11-22T10:01:20.000Z',
    account,
    call: {
      ...about,
      ...outbound,
      startedAt: '2026-11-22T10:00:00.000Z',
      endedAt: '2026-11-22T10:01:10.000Z',
      durationSeconds: 60,
      endReason: 'hangup',
      hangupCause: 'normal_clearing',
      sipHangupCause: null,
      isVoicemail: false,
      callErrors: [],
      recordingUrl: 'https://example.com/recording.mp3?signature=1',
      billing: {
        metaCostUSD: 0.0336,
        telnyxCostUSD: 0.01,
        recordingCostUSD: 0.004,
        billableCostUSD: 0.0672,
        totalCostUSD: 0.1008,
      },
    },
  },
  failed: {
    id: '0b6e3d4c-0000-4000-8000-000000000003',
    event: 'call.failed',
    timestamp: '2026-11-22T10:00:05.000Z',
    account,
    call: {
      ...about,
      ...outbound,
      failedAt: '2026-11-22T10:00:04.000Z',
      error: { code: 138013, message: 'not available' },
    },
  },
  permission: {
    id: '0b6e3d4c-0000-4000-8000-000000000004',
    event: 'call.permission_request',
    timestamp: '2026-11-22T10:00:00.000Z',
    account,
    permission: {
      from: '+5511999990000',
      response: 'accept',
      isPermanent: false,
      expirationTimestamp: 1_780_600_000,
      responseSource: 'user_action',
    },
  },
} as const;

/** A row of the list (docs/providers/zernio.md#calls). */
export const ROW = {
  _id: 'call_1',
  ...inbound,
  status: 'ended',
  startedAt: '2026-11-22T10:00:00.000Z',
  endedAt: '2026-11-22T10:00:30.000Z',
  durationSeconds: 0,
  endReason: 'no_answer',
  recordingUrl: null,
  billing: { billableCostUSD: 0.0000001, metaCostUSD: 0, currency: 'USD' },
} as const;
