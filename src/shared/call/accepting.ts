import { assertNever } from '../lib/assert-never.ts';
import type { CallEvent } from './events.ts';
import { isHeard } from './heard.ts';
import type { Accepting, Call, Reservation, Ringing } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { timing } from './timing.ts';

/** A direct call between pressing Accept and the provider’s confirmation. */
export function accepting(call: Call, phase: Accepting, event: CallEvent, now: number): Step {
  switch (event.from) {
    case 'relay':
      if (!isHeard('accepting', event)) return ignored('already accepting');
      switch (event.kind) {
        case 'claim-granted':
        case 'unreachable':
          return phase.step === 'claiming' ? send(call, phase) : ignored('no claim is awaited');
        case 'claim-refused':
        case 'taken':
          // Once our accept is on its way the provider decides, and its answer will tell.
          if (phase.step === 'sending') return ignored('the provider decides');
          return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
        default:
          return assertNever(event, 'relay event');
      }
    case 'media':
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
          return call.audioAt === undefined
            ? { ok: true, call: { ...call, audioAt: now }, effects: [] }
            : ignored('already heard');
        case 'connected':
        case 'offer-ready':
          return ignored('nothing to do before the accept is confirmed');
        default:
          return assertNever(event, 'media event');
      }
    case 'api':
      if (event.kind === 'accepted') {
        if (phase.step !== 'sending') return ignored('no accept is under way');
        return moved({ ...call, connectedAt: now }, { name: 'connected' }, { do: 'media.live' });
      }
      if (event.kind === 'accept-failed') return refused(call, phase, event.error, now);
      return preAcceptResult(call, phase, event);
    case 'agent':
      if (event.kind === 'hang-up' || event.kind === 'decline') {
        return giveUp(call, phase, { kind: 'agent-hung-up' }, now);
      }
      return ignored('already accepting');
    case 'clock': {
      const error = { code: 'timeout', message: '', transient: false } as const;
      return giveUp(call, phase, { kind: 'failed', error }, now);
    }
    case 'app':
      return giveUp(call, phase, { kind: 'interrupted' }, now);
    case 'provider':
      return ignored('handled before');
    default:
      return assertNever(event, 'event');
  }
}

function send(call: Call, phase: Accepting): Step {
  if (phase.answer.state !== 'ready') return moved(call, { ...phase, step: 'preparing' });
  const { sdp } = phase.answer;
  const accept = { do: 'api.accept', sdp } as const;
  if (isTried(phase.reservation) || call.path !== 'direct') {
    return moved(call, { ...phase, step: 'sending' }, accept);
  }
  // Where nothing was pre-accepted, that goes first with the same SDP: one vendor allows an accept alone, others saw it
  // refused (docs/providers/meta.md#call-actions). Whatever becomes of it, the accept follows.
  const sending = { ...phase, step: 'sending', reservation: { state: 'spent' } } as const;
  return moved(call, sending, { do: 'api.pre-accept', sdp }, accept);
}

/** A call takes one pre-accept, with one SDP. */
function isTried({ state }: Reservation): boolean {
  return state === 'granted' || state === 'spent';
}

/** The provider refused. If the customer is still waiting and a retry may help, it rings on. */
function refused(
  call: Call,
  phase: Accepting,
  error: Ringing['lastError'] & object,
  now: number,
): Step {
  if (phase.step !== 'sending') return ignored('no accept is under way');
  const release = { do: 'relay.release', why: `${error.code} ${error.message}` } as const;
  const deadlineAt = call.createdAt + timing.ring;
  if (!error.transient || now >= deadlineAt) {
    // This console can do nothing more for the call; whoever else rings may still take it.
    return ended(call, { kind: 'failed', error }, now, release, { do: 'relay.decline' });
  }
  const { offer, answer, reservation } = phase;
  return moved(
    call,
    {
      name: 'ringing',
      deadlineAt,
      offer,
      answer,
      reservation,
      soleCandidate: false,
      lastError: error,
    },
    release,
  );
}

/** Leaves the call from our side; the provider is told if it may think that we took it. */
function giveUp(
  call: Call,
  phase: Accepting,
  reason: Parameters<typeof ended>[1],
  now: number,
): Step {
  if (phase.step === 'sending') return ended(call, reason, now, { do: 'api.terminate' });
  return ended(
    call,
    reason,
    now,
    { do: 'relay.release', why: reason.kind },
    { do: 'relay.decline' },
  );
}

/** What became of a pre-accept, while it rings or is being accepted. */
export function preAcceptResult(
  call: Call,
  phase: Ringing | Accepting,
  event: Extract<CallEvent, { from: 'api' }>,
): Step {
  if (phase.reservation.state !== 'granted') return ignored('no pre-accept is under way');
  if (event.kind === 'pre-accepted') {
    return moved(call, { ...phase, reservation: { state: 'granted', preAccept: 'done' } });
  }
  if (event.kind === 'pre-accept-failed') {
    return moved(call, { ...phase, reservation: { state: 'granted', preAccept: 'failed' } });
  }
  return ignored('no accept is under way');
}
