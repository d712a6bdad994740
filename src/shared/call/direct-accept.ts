import { assertNever } from '../lib/assert-never.ts';
import type { Effect } from './effects.ts';
import type { FromApi, FromMedia, FromRelay, NotProvider } from './events.ts';
import { isExpected } from './relay-reports.ts';
import { acceptRefused, acceptTimeout, giveUp } from './inbound.ts';
import type { DirectAccepting, DirectRinging, Reservation } from './phases.ts';
import type { DirectCall } from './model.ts';
import { ended, heard, ignored, moved, type Step } from './step.ts';
import { timing } from './timing.ts';

/** The agent takes the call. A console with the right to pre-accept is alone and need not wait for a claim. */
export function accept(call: DirectCall, phase: DirectRinging, now: number): Step<DirectCall> {
  const { offer, reservation, answer: made } = phase;
  const deadlineAt = now + timing.accept;
  const base = { name: 'accepting', deadlineAt, offer, reservation } as const;
  const pressed = { ...call, acceptPressedAt: now };
  const claim = { do: 'relay.claim' } as const;
  if (made.state === 'failed') {
    const again = { ...base, answer: { state: 'preparing' }, step: 'claiming' } as const;
    return moved(pressed, again, claim, ...makeAnswer(phase));
  }
  if (reservation.state === 'granted' && made.state === 'ready') {
    const sending = { ...base, answer: made, step: 'sending' } as const;
    return moved(pressed, sending, claim, { do: 'api.accept', sdp: made.sdp });
  }
  return moved(pressed, { ...base, answer: made, step: 'claiming' }, claim);
}

/** Nothing to do while the customer's SDP is still to come. */
export function makeAnswer({ offer }: DirectRinging): Effect[] {
  return offer === undefined ? [] : [{ do: 'media.answer', offer }];
}

/** Between pressing Accept and the provider's confirmation. */
export function acceptingDirect(
  call: DirectCall,
  phase: DirectAccepting,
  event: NotProvider,
  now: number,
): Step<DirectCall> {
  switch (event.from) {
    case 'relay':
      return claiming(call, phase, event, now);
    case 'media':
      return answering(call, phase, event, now);
    case 'api':
      return sent(call, phase, event, now);
    case 'agent':
      return event.kind === 'hang-up' || event.kind === 'decline'
        ? giveUp(call, phase, { kind: 'agent-hung-up' }, now)
        : ignored('already accepting');
    case 'clock':
      return giveUp(call, phase, acceptTimeout, now);
    case 'app':
      return giveUp(call, phase, { kind: 'interrupted' }, now);
    default:
      return assertNever(event, 'event');
  }
}

function claiming(
  call: DirectCall,
  phase: DirectAccepting,
  event: FromRelay,
  now: number,
): Step<DirectCall> {
  if (!isExpected('claiming', event)) return ignored('already accepting');
  switch (event.kind) {
    case 'claim-granted':
    case 'unreachable':
      return phase.step === 'claiming' ? send(call, phase) : ignored('no claim is awaited');
    case 'claim-refused':
    case 'taken':
      // Once our accept is on its way, the provider decides.
      if (phase.step === 'sending') return ignored('the provider decides');
      return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
    default:
      return assertNever(event, 'relay event');
  }
}

function answering(
  call: DirectCall,
  phase: DirectAccepting,
  event: FromMedia,
  now: number,
): Step<DirectCall> {
  switch (event.kind) {
    case 'answer-ready': {
      if (phase.answer.state === 'ready') return ignored('the answer is made already');
      const ready = { ...phase, answer: { state: 'ready', sdp: event.sdp } } as const;
      return phase.step === 'preparing' ? send(call, ready) : moved(call, ready);
    }
    case 'failed':
      return giveUp(call, phase, { kind: 'media-failed', why: event.why }, now);
    case 'lost':
      return giveUp(call, phase, { kind: 'media-failed', why: 'window-lost' }, now);
    case 'audio':
      return heard(call, now);
    case 'connected':
    case 'offer-ready':
    case 'leg-ready':
      return ignored('nothing to do before the accept is confirmed');
    default:
      return assertNever(event, 'media event');
  }
}

function send(call: DirectCall, phase: DirectAccepting): Step<DirectCall> {
  if (phase.answer.state !== 'ready') return moved(call, { ...phase, step: 'preparing' });
  const { sdp } = phase.answer;
  const accept = { do: 'api.accept', sdp } as const;
  if (isTried(phase.reservation)) return moved(call, { ...phase, step: 'sending' }, accept);
  // Without a pre-accept, one goes first with the same SDP: one vendor allows an accept alone, others saw it
  // refused (docs/providers/meta.md#call-actions). The accept follows whatever becomes of it.
  const sending = { ...phase, step: 'sending', reservation: { state: 'spent' } } as const;
  return moved(call, sending, { do: 'api.pre-accept', sdp }, accept);
}

/** A call takes one pre-accept, with one SDP. */
function isTried({ state }: Reservation): boolean {
  return state === 'granted' || state === 'spent';
}

/** What the provider answered. */
function sent(
  call: DirectCall,
  phase: DirectAccepting,
  event: FromApi,
  now: number,
): Step<DirectCall> {
  switch (event.kind) {
    case 'accepted':
      if (phase.step !== 'sending') return ignored('no accept is under way');
      return moved({ ...call, connectedAt: now }, { name: 'connected' }, { do: 'media.live' });
    case 'accept-failed': {
      if (phase.step !== 'sending') return ignored('no accept is under way');
      const { offer, answer, reservation } = phase;
      return acceptRefused(call, { offer, answer, reservation }, event.error, now);
    }
    case 'pre-accepted':
    case 'pre-accept-failed':
    case 'placed':
    case 'place-failed':
      return preAcceptResult(call, phase, event);
    default:
      return assertNever(event, 'api event');
  }
}

/** What became of a pre-accept, while it rings or is being accepted. */
export function preAcceptResult(
  call: DirectCall,
  phase: DirectRinging | DirectAccepting,
  { kind }: FromApi,
): Step<DirectCall> {
  if (phase.reservation.state !== 'granted') return ignored('no pre-accept is under way');
  if (kind !== 'pre-accepted' && kind !== 'pre-accept-failed') {
    return ignored('no accept is under way');
  }
  const preAccept = kind === 'pre-accepted' ? 'done' : 'failed';
  return moved(call, { ...phase, reservation: { state: 'granted', preAccept } });
}
