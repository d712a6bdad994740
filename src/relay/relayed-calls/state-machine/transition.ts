import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Agent, CallOfferEnd } from '../../../shared/protocol/frames.ts';
import type { RelayedCallState } from '../../store/anchored-record.ts';
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
  ask,
  end,
  ENDED,
  giveBack,
  hungUp,
  lose,
  mediaGone,
  talking,
  to,
  unmoved,
  wait,
} from './moves.ts';

/**
 * Who has an anchored call, and how it is handed on. Pure: what happens is an event, what is to be done about it an
 * effect; who hears whom (`hearing`) and when something is due (`deadlineOf`) follow from the situation alone.
 *
 * ```
 *  ringing ──accepted──► talking ◄───────── revert ─────────── asking ──claim (blind)──► talking (teammate)
 *  placing ──answered──►   │ ▲  └──transfer──────────────────►   │ └──claim (consult)──► consulting ──complete──►
 *                     gone ▼ │ back                              │ revert, owner gone        │ cancel, gone: back
 *                      owner-lost ──deadline──► waiting ◄────────┘                           ▼
 *                                                 │ └──claim──► talking (whoever came)
 *                                                 └──deadline──► ended
 * ```
 *
 * A customer who hangs up ends everything; nothing else but the owner's hang-up and a waiting that nobody answers does.
 *
 * Events that mean nothing in a situation leave it as it is; requests that make no sense are refused.
 */
export function step(situation: RelayedCallState, event: CallEvent, context: StepContext): Step {
  switch (event.type) {
    case 'caller-gone':
      return end(situation, 'caller-gone', [], context);
    case 'media-gone':
      return mediaGone(situation, context);
    default:
      break;
  }
  switch (situation.kind) {
    case 'ringing':
      return event.type === 'accepted' ? to(talking(event.by)) : unmoved(situation, event);
    case 'placing':
      return stepPlacing(situation, event, context);
    case 'talking':
      return stepTalking(situation, event, context);
    case 'agent-disconnected':
      return stepAgentDisconnected(situation, event, context);
    case 'transfer-offered':
      return stepAsking(situation, event, context);
    case 'consulting':
      return stepConsulting(situation, event, context);
    case 'queued':
      return stepWaiting(situation, event, context);
    case 'ended':
      return isRequest(event) ? { ok: false, why: 'ended' } : to(situation);
    default:
      return assertNever(situation, 'situation');
  }
}

type Of<K extends RelayedCallState['kind']> = Extract<RelayedCallState, { kind: K }>;

function stepPlacing(situation: Of<'placing'>, event: CallEvent, context: StepContext): Step {
  const { owner } = situation;
  if (event.type === 'answered') return to(talking(owner));
  if (event.type === 'hang-up' && event.by.id === owner.id) {
    return hungUp(situation, event.by, context);
  }
  // Nobody is there to talk to whoever picks up.
  if (event.type === 'gone' && event.agentId === owner.id) {
    return to(ENDED, ending(context, { why: 'agent-gone' }));
  }
  return unmoved(situation, event);
}

function stepTalking(situation: Of<'talking'>, event: CallEvent, context: StepContext): Step {
  const { owner } = situation;
  if (event.type === 'gone' && event.agentId === owner.id) return lose(owner, context);
  if (!isRequest(event) || event.by.id !== owner.id) return unmoved(situation, event);
  switch (event.type) {
    case 'hold':
    case 'resume':
      return to({ ...situation, onHold: event.type === 'hold' });
    case 'transfer':
      return event.to.id === owner.id ? { ok: false, why: 'busy' } : ask(owner, event, context);
    case 'hang-up':
      return hungUp(situation, event.by, context);
    // Said again by whoever has it already.
    case 'claim':
      return to(situation);
    case 'cancel':
    case 'complete':
    case 'decline':
      return { ok: false, why: 'ended' };
    default:
      return assertNever(event, 'request');
  }
}

function stepAgentDisconnected(
  situation: Of<'agent-disconnected'>,
  event: CallEvent,
  context: StepContext,
): Step {
  const { owner, deadlineAt } = situation;
  if (event.type === 'back' && event.agentId === owner.id) {
    return to(talking(owner), [agentReconnected(owner, context)]);
  }
  if (event.type === 'deadline' && context.now >= deadlineAt) return wait(owner, context);
  if (event.type === 'hang-up' && event.by.id === owner.id) {
    return hungUp(situation, event.by, context);
  }
  return unmoved(situation, event);
}

function stepAsking(
  situation: Of<'transfer-offered'>,
  event: CallEvent,
  context: StepContext,
): Step {
  const { owner, ownerHere, callOffer } = situation;
  const revert = (why: CallOfferEnd) => giveBack(owner, ownerHere, callOffer, why, context);
  if (event.type === 'deadline' && context.now >= callOffer.deadlineAt) return revert('unanswered');
  if (event.type === 'gone' && event.agentId === callOffer.to.id) return revert('teammate-gone');
  if (event.type === 'gone' && event.agentId === owner.id && ownerHere) {
    return to({ ...situation, ownerHere: false }, [
      agentDisconnected(owner, callOffer.deadlineAt, context),
    ]);
  }
  if (event.type === 'back' && event.agentId === owner.id && !ownerHere) {
    return to({ ...situation, ownerHere: true }, [agentReconnected(owner, context)]);
  }
  if (!isRequest(event)) return to(situation);
  if (event.by.id === callOffer.to.id) {
    if (event.type === 'decline' || event.type === 'hang-up') return revert('declined');
    if (event.type === 'claim' && event.callOfferId === callOffer.id) {
      return taken(situation, event.by, context);
    }
  }
  if (event.by.id === owner.id) {
    if (event.type === 'cancel') {
      return to(talking(owner), [callOfferEnded(callOffer.id, 'cancelled', context)]);
    }
    // The owner leaves; the customer stays with whoever comes.
    if (event.type === 'hang-up') return to({ ...situation, ownerHere: false });
  }
  return unmoved(situation, event);
}

function taken(situation: Of<'transfer-offered'>, by: Agent, context: StepContext): Step {
  const { owner, ownerHere, callOffer } = situation;
  const claimed = claimedBy(callOffer.id, by);
  if (callOffer.mode === 'consult' && ownerHere) {
    return to({ kind: 'consulting', owner, callOffer }, [claimed]);
  }
  // Without the first agent there is nobody to consult with: the customer is what is left.
  return to(talking(by), [claimed, callOfferEnded(callOffer.id, 'accepted', context, by)]);
}

function stepConsulting(situation: Of<'consulting'>, event: CallEvent, context: StepContext): Step {
  const { owner, ownerUntil, callOffer } = situation;
  const here = ownerUntil === undefined;
  const complete = () =>
    to(talking(callOffer.to), [callOfferEnded(callOffer.id, 'accepted', context, callOffer.to)]);
  if (event.type === 'gone' && event.agentId === callOffer.to.id) {
    return giveBack(owner, here, callOffer, 'teammate-gone', context);
  }
  if (event.type === 'gone' && event.agentId === owner.id && here) {
    const until = context.now + context.policy.rejoinGraceMs;
    return to({ ...situation, ownerUntil: until }, [agentDisconnected(owner, until, context)]);
  }
  if (event.type === 'back' && event.agentId === owner.id && !here) {
    return to({ kind: 'consulting', owner, callOffer }, [agentReconnected(owner, context)]);
  }
  // The teammate is there and knows the matter: better than asking everybody.
  if (event.type === 'deadline' && !here && context.now >= ownerUntil) return complete();
  if (!isRequest(event)) return to(situation);
  if (event.by.id === owner.id) {
    // Who hangs up after introducing a teammate leaves the customer to them.
    if (event.type === 'complete' || event.type === 'hang-up') return complete();
    if (event.type === 'cancel') return giveBack(owner, here, callOffer, 'cancelled', context);
  }
  if (event.by.id === callOffer.to.id) {
    if (event.type === 'claim') return to(situation);
    if (event.type === 'decline' || event.type === 'hang-up') {
      return giveBack(owner, here, callOffer, 'declined', context);
    }
  }
  return unmoved(situation, event);
}

function stepWaiting(situation: Of<'queued'>, event: CallEvent, context: StepContext): Step {
  const { callOffer } = situation;
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
  // Their hang-up was not heard in time: they meant the call to end, not to be handed on.
  if (event.type === 'hang-up' && event.by.id === situation.from.id) {
    return hungUp(situation, event.by, context);
  }
  if (event.type === 'decline') {
    const declinedBy = [...new Set([...callOffer.declinedBy, event.by.id])];
    return to({ ...situation, callOffer: { ...callOffer, declinedBy } });
  }
  return unmoved(situation, event);
}
