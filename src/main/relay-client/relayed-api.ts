import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { RelayedApi } from '../calls/ports.ts';
import { unreachable, verdictOf, type Outcome } from './outcome.ts';

/** The relay makes a leg within this, its addresses included, in ms. */
const LEG_WITHIN_MS = 5_000;
/** The relay asks the provider before it answers, in ms. */
const PROVIDER_WITHIN_MS = 20_000;

type Ask = (frame: (id: number) => FromConsole, withinMs?: number) => Promise<Outcome>;

/** The part of the relay's protocol that concerns relayed calls. */
export function createRelayedApi(ask: Ask): RelayedApi {
  const decided = (frame: (id: number) => FromConsole, withinMs?: number) =>
    ask(frame, withinMs).then(verdictOf);
  return {
    leg: async (callId, sdp) => {
      const outcome = await ask((id) => ({ type: 'leg', id, callId, sdp }), LEG_WITHIN_MS);
      return outcome.kind === 'leg' || outcome.kind === 'refused' ? outcome : unreachable;
    },
    place: async (call) => {
      const outcome = await ask((id) => ({ type: 'place', id, ...call }), PROVIDER_WITHIN_MS);
      return outcome.kind === 'placed' || outcome.kind === 'refused' ? outcome : unreachable;
    },
    claim: (callId) => decided((id) => ({ type: 'claim', id, callId }), PROVIDER_WITHIN_MS),
    hangUp: (callId) => decided((id) => ({ type: 'hang-up', id, callId }), PROVIDER_WITHIN_MS),
    hold: (callId) => decided((id) => ({ type: 'hold', id, callId })),
    resume: (callId) => decided((id) => ({ type: 'resume', id, callId })),
    transfer: (callId, offer) => decided((id) => ({ type: 'transfer', id, callId, ...offer })),
    cancelTransfer: (callId) => decided((id) => ({ type: 'transfer-cancel', id, callId })),
    completeTransfer: (callId) => decided((id) => ({ type: 'transfer-complete', id, callId })),
    supervise: (callId, mode) => decided((id) => ({ type: 'supervise', id, callId, mode })),
  };
}
