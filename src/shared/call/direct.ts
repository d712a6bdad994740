import { assertNever } from '../lib/assert-never.ts';
import type { CallStatus } from '../providers/events.ts';
import type { CallEvent } from './events.ts';
import type { Effect } from './effects.ts';
import type { Call, EndReason, Reservation, Ringing } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { accepting, preAcceptResult } from './accepting.ts';
import { isHeard } from './heard.ts';
import { outbound } from './outbound.ts';
import { mergeParty, withRecording, withProviderResult } from './facts.ts';
import { timing } from './timing.ts';

/** A call between this window and WhatsApp, in any phase but ended. Other paths follow it where nothing differs. */
export function direct(call: Call, event: CallEvent, now: number): Step {
  switch (call.direction) {
    case 'inbound':
      return inbound(call, event, now);
    case 'outbound':
      return outbound(call, event, now);
    default:
      return assertNever(call.direction, 'direction');
  }
}

/** A customer's call, in any phase but ended. */
function inbound(call: Call, event: CallEvent, now: number): Step {
  if (event.from === 'provider') return fromProvider(call, event, now);
  const { phase } = call;
  switch (phase.name) {
    case 'ringing':
      return ringing(call, phase, event, now);
    case 'accepting':
      return accepting(call, phase, event, now);
    case 'connected':
      return connected(call, event, now);
    case 'rejoining':
    case 'preparing':
    case 'placing':
    case 'calling':
    case 'customer-ringing':
    case 'external':
    case 'ended':
      return ignored(`not a phase of a customer's call: ${phase.name}`);
    default:
      return assertNever(phase, 'phase');
  }
}

function fromProvider(
  call: Call,
  event: Extract<CallEvent, { from: 'provider' }>,
  now: number,
): Step {
  const told = event.event;
  switch (told.kind) {
    case 'terminated': {
      const next = withProviderResult(call, told);
      if (call.phase.name === 'connected' || call.phase.name === 'rejoining') {
        const error = told.failed ? told.errors[0] : undefined;
        return ended(next, error ? { kind: 'failed', error } : { kind: 'customer-hung-up' }, now);
      }
      // Picked up by the relay, and by nobody else.
      if (call.mediaServer === 'relay') return ended(next, { kind: 'caller-gone' }, now);
      if (
        told.startedAt !== undefined &&
        call.phase.name === 'accepting' &&
        call.phase.step === 'sending'
      ) {
        // Our accept went through; only its HTTP answer was slower than the customer.
        return ended({ ...next, connectedAt: told.startedAt }, { kind: 'customer-hung-up' }, now);
      }
      // A call on its way from a teammate was picked up long ago.
      const isHandover = call.callOffer !== undefined;
      if (told.startedAt !== undefined && call.phase.name === 'ringing' && !isHandover) {
        // Our accept may have gone through although no answer to it came; else it was somebody else.
        const { lastError } = call.phase;
        const reason: EndReason = lastError
          ? { kind: 'failed', error: lastError }
          : { kind: 'answered-elsewhere', by: '' };
        return ended(next, reason, now);
      }
      // Whoever hung up while their call was being declined was declined.
      const isDeclined = call.phase.name === 'ringing' && call.phase.declined !== undefined;
      return ended(next, { kind: isDeclined ? 'declined-by-agent' : 'caller-gone' }, now);
    }
    case 'offer': {
      const party = mergeParty(call.party, told.party);
      const { phase } = call;
      if ((phase.name === 'ringing' || phase.name === 'accepting') && lacksOffer(call, phase)) {
        const next = { ...phase, offer: told.sdp };
        return moved({ ...call, party }, next, ...makeAnswer(call, told.sdp));
      }
      const same =
        party.name === call.party.name &&
        party.waId === call.party.waId &&
        party.username === call.party.username &&
        party.userId === call.party.userId;
      return same
        ? ignored('a repeated offer')
        : { ok: true, call: { ...call, party }, effects: [] };
    }
    case 'status':
      return pickedUp(call, told.status, now);
    case 'answer':
      return ignored("belongs to a call we place, not to a customer's call");
    case 'announced':
      return ignored('announced before');
    case 'recording':
      return withRecording(call, told);
    default:
      return assertNever(told, 'provider event');
  }
}

/** Somebody took the call elsewhere, e.g. in the provider's own softphone. */
function pickedUp(call: Call, status: CallStatus['status'], now: number): Step {
  const { phase } = call;
  if (status !== 'accepted') return ignored("belongs to a call we place, not to a customer's call");
  // What the relay took up is told by the relay, and our own accept is answered.
  const byRelay = call.path === 'relayed' || call.mediaServer === 'relay';
  if (phase.name !== 'ringing' || phase.lastError || byRelay || call.callOffer) {
    return ignored('somebody is on the call already');
  }
  return ended(call, { kind: 'answered-elsewhere', by: '' }, now);
}

function ringing(call: Call, phase: Ringing, event: CallEvent, now: number): Step {
  switch (event.from) {
    case 'agent':
      if (event.kind === 'accept') return accept(call, phase, now);
      return decided(call, phase, event, now);
    case 'media':
      switch (event.kind) {
        case 'answer-ready':
          if (phase.answer.state === 'ready') return ignored('the answer is made already');
          return holdIfAlone(call, { ...phase, answer: { state: 'ready', sdp: event.sdp } });
        case 'failed':
          return moved(call, {
            ...phase,
            answer: { state: 'failed', why: event.why },
            reservation:
              phase.answer.state === 'ready' ? afterLoss(phase.reservation) : phase.reservation,
          });
        case 'lost':
          return moved(
            call,
            { ...phase, answer: { state: 'preparing' }, reservation: afterLoss(phase.reservation) },
            ...makeAnswer(call, phase.offer),
          );
        case 'connected':
        case 'audio':
        case 'offer-ready':
          return ignored('nothing to do before the accept');
        default:
          return assertNever(event, 'media event');
      }
    case 'relay':
      if (!isHeard('ringing', event)) return ignored('it rings');
      switch (event.kind) {
        case 'candidates':
          if (phase.soleCandidate === event.soleCandidate) return ignored('already so');
          return holdIfAlone(call, { ...phase, soleCandidate: event.soleCandidate });
        case 'reservation-granted':
          if (phase.reservation.state !== 'asked' || phase.answer.state !== 'ready')
            return ignored('no longer wanted');
          return moved(
            call,
            { ...phase, reservation: { state: 'granted', preAccept: 'sending' } },
            { do: 'api.pre-accept', sdp: phase.answer.sdp },
          );
        case 'reservation-refused':
          if (phase.reservation.state !== 'asked') return ignored('not asked for');
          return moved(call, { ...phase, reservation: { state: 'refused' } });
        case 'taken':
          return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
        case 'unreachable':
          if (phase.reservation.state !== 'asked') return ignored('nothing was asked');
          return moved(call, { ...phase, reservation: { state: 'none' }, soleCandidate: false });
        default:
          return assertNever(event, 'relay event');
      }
    case 'api':
      return preAcceptResult(call, phase, event);
    case 'clock':
      if (phase.declined) return declined(call, now);
      return ended(call, { kind: 'rang-out' }, now);
    case 'app':
      if (phase.declined) return declined(call, now);
      if (now >= phase.deadlineAt) return ended(call, { kind: 'rang-out' }, now);
      return moved(
        call,
        {
          ...phase,
          answer: { state: 'preparing' },
          reservation: afterLoss(phase.reservation),
          soleCandidate: false,
        },
        ...makeAnswer(call, phase.offer),
      );
    case 'provider':
      return ignored('handled before');
    default:
      return assertNever(event, 'event');
  }
}

/** What the agent wants done about a ring. */
function decided(
  call: Call,
  phase: Ringing,
  event: Extract<CallEvent, { from: 'agent' }>,
  now: number,
): Step {
  switch (event.kind) {
    case 'accept':
      return accept(call, phase, now);
    case 'hang-up':
      return declined(call, now);
    case 'decline':
      if (phase.declined) return ignored('declined already');
      return moved(call, { ...phase, declined: { until: now + timing.undo } });
    case 'undo-decline': {
      const { declined: before, ...rings } = phase;
      return before ? moved(call, rings) : ignored('it was not declined');
    }
    case 'silence':
      return phase.silenced ? ignored('silent already') : moved(call, { ...phase, silenced: true });
    case 'mute':
    case 'dismiss':
    case 'dial':
      return ignored('not while it rings');
    default:
      return assertNever(event, 'agent event');
  }
}

/** Nothing can be undone any more: the decline is sent. */
function declined(call: Call, now: number): Step {
  return ended(call, { kind: 'declined-by-agent' }, now, { do: 'relay.decline' });
}

/** A right that was used cannot be used again with another SDP; one merely asked for can. */
function afterLoss(hold: Reservation): Reservation {
  return hold.state === 'granted' || hold.state === 'spent'
    ? { state: 'spent' }
    : { state: 'none' };
}

function holdIfAlone(call: Call, phase: Ringing): Step {
  const free = phase.reservation.state === 'none' || phase.reservation.state === 'refused';
  // Whoever else has the media prepares the way to the customer.
  if (call.path !== 'direct') return moved(call, phase);
  if (!phase.soleCandidate || !free || phase.answer.state !== 'ready') return moved(call, phase);
  return moved(call, { ...phase, reservation: { state: 'asked' } }, { do: 'relay.reserve' });
}

/** The agent takes the call. Who holds the right to pre-accept is alone already and need not wait for a claim. */
function accept(call: Call, phase: Ringing, now: number): Step {
  const { offer, reservation } = phase;
  const retry = phase.answer.state === 'failed' ? makeAnswer(call, offer) : [];
  const answer = phase.answer.state === 'failed' ? ({ state: 'preparing' } as const) : phase.answer;
  const base = {
    name: 'accepting',
    deadlineAt: now + timing.accept,
    offer,
    answer,
    reservation,
  } as const;
  const pressed = { ...call, acceptPressedAt: now };
  if (reservation.state === 'granted' && answer.state === 'ready') {
    return moved(
      pressed,
      { ...base, step: 'sending' },
      { do: 'relay.claim' },
      { do: 'api.accept', sdp: answer.sdp },
    );
  }
  return moved(pressed, { ...base, step: 'claiming' }, { do: 'relay.claim' }, ...retry);
}

/** Whether the SDP of the customer is still to come: it is not kept while the app is stopped, and the relay tells it again. */
function lacksOffer({ path }: Call, { offer }: { offer: string }): boolean {
  return offer === '' && path === 'direct';
}

function makeAnswer(call: Call, offer: string): Effect[] {
  if (call.path === 'relayed') return [{ do: 'media.leg' }];
  return lacksOffer(call, { offer }) ? [] : [{ do: 'media.answer', offer }];
}

function connected(call: Call, event: CallEvent, now: number): Step {
  switch (event.from) {
    case 'agent':
      if (event.kind === 'hang-up')
        return ended(call, { kind: 'agent-hung-up' }, now, { do: 'api.terminate' });
      return ignored('already connected');
    case 'media':
      switch (event.kind) {
        case 'audio':
          return call.audioAt === undefined
            ? { ok: true, call: { ...call, audioAt: now }, effects: [] }
            : ignored('already heard');
        case 'failed':
          return ended(call, { kind: 'media-failed', why: event.why }, now, {
            do: 'api.terminate',
          });
        case 'lost':
          return ended(call, { kind: 'media-failed', why: 'window-lost' }, now, {
            do: 'api.terminate',
          });
        case 'connected':
        case 'answer-ready':
        case 'offer-ready':
          return ignored('already connected');
        default:
          return assertNever(event, 'media event');
      }
    case 'app':
      return ended(call, { kind: 'interrupted' }, now, { do: 'api.terminate' });
    case 'relay':
    case 'api':
    case 'clock':
    case 'provider':
      return ignored('already connected');
    default:
      return assertNever(event, 'event');
  }
}
