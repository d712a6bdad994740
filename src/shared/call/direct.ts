import { assertNever } from '../lib/assert-never.ts';
import type { CallAnswered, CallOffered } from '../providers/events.ts';
import { missed, outOfDate, ringing, type Beginning } from './begin.ts';
import { connected } from './connected.ts';
import { accept, acceptingDirect } from './direct-accept.ts';
import { ringDirect } from './direct-ring.ts';
import type { Effect } from './effects.ts';
import { afterAgentCall } from './ended.ts';
import type { OnPath, FromMedia, FromProvider, NotProvider } from './events.ts';
import { mergeParty, withName, withParty } from './facts.ts';
import { inboundReport } from './inbound.ts';
import type { DirectDial, Preparing } from './phases.ts';
import type { CallFacts, DirectCall } from './model.ts';
import {
  cancelled,
  dialling,
  dialOf,
  interrupted,
  mediaGone,
  outboundReport,
  placing,
} from './outbound.ts';
import { changed, ended, ignored, moved, mute, type Step } from './step.ts';
import { timing } from './timing.ts';

export const directBeginning: Beginning = {
  ring(facts, report, now) {
    // Reported in two ways; without the offer there is nothing to answer.
    if (report.kind === 'announced' || report.sdp === undefined) {
      return ignored('its offer is on its way');
    }
    const tooLate = outOfDate(report, now);
    if (tooLate) return begun(facts, tooLate);
    const { sdp: offer } = report;
    const media = {
      offer,
      answer: { state: 'preparing' },
      reservation: { state: 'none' },
    } as const;
    const phase = ringing(media, facts.createdAt + timing.ring);
    return begun(facts, phase, { do: 'media.answer', offer });
  },
  dial: (facts, _wish, now) =>
    begun(facts, { name: 'preparing', deadlineAt: now + timing.prepare }, { do: 'media.offer' }),
  miss: (facts, report) => begun(facts, missed(report)),
};

function begun(
  facts: CallFacts,
  phase: DirectCall['phase'],
  ...effects: Effect[]
): Step<DirectCall> {
  return changed({ ...facts, path: 'direct', muted: false, phase }, ...effects);
}

/** A call between this window and WhatsApp. It ends with this window, and with the app. */
export function direct(call: DirectCall, event: OnPath, now: number): Step<DirectCall> {
  const { phase } = call;
  if (phase.name === 'ended') return afterAgentCall(call, phase, event);
  if (event.from === 'agent' && event.kind === 'mute') return mute(call, event.muted);
  if (event.from === 'provider') return reported(call, event, now);
  switch (phase.name) {
    case 'ringing':
      return event.from === 'agent' && event.kind === 'accept'
        ? accept(call, phase, now)
        : ringDirect(call, phase, event, now);
    case 'accepting':
      return acceptingDirect(call, phase, event, now);
    case 'connected':
      return connected(call, event, now);
    case 'preparing':
      return preparing(call, phase, event, now);
    case 'placing':
    case 'calling':
    case 'customer-ringing':
      return event.from === 'media'
        ? dialMedia(call, phase, event, now)
        : dialling(call, phase, event, now);
    default:
      return assertNever(phase, 'phase');
  }
}

function reported(call: DirectCall, event: FromProvider, now: number): Step<DirectCall> {
  const { event: report, providerCallId } = event;
  switch (call.direction) {
    case 'inbound':
      return report.kind === 'offer' ? offerAgain(call, report) : inboundReport(call, report, now);
    case 'outbound': {
      const dial = dialOf(call.phase);
      return report.kind === 'answer' && dial
        ? answered(withName(call, providerCallId), dial, report)
        : outboundReport(call, dial, dial?.answered, event, now);
    }
    default:
      return assertNever(call.direction, 'direction');
  }
}

/** The relay repeats the offer of a call whose SDP was not kept while the app was stopped. */
function offerAgain(call: DirectCall, { sdp: offer, party }: CallOffered): Step<DirectCall> {
  const { phase } = call;
  const answers = phase.name === 'ringing' || phase.name === 'accepting';
  if (!answers || phase.offer !== undefined || offer === undefined) return withParty(call, party);
  const known = { ...call, party: mergeParty(call.party, party) };
  return moved(known, { ...phase, offer }, { do: 'media.answer', offer });
}

/** The customer's SDP for a call that we place. */
function answered(
  call: DirectCall,
  dial: DirectDial,
  { party, sdp }: CallAnswered,
): Step<DirectCall> {
  if (dial.answered || sdp === undefined) return ignored('a repeated answer');
  // The customer may be heard before ACCEPTED arrives (docs/providers/meta.md#call-status), so
  // nothing waits for it.
  return moved(
    { ...call, party: mergeParty(call.party, party) },
    // Webhooks overtake each other: ACCEPTED may have been first.
    call.connectedAt === undefined ? { ...dial, answered: true } : { name: 'connected' },
    { do: 'media.apply-answer', sdp },
    { do: 'media.live' },
  );
}

/** Our offer for a call that we place is being made. */
function preparing(
  call: DirectCall,
  _phase: Preparing,
  event: NotProvider,
  now: number,
): Step<DirectCall> {
  switch (event.from) {
    case 'media':
      switch (event.kind) {
        case 'offer-ready': {
          const { sdp } = event;
          return moved(call, { ...placing(now), answered: false }, { do: 'api.place', sdp });
        }
        case 'failed':
        case 'lost':
          return mediaGone(call, event, now);
        case 'answer-ready':
        case 'leg-ready':
        case 'connected':
        case 'audio':
          return ignored('nothing was placed yet');
        default:
          return assertNever(event, 'media event');
      }
    case 'agent':
      return event.kind === 'hang-up' ? cancelled(call, now) : ignored('already dialled');
    case 'clock':
      return ended(call, { kind: 'media-failed', why: 'offer-timeout' }, now);
    case 'app':
      return interrupted(call, now);
    case 'api':
    case 'relay':
      return ignored('nothing was placed yet');
    default:
      return assertNever(event, 'event');
  }
}

function dialMedia(
  call: DirectCall,
  dial: DirectDial,
  event: FromMedia,
  now: number,
): Step<DirectCall> {
  switch (event.kind) {
    case 'audio':
      if (!dial.answered) return ignored('nothing can be heard before the answer');
      return moved(
        { ...call, audioAt: call.audioAt ?? now, connectedAt: call.connectedAt ?? now },
        { name: 'connected' },
      );
    case 'failed':
    case 'lost':
      return mediaGone(call, event, now);
    case 'offer-ready':
    case 'answer-ready':
    case 'leg-ready':
    case 'connected':
      return ignored('nothing to do');
    default:
      return assertNever(event, 'media event');
  }
}
