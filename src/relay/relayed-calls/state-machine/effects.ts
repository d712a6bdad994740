import type { Party } from '../../../shared/providers/events.ts';
import type { CallOfferEnd } from '../../../shared/protocol/call-offer-end.ts';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { LogBody } from '../../../shared/protocol/log-entry.ts';

/** Effects requested by a step of `transition.ts`. */
export type Effect =
  | { type: 'log'; body: LogBody }
  /** End the call at the provider; `reject`: one that is not accepted yet. */
  | { type: 'terminate' | 'reject' };

/** Context of a step besides the state. */
export interface StepContext {
  now: number;
  /** For a call offer that starts with this step. */
  newId: string;
  call: {
    callId: string;
    accountId: string;
    providerCallId: string;
    direction: 'inbound' | 'outbound';
    party: Party;
  };
  /** The supervisor who speaks to the customer, and can keep them. */
  speaking?: Agent | undefined;
  policy: { rejoinGraceMs: number; waitingMs: number; transferMs: number };
}

const logged = (body: LogBody): Effect => ({ type: 'log', body });

export const claimedBy = (callOfferId: string, by: Agent) =>
  logged({ type: 'claimed', callId: callOfferId, by });

export const agentDisconnected = (agent: Agent, deadlineAt: number, { call }: StepContext) =>
  logged({ type: 'agent-disconnected', callId: call.callId, agent, deadlineAt });

export const agentReconnected = (agent: Agent, { call }: StepContext) =>
  logged({ type: 'agent-reconnected', callId: call.callId, agent });

export const callOfferEnded = (
  callOfferId: string,
  end: CallOfferEnd,
  { call }: StepContext,
  by?: Agent,
): Effect =>
  logged({ type: 'call-offer-ended', callOfferId, callId: call.callId, end, ...(by && { by }) });

export function offerCall(
  { call }: StepContext,
  callOffer: {
    id: string;
    why: 'transfer' | 'requeue' | 'take-over';
    from: Agent;
    to: readonly Agent[];
    team?: string | undefined;
    note?: string | undefined;
    deadlineAt: number;
  },
): Effect {
  const { id, why, from, to: asked, team, note, deadlineAt } = callOffer;
  return logged({
    type: 'call-offer',
    callOffer: { ...call, callOfferId: id, why, from, to: [...asked], team, note, deadlineAt },
  });
}

export const ending = (
  { call }: StepContext,
  how: { why: 'hung-up' | 'nobody-came' | 'agent-gone' | 'media-gone'; by?: Agent },
  atProvider: 'terminate' | 'reject' = 'terminate',
): Effect[] => [logged({ type: 'ended', callId: call.callId, ...how }), { type: atProvider }];
