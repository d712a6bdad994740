import { assertNever } from '../lib/assert-never.ts';
import type { ProviderError } from '../providers/events.ts';
import type { CallEvent, FromRelay } from './events.ts';
import type { Effect } from './effects.ts';
import type { Accepting, Call, EndReason, Ringing, Transfer } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { cutTalk } from './talk-intervals.ts';
import { timing } from './timing.ts';
import { ownErrors, ownMessages } from '../providers/own-errors.ts';

/**
 * What differs when the relay is the media end towards the customer: the claim is the accept, our leg may be lost and
 * made anew without the customer noticing more than hold audio, and the call may move between agents. What a
 * provider says is handled where direct calls' is.
 */

type NotProvider = Exclude<CallEvent, { from: 'provider' }>;

/** Between pressing Accept and the claim. Our leg first: a customer is picked up only by whom they can hear. */
export function acceptingRelayed(
  call: Call,
  phase: Accepting,
  event: NotProvider,
  now: number,
): Step {
  switch (event.from) {
    case 'relay':
      return claimed(call, phase, event, now);
    case 'media':
      switch (event.kind) {
        case 'answer-ready': {
          if (phase.answer.state === 'ready') return ignored('the leg is made already');
          const ready = { ...phase, answer: { state: 'ready', sdp: event.sdp } } as const;
          if (phase.step !== 'preparing') return moved(call, ready);
          return moved(call, { ...ready, step: 'claiming' }, { do: 'relay.claim' });
        }
        case 'failed':
          if (phase.step === 'preparing') {
            const reason = { kind: 'media-failed', why: event.why } as const;
            return ended(call, reason, now, { do: 'relay.decline' });
          }
          return moved(call, { ...phase, answer: { state: 'failed', why: event.why } });
        case 'lost':
          return moved(call, { ...phase, answer: { state: 'preparing' } }, { do: 'media.leg' });
        case 'connected':
        case 'audio':
        case 'offer-ready':
          return ignored('nothing to do before the claim');
        default:
          return assertNever(event, 'media event');
      }
    case 'agent':
      if (event.kind !== 'hang-up' && event.kind !== 'decline') return ignored('already accepting');
      // The claim may have been granted already.
      return ended(call, { kind: 'agent-hung-up' }, now, { do: 'api.terminate' });
    case 'clock': {
      const error = { code: 'timeout', message: '', transient: false } as const;
      const give: Effect[] = [{ do: 'relay.release', why: 'timeout' }, { do: 'relay.decline' }];
      return ended(call, { kind: 'failed', error }, now, ...give);
    }
    case 'app':
      return ringsOn(call, { ...phase, answer: { state: 'preparing' } }, undefined, now, {
        do: 'media.leg',
      });
    case 'api':
      return ignored('the relay speaks with the provider');
    default:
      return assertNever(event, 'event');
  }
}

function claimed(call: Call, phase: Accepting, event: FromRelay, now: number): Step {
  switch (event.kind) {
    case 'claim-granted':
      return takenUp(call, phase, now);
    case 'unreachable':
      return phase.step === 'claiming'
        ? ringsOn(call, phase, ownErrors.relaySilent, now)
        : ignored('no claim is awaited');
    case 'claim-refused':
      if (phase.step !== 'claiming') return ignored('no claim is awaited');
      if (!event.error) return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
      if (event.error.transient) return ringsOn(call, phase, event.error, now);
      // This console can do nothing more for the call; whoever else rings may still take it.
      return ended(call, { kind: 'failed', error: event.error }, now, { do: 'relay.decline' });
    case 'taken':
      return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
    case 'call-offer-withdrawn':
      return callOfferWithdrawn(call, event, now);
    case 'candidates':
    case 'reservation-granted':
    case 'reservation-refused':
    case 'call-offered':
    case 'reassigned':
    case 'transfer-offered':
    case 'transfer-ended':
    case 'leg-lost':
    case 'leg-back':
    case 'hold':
    case 'still-ours':
    case 'dtmf':
    case 'given-up':
    case 'supervision':
      return ignored('already accepting');
    default:
      return assertNever(event, 'relay event');
  }
}

/** The claim is granted: the customer is ours, and hears us as soon as our leg is there. */
export function takenUp(call: Call, phase: Ringing | Accepting, now: number): Step {
  const ours = { ...call, acceptPressedAt: call.acceptPressedAt ?? now, connectedAt: now };
  return phase.answer.state === 'ready'
    ? moved(ours, { name: 'connected' }, { do: 'media.live' })
    : rejoin(ours, now + timing.rejoin);
}

function ringsOn(
  call: Call,
  { offer, answer, reservation }: Accepting,
  lastError: ProviderError | undefined,
  now: number,
  ...effects: Effect[]
): Step {
  const deadlineAt = call.callOffer?.deadlineAt ?? call.createdAt + timing.ring;
  if (now >= deadlineAt) {
    return ended(
      call,
      lastError ? { kind: 'failed', error: lastError } : { kind: 'rang-out' },
      now,
    );
  }
  const phase = {
    name: 'ringing',
    deadlineAt,
    offer,
    answer,
    reservation,
    soleCandidate: false,
    lastError,
  } as const;
  return moved(call, phase, ...effects);
}

/** A callOffer we were asked to take, or were consulted about, is over. Without `by` it is ours. */
export function callOfferWithdrawn(
  call: Call,
  { end, by }: Extract<FromRelay, { kind: 'call-offer-withdrawn' }>,
  now: number,
): Step {
  const { phase, callOffer } = call;
  if (callOffer === undefined) return ignored('nobody handed it over to us');
  if (end === 'accepted' && by === undefined) {
    if (phase.name === 'ringing' || phase.name === 'accepting') return takenUp(call, phase, now);
    // After a consultation: only now do we talk with the customer.
    return {
      ok: true,
      call: { ...call, connectedAt: now, onHold: false, talkIntervals: [] },
      effects: [],
    };
  }
  return ended(call, endOfHandover(end, by, phase.name !== 'ringing'), now);
}

function endOfHandover(
  end: Extract<FromRelay, { kind: 'call-offer-withdrawn' }>['end'],
  by: string | undefined,
  talked: boolean,
): EndReason {
  switch (end) {
    case 'accepted':
      return { kind: 'answered-elsewhere', by: by ?? '' };
    case 'declined':
      return { kind: 'declined-by-agent' };
    case 'unanswered':
      return { kind: 'rang-out' };
    case 'caller-gone':
      return talked ? { kind: 'customer-hung-up' } : { kind: 'caller-gone' };
    case 'cancelled':
    case 'teammate-gone':
    case 'refused':
      return { kind: 'call-offer-withdrawn', why: end };
    default:
      return assertNever(end, 'end of a handover');
  }
}

/** A call of ours that was picked up, whether or not our leg is there. */
export function inProgress(call: Call, event: NotProvider, now: number): Step {
  switch (event.from) {
    case 'agent':
      return event.kind === 'hang-up'
        ? ended(call, { kind: 'agent-hung-up' }, now, { do: 'api.terminate' })
        : ignored('already connected');
    case 'relay':
      return told(call, event, now);
    case 'media':
      return fromMedia(call, event, now);
    case 'app':
      return rejoin(call, now + timing.rejoin);
    case 'clock':
      return call.phase.name === 'rejoining'
        ? ended(call, { kind: 'lost-to-team' }, now)
        : ignored('no deadline in this phase');
    case 'api':
      return ignored('already connected');
    default:
      return assertNever(event, 'event');
  }
}

/** Ours with a lost leg is a little longer than the relay's, whose word comes first if we can hear it. */
function patience(graceMs: number | undefined): number {
  return graceMs === undefined ? timing.rejoin : graceMs + timing.rejoinMargin;
}

function rejoin(call: Call, deadlineAt: number): Step {
  return moved(call, { name: 'rejoining', deadlineAt }, { do: 'media.rejoin' });
}

function fromMedia(call: Call, event: Extract<CallEvent, { from: 'media' }>, now: number): Step {
  const { phase } = call;
  const rejoining = phase.name === 'rejoining';
  switch (event.kind) {
    case 'audio':
      return call.audioAt === undefined
        ? { ok: true, call: { ...call, audioAt: now }, effects: [] }
        : ignored('already heard');
    case 'answer-ready': {
      if (!rejoining) return ignored('already connected');
      const mute: Effect[] = call.muted ? [{ do: 'media.mute', muted: true }] : [];
      return { ok: true, call, effects: [...mute, { do: 'media.live' }] };
    }
    case 'connected':
      return rejoining ? moved(call, { name: 'connected' }) : ignored('already connected');
    case 'failed':
    case 'lost':
      return rejoin(call, rejoining ? phase.deadlineAt : now + patience(event.graceMs));
    case 'offer-ready':
      return ignored('goes to the relay');
    default:
      return assertNever(event, 'media event');
  }
}

function told(call: Call, event: FromRelay, now: number): Step {
  switch (event.kind) {
    case 'transfer-offered': {
      const { to, note } = event;
      const transfers = [...(call.transfers ?? []), { at: now, to, note }];
      // The customer hears hold music until somebody answers.
      return { ok: true, call: { ...call, transfers, onHold: true }, effects: [] };
    }
    case 'transfer-ended':
      return { ok: true, call: { ...closeTransfer(call, event), onHold: false }, effects: [] };
    case 'reassigned': {
      const { to } = event;
      if (event.why === 'requeue') {
        return ended(call, { kind: 'lost-to-team', ...(to !== '' && { to }) }, now);
      }
      return ended(closeTransfer(call, { end: 'accepted' }), { kind: 'transferred', to }, now);
    }
    case 'leg-lost': {
      // What is replayed may be over long ago; the words that say so follow at once.
      const deadlineAt = Math.max(event.deadlineAt, now + SOON_MS);
      const heard = event.at === undefined ? call : cutTalk(call, event.at);
      if (call.phase.name !== 'rejoining') return rejoin(heard, deadlineAt);
      return moved(heard, { name: 'rejoining', deadlineAt });
    }
    case 'call-offer-withdrawn':
      return callOfferWithdrawn(call, event, now);
    case 'dtmf':
      return { ok: true, call: { ...call, dtmf: (call.dtmf ?? '') + event.digit }, effects: [] };
    case 'supervision':
      return { ok: true, call, effects: [] };
    case 'given-up': {
      const error = { code: event.why, message: ownMessages.relayEnded, transient: false };
      return ended(call, { kind: 'failed', error }, now);
    }
    case 'leg-back':
    case 'hold':
    case 'still-ours':
    case 'taken':
    case 'candidates':
    case 'reservation-granted':
    case 'reservation-refused':
    case 'claim-granted':
    case 'claim-refused':
    case 'unreachable':
    case 'call-offered':
      return ignored('already connected');
    default:
      return assertNever(event, 'relay event');
  }
}

const SOON_MS = 3_000;

/** Notes how the open transfer ended. */
export function closeTransfer(call: Call, { end }: Required<Pick<Transfer, 'end'>>): Call {
  const transfers = call.transfers?.map((one) => (one.end === undefined ? { ...one, end } : one));
  return { ...call, transfers };
}
