export const RECEIVED_AT = 1_780_000_000_000;

/**
 * Flat events (docs/providers/pilot-status.md#webhooks). Undocumented fields have the names we
 * chose.
 */
export const FLAT = {
  ringing: {
    event: 'call.ringing',
    id: 'call_01',
    externalCallId: 'wacid.A',
    direction: 'INBOUND',
    from: '+5511999990000',
    to: '+551130000000',
    timestamp: '2026-11-22T10:00:00.000Z',
  },
  ringingOut: {
    event: 'call.ringing',
    callId: 'call_02',
    direction: 'OUTBOUND',
    peerNumber: '5511999990000',
    createdAt: '2026-11-22T10:00:00.000Z',
  },
  connected: {
    event: 'call.connected',
    id: 'call_02',
    direction: 'OUTBOUND',
    peerNumber: '5511999990000',
    connectedAt: '2026-11-22T10:00:05.000Z',
  },
  ended: {
    event: 'call.ended',
    id: 'call_02',
    direction: 'OUTBOUND',
    to: '5511999990000',
    status: 'COMPLETED',
    duration: 65,
    endedAt: '2026-11-22T10:01:10.000Z',
  },
  missed: {
    event: 'call.missed',
    id: 'call_03',
    from: '5511999990000',
    timestamp: '2026-11-22T10:00:40.000Z',
  },
  permission: {
    event: 'call.permission_updated',
    from: '5511999990000',
    status: 'TEMPORARY',
    expiresAt: '2026-11-29T10:00:00.000Z',
    timestamp: '2026-11-22T10:00:00.000Z',
  },
} as const;

/** Messages come wrapped; the first is the sample of the vendor's guide, filled in. */
export const MESSAGES = {
  received: {
    event: 'message.received',
    data: {
      from: '+5511999990000',
      to: '+551130000000',
      numberId: 'cmm0',
      messageId: 'wamid.1',
      id: 'cmm1',
      type: 'text',
      fromMe: false,
      content: 'Hi',
      participantName: 'Ana',
      createdAt: '2026-11-22T10:00:00.000Z',
    },
  },
  failed: {
    event: 'message.failed',
    data: {
      messageId: 'wamid.2',
      errorCode: 131026,
      errorMessage: 'Undeliverable',
      createdAt: '2026-11-22T10:00:00.000Z',
    },
  },
} as const;

/** A call in the REST API (docs/providers/pilot-status.md#call-object). */
export const CALL = {
  id: 'call_01',
  externalCallId: 'wacid.A',
  direction: 'INBOUND',
  status: 'RINGING',
  peerNumber: '5511999990000',
  durationSeconds: null,
  startedAt: null,
  connectedAt: null,
  endedAt: null,
  createdAt: '2026-11-22T10:00:00.000Z',
  updatedAt: '2026-11-22T10:00:01.000Z',
  sdpOffer: null,
  sdpAnswer: null,
} as const;
