import type { CallOfferEnd } from '../../../shared/protocol/call-offer-end.ts';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { TransferOffer, RelayedCallState } from '../../store/relayed-call-record.ts';
import {
  ending,
  callOfferEnded,
  agentDisconnected,
  offerCall,
  type Effect,
  type StepContext,
} from './effects.ts';
import { isRequest, type CallEvent, type Step } from './events.ts';
import { ownerOf } from './state.ts';

export const ENDED: RelayedCallState = { kind: 'ended' };

/** The next state, with its effects. */
export const to = (state: RelayedCallState, effects: readonly Effect[] = []): Step => ({
  ok: true,
  state,
  effects,
});

/** The customer talks to an agent. */
export const talking = (owner: Agent) => ({ kind: 'talking', owner, onHold: false }) as const;

/** Ignores an event, and refuses a request, naming the agent who has the call. */
export function unmoved(state: RelayedCallState, event: CallEvent): Step {
  if (!isRequest(event)) return to(state);
  const owner = ownerOf(state);
  if (event.type === 'claim') return { ok: false, why: 'taken', by: owner };
  if (event.type === 'take-over') {
    return { ok: false, why: 'callOffer' in state ? 'moving' : 'too-early', by: owner };
  }
  // A late decline has no effect.
  if (event.type === 'decline') return to(state);
  const engagedElsewhere = owner?.id === event.by.id;
  return engagedElsewhere ? { ok: false, why: 'busy' } : { ok: false, why: 'not-yours', by: owner };
}

/** The owner has vanished but may come back for a while. */
export function disconnect(owner: Agent, context: StepContext): Step {
  const { rejoinGraceMs } = context.policy;
  if (rejoinGraceMs === 0) return requeue(owner, context);
  const deadlineAt = context.now + rejoinGraceMs;
  return to({ kind: 'agent-disconnected', owner, deadlineAt }, [
    agentDisconnected(owner, deadlineAt, context),
  ]);
}

/** The owner offers the call to a teammate. */
export function offerTransfer(
  owner: Agent,
  { to: teammate, mode, note }: Extract<CallEvent, { type: 'transfer' }>,
  context: StepContext,
): Step {
  const callOffer: TransferOffer = {
    id: context.newId,
    cursor: 0,
    to: teammate,
    mode,
    note,
    deadlineAt: context.now + context.policy.transferMs,
  };
  const { id, deadlineAt } = callOffer;
  const asked = { id, why: 'transfer', from: owner, to: [teammate], note, deadlineAt } as const;
  const offered = offerCall(context, asked);
  return to({ kind: 'transfer-offered', owner, ownerHere: true, callOffer }, [offered]);
}

/** The owner offers the call to those of a team who can be reached. */
export function offerToTeam(
  owner: Agent,
  { team, asked, note }: Extract<CallEvent, { type: 'transfer-to-team' }>,
  context: StepContext,
): Step {
  const id = context.newId;
  const deadlineAt = context.now + context.policy.transferMs;
  const callOffer = { id, cursor: 0, team, asked: [...asked], note, deadlineAt };
  const offered = { id, why: 'transfer', from: owner, to: asked, team, note, deadlineAt } as const;
  return to({ kind: 'team-offered', owner, ownerHere: true, callOffer }, [
    offerCall(context, offered),
  ]);
}

/** How long a supervisor's console has to take a call over, which it does by itself, in ms. */
const TAKE_OVER_MS = 10_000;

/** A supervisor takes the call over: its agent, if there, keeps the customer until they have it. */
export function offerTakeOver(
  { owner, ownerHere, onHold }: { owner: Agent; ownerHere: boolean; onHold: boolean },
  supervisor: Agent,
  context: StepContext,
): Step {
  const deadlineAt = context.now + Math.min(TAKE_OVER_MS, context.policy.transferMs);
  const id = context.newId;
  const mode = 'take-over';
  const callOffer: TransferOffer = { id, cursor: 0, to: supervisor, mode, deadlineAt, onHold };
  const asked = { id, why: 'take-over', from: owner, to: [supervisor], deadlineAt } as const;
  return to({ kind: 'transfer-offered', owner, ownerHere, callOffer }, [offerCall(context, asked)]);
}

/** No agent has the customer any more: the call is offered to everybody. */
export function requeue(from: Agent, context: StepContext, before: readonly Effect[] = []): Step {
  const deadlineAt = context.now + context.policy.waitingMs;
  const offered = offerCall(context, {
    why: 'requeue',
    from,
    to: [],
    id: context.newId,
    deadlineAt,
  });
  const callOffer = { id: context.newId, cursor: 0, deadlineAt, declinedBy: [] };
  return to({ kind: 'queued', from, callOffer }, [...before, offered]);
}

/** A call offer failed: the call goes back, or to everybody if its agent has vanished meanwhile. */
export function giveBack(
  owner: Agent,
  ownerHere: boolean,
  callOffer: { id: string; onHold?: boolean | undefined },
  why: CallOfferEnd,
  context: StepContext,
): Step {
  const over = callOfferEnded(callOffer.id, why, context);
  const { onHold = false } = callOffer;
  return ownerHere ? to({ ...talking(owner), onHold }, [over]) : requeue(owner, context, [over]);
}

/** The agent who has the call hangs up. */
export function hungUp(state: RelayedCallState, by: Agent, context: StepContext): Step {
  return end(state, 'caller-gone', ending(context, { why: 'hung-up', by }), context);
}

/** WhatsApp accepts no second answer, so not even a ringing call can be restored. */
export function mediaGone(state: RelayedCallState, context: StepContext): Step {
  const atProvider = state.kind === 'ringing' ? 'reject' : 'terminate';
  return end(state, 'refused', ending(context, { why: 'media-gone' }, atProvider), context);
}

/** The call is over, and with it any open call offer. */
export function end(
  state: RelayedCallState,
  why: CallOfferEnd,
  effects: readonly Effect[],
  context: StepContext,
): Step {
  if (state.kind === 'ended') return to(state);
  const open = 'callOffer' in state ? [callOfferEnded(state.callOffer.id, why, context)] : [];
  return to(ENDED, [...open, ...effects]);
}
