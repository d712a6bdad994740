import type {
  CallAnnounced,
  CallAnswered,
  CallOffered,
  CallStatus,
  CallTerminated,
} from '../../src/shared/providers/events.ts';

/** Provider events as a normaliser returns them. */
export const report = {
  offer: (at: number, more: Partial<CallOffered> = {}): CallOffered => ({
    kind: 'offer',
    at,
    party: { waId: '16315553602', name: 'Mia' },
    sdp: 'offer-sdp',
    ...more,
  }),
  /** A call without an SDP. */
  announced: (at: number, more: Partial<CallAnnounced> = {}): CallAnnounced => ({
    kind: 'announced',
    at,
    party: { waId: '16315553602', name: 'Mia' },
    direction: 'inbound',
    ...more,
  }),
  answer: (at: number, sdp = 'answer-sdp'): CallAnswered => ({
    kind: 'answer',
    at,
    party: { name: 'Mia' },
    sdp,
  }),
  status: (at: number, status: CallStatus['status']): CallStatus => ({
    kind: 'status',
    at,
    status,
  }),
  terminated: (at: number, more: Partial<CallTerminated> = {}): CallTerminated => ({
    kind: 'terminated',
    at,
    party: { waId: '16315553602' },
    direction: undefined,
    failed: false,
    errors: [],
    ...more,
  }),
  /** The end of an answered call. */
  talked: (at: number, seconds: number, more: Partial<CallTerminated> = {}): CallTerminated =>
    report.terminated(at, {
      startedAt: at - seconds * 1000,
      endedAt: at,
      durationSeconds: seconds,
      ...more,
    }),
};
