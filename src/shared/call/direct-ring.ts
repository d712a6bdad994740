import { assertNever } from '../lib/assert-never.ts';
import type { Accept, FromMedia, FromRelay, NotProvider } from './events.ts';
import { makeAnswer, preAcceptResult } from './direct-accept.ts';
import { isExpected } from './relay-reports.ts';
import { ringDecision, ringReport, ringTimeout } from './inbound.ts';
import type { DirectCall } from './model.ts';
import type { DirectRinging, Reservation } from './phases.ts';
import { ignored, moved, type Step } from './step.ts';

/** A customer's call that rings here, whose answer is made beforehand. */
export function ringDirect(
  call: DirectCall,
  phase: DirectRinging,
  event: Exclude<NotProvider, Accept>,
  now: number,
): Step<DirectCall> {
  switch (event.from) {
    case 'agent':
      return ringDecision(call, phase, event, now);
    case 'media':
      return answering(call, phase, event);
    case 'relay':
      if (isExpected('reserving', event)) return reserving(call, phase, event);
      return event.kind === 'candidates' && phase.soleCandidate !== event.soleCandidate
        ? reserveIfSole(call, { ...phase, soleCandidate: event.soleCandidate })
        : ringReport(call, phase, event, now);
    case 'api':
      return preAcceptResult(call, phase, event);
    case 'clock':
      return ringTimeout(call, phase, now);
    case 'app':
      if (phase.declined || now >= phase.deadlineAt) return ringTimeout(call, phase, now);
      return answerAgain(call, { ...phase, soleCandidate: false });
    default:
      return assertNever(event, 'event');
  }
}

function answering(call: DirectCall, phase: DirectRinging, event: FromMedia): Step<DirectCall> {
  switch (event.kind) {
    case 'answer-ready':
      if (phase.answer.state === 'ready') return ignored('the answer is made already');
      return reserveIfSole(call, { ...phase, answer: { state: 'ready', sdp: event.sdp } });
    case 'failed': {
      const { answer, reservation } = phase;
      return moved(call, {
        ...phase,
        answer: { state: 'failed', why: event.why },
        reservation: answer.state === 'ready' ? afterLoss(reservation) : reservation,
      });
    }
    case 'lost':
      return answerAgain(call, phase);
    case 'connected':
    case 'audio':
    case 'offer-ready':
    case 'leg-ready':
      return ignored('nothing to do before the accept');
    default:
      return assertNever(event, 'media event');
  }
}

/** The answer is lost with the window that made it. */
function answerAgain(call: DirectCall, phase: DirectRinging): Step<DirectCall> {
  const reservation = afterLoss(phase.reservation);
  const next = { ...phase, answer: { state: 'preparing' }, reservation } as const;
  return moved(call, next, ...makeAnswer(phase));
}

/** A right that was used cannot be used again with another SDP; one merely asked for can. */
function afterLoss({ state }: Reservation): Reservation {
  return { state: state === 'granted' || state === 'spent' ? 'spent' : 'none' };
}

function reserveIfSole(call: DirectCall, phase: DirectRinging): Step<DirectCall> {
  const { soleCandidate, answer, reservation } = phase;
  const free = reservation.state === 'none' || reservation.state === 'refused';
  if (!soleCandidate || !free || answer.state !== 'ready') return moved(call, phase);
  return moved(call, { ...phase, reservation: { state: 'asked' } }, { do: 'relay.reserve' });
}

function reserving(
  call: DirectCall,
  phase: DirectRinging,
  event: Extract<
    FromRelay,
    { kind: 'reservation-granted' | 'reservation-refused' | 'unreachable' }
  >,
): Step<DirectCall> {
  if (phase.reservation.state !== 'asked') return ignored('nothing was asked');
  switch (event.kind) {
    case 'reservation-granted':
      if (phase.answer.state !== 'ready') return ignored('no longer wanted');
      return moved(
        call,
        { ...phase, reservation: { state: 'granted', preAccept: 'sending' } },
        { do: 'api.pre-accept', sdp: phase.answer.sdp },
      );
    case 'reservation-refused':
      return moved(call, { ...phase, reservation: { state: 'refused' } });
    case 'unreachable':
      return moved(call, { ...phase, reservation: { state: 'none' }, soleCandidate: false });
    default:
      return assertNever(event, 'relay event');
  }
}
