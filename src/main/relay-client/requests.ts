import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { FromRelayFrame } from '../../shared/protocol/frames.ts';
import type { ClaimApi, RelayedApi, Verdict } from '../calls/ports.ts';
import type { RelayStreams } from '../calls/streams/pcm-stream-manager.ts';

/** The relay's answer to a request. `unreachable`: none in time, or no connection. */
export type Outcome =
  | Extract<FromRelayFrame, { type: 'result' }>['outcome']
  | { kind: 'unreachable' };

export const unreachable = { kind: 'unreachable' } as const;
/** The answer to what a relay of the release before does not know. */
export const unknownRequest = { kind: 'refused', why: 'unknown-request' } as const;

/** Sends a request; `within`: how long it may wait for its answer, in ms. */
export interface RelayRequests {
  request: (frame: (id: number) => FromConsole, withinMs?: number) => Promise<Outcome>;
  /** The same for requests that are granted or refused. */
  decide: (frame: (id: number) => FromConsole, withinMs?: number) => Promise<Verdict>;
}

/** The relay makes a leg within this, its addresses included, in ms. */
export const LEG_WITHIN_MS = 5_000;
/** For requests about which the relay has to ask the provider, in ms. */
const PROVIDER_WITHIN_MS = 20_000;

/** Requests about relayed calls. */
export function createRelayedApi({ request, decide }: RelayRequests): RelayedApi {
  return {
    leg: async (callId, sdp) => {
      const outcome = await request((id) => ({ type: 'leg', id, callId, sdp }), LEG_WITHIN_MS);
      return outcome.kind === 'leg' || outcome.kind === 'refused' ? outcome : unreachable;
    },
    place: async (call) => {
      const outcome = await request((id) => ({ type: 'place', id, ...call }), PROVIDER_WITHIN_MS);
      return outcome.kind === 'placed' || outcome.kind === 'refused' ? outcome : unreachable;
    },
    claim: (callId) => decide((id) => ({ type: 'claim', id, callId }), PROVIDER_WITHIN_MS),
    hangUp: (callId) => decide((id) => ({ type: 'hang-up', id, callId }), PROVIDER_WITHIN_MS),
    hold: (callId) => decide((id) => ({ type: 'hold', id, callId })),
    resume: (callId) => decide((id) => ({ type: 'resume', id, callId })),
    transfer: (callId, offer) => decide((id) => ({ type: 'transfer', id, callId, ...offer })),
    transferToTeam: (callId, offer) =>
      decide((id) => ({ type: 'transfer-to-team', id, callId, ...offer })),
    cancelTransfer: (callId) => decide((id) => ({ type: 'transfer-cancel', id, callId })),
    completeTransfer: (callId) => decide((id) => ({ type: 'transfer-complete', id, callId })),
    supervise: (callId, mode) => decide((id) => ({ type: 'supervise', id, callId, mode })),
    record: (callId, ask) => decide((id) => ({ type: 'record', id, callId, ask })),
    takeOver: (callId) => decide((id) => ({ type: 'take-over', id, callId })),
  };
}

/** Requests about calls whose audio a provider streams to the relay. */
export function createRelayStreams(
  url: string,
  { request }: Pick<RelayRequests, 'request'>,
): RelayStreams {
  return {
    url,
    async stream(callId) {
      const outcome = await request((id) => ({ type: 'stream', id, callId }));
      return outcome.kind === 'stream' || outcome.kind === 'refused' ? outcome : unreachable;
    },
    hangUp(callId) {
      void request((id) => ({ type: 'hang-up', id, callId }));
    },
  };
}

const unanswered = () => Promise.resolve(unreachable);

/** Without a relay nobody else can have a call. */
export const noCoordinator: ClaimApi = {
  reserve: unanswered,
  claim: unanswered,
  dial: unanswered,
  release: () => Promise.resolve(),
  decline: unanswered,
};

/** Without a relay no call is relayed. */
export const noRelayedApi: RelayedApi = {
  leg: unanswered,
  place: unanswered,
  claim: unanswered,
  hangUp: unanswered,
  hold: unanswered,
  resume: unanswered,
  transfer: unanswered,
  transferToTeam: unanswered,
  cancelTransfer: unanswered,
  completeTransfer: unanswered,
  supervise: unanswered,
  takeOver: unanswered,
  record: unanswered,
};
