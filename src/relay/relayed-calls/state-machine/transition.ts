import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { CallOfferEnd } from '../../../shared/protocol/call-offer-end.ts';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { RelayedCallState } from '../../store/relayed-call-record.ts';
import {
  claimedBy,
  ending,
  callOfferEnded,
  agentReconnected,
  agentDisconnected,
  type StepContext,
} from './effects.ts';
import { isRequest, type CallEvent, type Step } from './events.ts';
import {
  offerTakeOver,
  offerToTeam,
  offerTransfer,
  end,
  ENDED,
  giveBack,
  hungUp,
  disconnect,
  mediaGone,
  talking,
  to,
  unmoved,
  requeue,
} from './moves.ts';

/**
 * Who has a relayed call, and how it is transferred or requeued. Pure: events in, effects out; who hears whom
 * (`hearing`) and when something is due (`deadlineOf`) follow from the state alone.
 *
 * ```
 *  ringing ──accepted──► talking ◄─────── revert ──── transfer-offered ──claim (blind)──► talking (teammate)
 *  placing ──answered──►   │ ▲  └──transfer────────────────────► │ └──claim (consult)──► consulting ──complete──►
 *                     gone ▼ │ back                              │ revert, owner gone        │ cancel, gone: back
 *              agent-disconnected ──deadline──► queued ◄─────────┘                           ▼
 *                                                 │ └──claim──► talking (the one who claims)
 *                                                 └──deadline──► ended
 * ```
 *
 * A supervisor's take-over is a transfer that nobody but their console has to answer; the agent, if they are there, keeps
 * the customer meanwhile.
 *
 * Only three things end a call: the customer hangs up, its agent hangs up (unless a supervisor speaks to the customer,
 * who then has it), or a requeued call times out.
 *
 * An event that does not apply to a state leaves it as it is; a request that does not apply is refused.
 */
export function transition(state: RelayedCallState, event: CallEvent, context: StepContext): Step {
  switch (event.type) {
    case 'caller-gone':
      return end(state, 'caller-gone', [], context);
    case 'media-gone':
      return mediaGone(state, context);
    default:
      break;
  }
  switch (state.kind) {
    case 'ringing':
      return event.type === 'accepted' ? to(talking(event.by)) : unmoved(state, event);
    case 'placing':
      return stepPlacing(state, event, context);
    case 'talking':
      return stepTalking(state, event, context);
    case 'agent-disconnected':
      return stepAgentDisconnected(state, event, context);
    case 'transfer-offered':
      return stepTransferOffered(state, event, context);
    case 'team-offered':
      return stepTeamOffered(state, event, context);
    case 'consulting':
      return stepConsulting(state, event, context);
    case 'queued':
      return stepQueued(state, event, context);
    case 'ended':
      return isRequest(event) ? { ok: false, why: 'ended' } : to(state);
    default:
      return assertNever(state, 'state');
  }
}

type Of<K extends RelayedCallState['kind']> = Extract<RelayedCallState, { kind: K }>;

function stepPlacing(state: Of<'placing'>, event: CallEvent, context: StepContext): Step {
  const { owner } = state;
  if (event.type === 'answered') return to(talking(owner));
  if (event.type === 'hang-up' && event.by.id === owner.id) {
    return hungUp(state, event.by, context);
  }
  // If the customer picked up, there would be no agent to talk to.
  if (event.type === 'gone' && event.agentId === owner.id) {
    return to(ENDED, ending(context, { why: 'agent-gone' }));
  }
  return unmoved(state, event);
}

function stepTalking(state: Of<'talking'>, event: CallEvent, context: StepContext): Step {
  const { owner } = state;
  if (event.type === 'gone' && event.agentId === owner.id) return disconnect(owner, context);
  if (event.type === 'take-over' && event.by.id !== owner.id) {
    return offerTakeOver({ owner, ownerHere: true, onHold: state.onHold }, event.by, context);
  }
  if (!isRequest(event) || event.by.id !== owner.id) return unmoved(state, event);
  switch (event.type) {
    case 'hold':
    case 'resume':
      return to({ ...state, onHold: event.type === 'hold' });
    case 'transfer':
      return event.to.id === owner.id
        ? { ok: false, why: 'busy' }
        : offerTransfer(owner, event, context);
    case 'transfer-to-team':
      return offerToTeam(owner, event, context);
    case 'hang-up':
      // Who hangs up while a supervisor speaks to the customer leaves the customer to them.
      return context.speaking
        ? offerTakeOver(left(owner), context.speaking, context)
        : hungUp(state, event.by, context);
    // The agent who has it repeats the claim.
    case 'claim':
    case 'take-over':
      return to(state);
    case 'cancel':
    case 'complete':
    case 'decline':
      return { ok: false, why: 'ended' };
    default:
      return assertNever(event, 'request');
  }
}

const left = (owner: Agent) => ({ owner, ownerHere: false, onHold: false });

function stepAgentDisconnected(
  state: Of<'agent-disconnected'>,
  event: CallEvent,
  context: StepContext,
): Step {
  const { owner, deadlineAt } = state;
  if (event.type === 'back' && event.agentId === owner.id) {
    return to(talking(owner), [agentReconnected(owner, context)]);
  }
  if (event.type === 'deadline' && context.now >= deadlineAt) {
    return context.speaking
      ? offerTakeOver(left(owner), context.speaking, context)
      : requeue(owner, context);
  }
  if (event.type === 'take-over' && event.by.id !== owner.id) {
    return offerTakeOver(left(owner), event.by, context);
  }
  if (event.type === 'hang-up' && event.by.id === owner.id) {
    return hungUp(state, event.by, context);
  }
  return unmoved(state, event);
}

function stepTransferOffered(
  state: Of<'transfer-offered'>,
  event: CallEvent,
  context: StepContext,
): Step {
  const { owner, ownerHere, callOffer } = state;
  const revert = (why: CallOfferEnd) => giveBack(owner, ownerHere, callOffer, why, context);
  if (event.type === 'deadline' && context.now >= callOffer.deadlineAt) return revert('unanswered');
  if (event.type === 'gone' && event.agentId === callOffer.to.id) return revert('teammate-gone');
  if (event.type === 'gone' && event.agentId === owner.id && ownerHere) {
    return to({ ...state, ownerHere: false }, [
      agentDisconnected(owner, callOffer.deadlineAt, context),
    ]);
  }
  if (event.type === 'back' && event.agentId === owner.id && !ownerHere) {
    return to({ ...state, ownerHere: true }, [agentReconnected(owner, context)]);
  }
  if (!isRequest(event)) return to(state);
  if (event.by.id === callOffer.to.id) {
    if (event.type === 'decline' || event.type === 'hang-up') return revert('declined');
    if (event.type === 'claim' && event.callOfferId === callOffer.id) {
      return taken(state, event.by, context);
    }
  }
  if (event.by.id === owner.id) {
    // A take-over is the supervisor's to cancel.
    if (event.type === 'cancel' && callOffer.mode !== 'take-over') {
      return to(talking(owner), [callOfferEnded(callOffer.id, 'cancelled', context)]);
    }
    // The owner leaves; the customer stays for the teammate.
    if (event.type === 'hang-up') return to({ ...state, ownerHere: false });
  }
  return unmoved(state, event);
}

function stepTeamOffered(state: Of<'team-offered'>, event: CallEvent, context: StepContext): Step {
  const { owner, ownerHere, callOffer } = state;
  const revert = (why: CallOfferEnd) => giveBack(owner, ownerHere, callOffer, why, context);
  const without = (agentId: string, why: CallOfferEnd): Step => {
    const asked = callOffer.asked.filter(({ id }) => id !== agentId);
    if (asked.length === callOffer.asked.length) return to(state);
    return asked.length === 0 ? revert(why) : to({ ...state, callOffer: { ...callOffer, asked } });
  };
  if (event.type === 'deadline' && context.now >= callOffer.deadlineAt) return revert('unanswered');
  if (event.type === 'gone' && event.agentId === owner.id && ownerHere) {
    return to({ ...state, ownerHere: false }, [
      agentDisconnected(owner, callOffer.deadlineAt, context),
    ]);
  }
  if (event.type === 'gone') return without(event.agentId, 'teammate-gone');
  if (event.type === 'back' && event.agentId === owner.id && !ownerHere) {
    return to({ ...state, ownerHere: true }, [agentReconnected(owner, context)]);
  }
  if (!isRequest(event)) return to(state);
  if (event.by.id === owner.id) {
    if (event.type === 'cancel') return revert('cancelled');
    // The owner leaves; the customer stays for the team.
    if (event.type === 'hang-up') return to({ ...state, ownerHere: false });
    return unmoved(state, event);
  }
  if (event.type === 'decline') return without(event.by.id, 'declined');
  const isAsked = callOffer.asked.some(({ id }) => id === event.by.id);
  if (event.type === 'claim' && event.callOfferId === callOffer.id && isAsked) {
    return to(talking(event.by), [
      claimedBy(callOffer.id, event.by),
      callOfferEnded(callOffer.id, 'accepted', context, event.by),
    ]);
  }
  return unmoved(state, event);
}

function taken(state: Of<'transfer-offered'>, by: Agent, context: StepContext): Step {
  const { owner, ownerHere, callOffer } = state;
  const claimed = claimedBy(callOffer.id, by);
  if (callOffer.mode === 'consult' && ownerHere) {
    return to({ kind: 'consulting', owner, callOffer }, [claimed]);
  }
  // The first agent has left, so there is nothing to consult about: connect the customer.
  return to(talking(by), [claimed, callOfferEnded(callOffer.id, 'accepted', context, by)]);
}

function stepConsulting(state: Of<'consulting'>, event: CallEvent, context: StepContext): Step {
  const { owner, ownerUntil, callOffer } = state;
  const here = ownerUntil === undefined;
  const complete = () =>
    to(talking(callOffer.to), [callOfferEnded(callOffer.id, 'accepted', context, callOffer.to)]);
  if (event.type === 'gone' && event.agentId === callOffer.to.id) {
    return giveBack(owner, here, callOffer, 'teammate-gone', context);
  }
  if (event.type === 'gone' && event.agentId === owner.id && here) {
    const until = context.now + context.policy.rejoinGraceMs;
    return to({ ...state, ownerUntil: until }, [agentDisconnected(owner, until, context)]);
  }
  if (event.type === 'back' && event.agentId === owner.id && !here) {
    return to({ kind: 'consulting', owner, callOffer }, [agentReconnected(owner, context)]);
  }
  // The teammate knows about the call, which is better than requeueing.
  if (event.type === 'deadline' && !here && context.now >= ownerUntil) return complete();
  if (!isRequest(event)) return to(state);
  if (event.by.id === owner.id) {
    // An owner who hangs up after introducing a teammate leaves the customer to them.
    if (event.type === 'complete' || event.type === 'hang-up') return complete();
    if (event.type === 'cancel') return giveBack(owner, here, callOffer, 'cancelled', context);
  }
  if (event.by.id === callOffer.to.id) {
    if (event.type === 'claim') return to(state);
    if (event.type === 'decline' || event.type === 'hang-up') {
      return giveBack(owner, here, callOffer, 'declined', context);
    }
  }
  return unmoved(state, event);
}

function stepQueued(state: Of<'queued'>, event: CallEvent, context: StepContext): Step {
  const { callOffer } = state;
  if (event.type === 'deadline' && context.now >= callOffer.deadlineAt) {
    return to(ENDED, [
      callOfferEnded(callOffer.id, 'unanswered', context),
      ...ending(context, { why: 'nobody-came' }),
    ]);
  }
  if (event.type === 'claim' && event.callOfferId === callOffer.id) {
    return to(talking(event.by), [
      claimedBy(callOffer.id, event.by),
      callOfferEnded(callOffer.id, 'accepted', context, event.by),
    ]);
  }
  // Their hang-up did not arrive in time: they meant to end the call, not to requeue it.
  if (event.type === 'hang-up' && event.by.id === state.from.id) {
    return hungUp(state, event.by, context);
  }
  if (event.type === 'decline') {
    const declinedBy = [...new Set([...callOffer.declinedBy, event.by.id])];
    return to({ ...state, callOffer: { ...callOffer, declinedBy } });
  }
  return unmoved(state, event);
}
