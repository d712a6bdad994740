import type { Party } from '../../../shared/providers/events.ts';
import type { Agent, HandoverEnd, LogBody } from '../../../shared/protocol/frames.ts';

/** What a step of `handover.ts` wants done. */
export type Effect =
  | { type: 'log'; body: LogBody }
  /** The provider is to end the call; `reject`: one that nobody has accepted. */
  | { type: 'terminate' | 'reject' };

/** What a step knows beside the situation. */
export interface StepContext {
  now: number;
  /** For a handover that begins with this step. */
  newId: string;
  call: {
    callId: string;
    accountId: string;
    providerCallId: string;
    direction: 'inbound' | 'outbound';
    party: Party;
  };
  policy: { rejoinGraceMs: number; waitingMs: number; transferMs: number };
}

const logged = (body: LogBody): Effect => ({ type: 'log', body });

export const claimedBy = (handoverId: string, by: Agent) =>
  logged({ type: 'claimed', callId: handoverId, by });

export const ownerLost = (agent: Agent, deadlineAt: number, { call }: StepContext) =>
  logged({ type: 'owner-lost', callId: call.callId, agent, deadlineAt });

export const ownerBack = (agent: Agent, { call }: StepContext) =>
  logged({ type: 'owner-back', callId: call.callId, agent });

export const handoverEnded = (
  handoverId: string,
  end: HandoverEnd,
  { call }: StepContext,
  by?: Agent,
): Effect =>
  logged({ type: 'handover-ended', handoverId, callId: call.callId, end, ...(by && { by }) });

export function tell(
  { call }: StepContext,
  handover: {
    id: string;
    why: 'transfer' | 'waiting';
    from: Agent;
    to: readonly Agent[];
    note?: string | undefined;
    deadlineAt: number;
  },
): Effect {
  const { id, why, from, to: asked, note, deadlineAt } = handover;
  return logged({
    type: 'handover',
    handover: { ...call, handoverId: id, why, from, to: [...asked], note, deadlineAt },
  });
}

export const ending = (
  { call }: StepContext,
  how: { why: 'hung-up' | 'nobody-came' | 'owner-gone' | 'media-gone'; by?: Agent },
  atProvider: 'terminate' | 'reject' = 'terminate',
): Effect[] => [logged({ type: 'ended', callId: call.callId, ...how }), { type: atProvider }];
