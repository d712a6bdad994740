import { t } from '../i18n/i18n.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { ProviderError } from '../providers/events.ts';
import { direct } from './direct.ts';
import type { CallEvent, FromRelay } from './events.ts';
import { isHeard } from './heard.ts';
import type { Effect } from './effects.ts';
import type { Accepting, Call, EndReason, Phase, Ringing, Transfer } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { cutTalk } from './talk-intervals.ts';
import { timing } from './timing.ts';
import { ownError } from '../providers/own-errors.ts';

/**
 * What differs when the relay is the media end towards the customer: the claim is the accept, our leg may be lost and
 * made anew without the customer noticing more than hold audio, and the call may move between agents. What a
 * provider says is handled where direct calls' is.
 */

type NotProvider = Exclude<CallEvent, { from: 'provider' }>;

/** A call whose media end is the relay, in any phase but ended. */
export function relayed(call: Call, event: CallEvent, now: number): Step {
  const step = change(call, event, now);
  const providerCallId = nameIn(event);
  if (call.direction === 'inbound' || call.providerCallId !== undefined) return step;
  return providerCallId === undefined ? step : placed(call, providerCallId, step);
}

/** The provider's id of a call, where the event has one. */
function nameIn(event: CallEvent): string | undefined {
  if (event.from === 'provider') return event.providerCallId;
  return event.from === 'api' && event.kind === 'placed' ? event.providerCallId : undefined;
}

/** The relay takes our leg of a call that we place as soon as the provider has named the call. */
function placed(call: Call, providerCallId: string, step: Step): Step {
  const next = step.ok ? step.call : call;
  if (next.phase.name === 'ended') return step;
  const named = { ...next, providerCallId };
  return {
    ok: true,
    call: named,
    effects: [{ do: 'media.leg' }, ...(step.ok ? step.effects : [])],
  };
}

function change(call: Call, event: CallEvent, now: number): Step {
  if (event.from === 'provider') {
    const isAnswer = event.event.kind === 'answer' && call.direction === 'outbound';
    return isAnswer ? ignored('the relay is the media end') : direct(call, event, now);
  }
  const { phase } = call;
  switch (phase.name) {
    case 'ringing':
      return ringing(call, phase, event, now);
    case 'accepting':
      return accepting(call, phase, event, now);
    case 'connected':
    case 'rejoining':
      return inProgress(call, event, now);
    case 'placing':
    case 'calling':
    case 'customer-ringing':
      return placing(call, phase, event, now);
    case 'preparing':
    case 'external':
    case 'ended':
      return ignored(`not a phase of a relayed call: ${phase.name}`);
    default:
      return assertNever(phase, 'phase');
  }
}

function ringing(call: Call, phase: Ringing, event: NotProvider, now: number): Step {
  if (event.from === 'agent' && event.kind === 'accept') return accept(call, phase, now);
  if (event.from === 'relay') {
    // The relay's answer to a claim may be lost, its log is not.
    if (event.kind === 'claim-granted') return takenUp(call, phase, now);
    if (event.kind === 'call-offer-withdrawn') return callOfferWithdrawn(call, event, now);
  }
  return direct(call, event, now);
}

/** The claim of a relayed call picks it up, so it is made only when we can be heard. */
function accept(call: Call, phase: Ringing, now: number): Step {
  const { offer, reservation, answer } = phase;
  const base = { name: 'accepting', deadlineAt: now + timing.accept, offer, reservation } as const;
  const pressed = { ...call, acceptPressedAt: now };
  switch (answer.state) {
    case 'ready':
      return moved(pressed, { ...base, answer, step: 'claiming' }, { do: 'relay.claim' });
    case 'preparing':
      return moved(pressed, { ...base, answer, step: 'preparing' });
    case 'failed': {
      const again = { ...base, answer: { state: 'preparing' }, step: 'preparing' } as const;
      return moved(pressed, again, { do: 'media.leg' });
    }
    default:
      return assertNever(answer, 'answer');
  }
}

/** We call: the customer is heard through our leg, and only the relay knows when they are there. */
function placing(
  call: Call,
  phase: Extract<Phase, { answered: boolean }>,
  event: NotProvider,
  now: number,
): Step {
  if (event.from === 'media' && event.kind === 'audio') {
    // A leg of ours may carry the relay's own sounds.
    return ignored('the relay says when the customer is there');
  }
  if (event.from !== 'media' || event.kind !== 'answer-ready') return direct(call, event, now);
  if (phase.answered) return ignored('the leg is made already');
  const isUp = call.connectedAt !== undefined;
  return moved(call, isUp ? { name: 'connected' } : { ...phase, answered: true }, {
    do: 'media.live',
  });
}

/** Between pressing Accept and the claim. Our leg first: a customer is picked up only by whom they can hear. */
function accepting(call: Call, phase: Accepting, event: NotProvider, now: number): Step {
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
  if (!isHeard('accepting relayed', event)) return ignored('already accepting');
  switch (event.kind) {
    case 'claim-granted':
      return takenUp(call, phase, now);
    case 'unreachable':
      return phase.step === 'claiming'
        ? ringsOn(call, phase, ownError('relaySilent'), now)
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
    default:
      return assertNever(event, 'relay event');
  }
}

/** The claim is granted: the customer is ours, and hears us as soon as our leg is there. */
function takenUp(call: Call, phase: Ringing | Accepting, now: number): Step {
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

/** A call offered to us, or on which we were consulted, is no longer offered. Without `by` it is ours. */
function callOfferWithdrawn(
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
function inProgress(call: Call, event: NotProvider, now: number): Step {
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
  if (!isHeard('in progress', event)) return ignored('already connected');
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
      const error = { code: event.why, message: t('ownMessages.relayEnded'), transient: false };
      return ended(call, { kind: 'failed', error }, now);
    }
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
