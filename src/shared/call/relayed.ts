import { t } from '../i18n/i18n.ts';
import { assertNever } from '../lib/assert-never.ts';
import { missed, outOfDate, ringing, type Beginning } from './begin.ts';
import type { Effect } from './effects.ts';
import type { OnPath, FromMedia, FromProvider, FromRelay, NotProvider } from './events.ts';
import { isExpected } from './relay-reports.ts';
import { alreadyAnswered, inboundReport, unanswered } from './inbound.ts';
import type { Connected, Rejoining, RelayedDial } from './phases.ts';
import type { CallFacts, RelayedCall } from './model.ts';
import { dialling, dialOf, mediaGone, outboundReport, placing } from './outbound.ts';
import { withProviderResult } from './facts.ts';
import { afterRelayedCall } from './relayed-end.ts';
import { settled, withClaim } from './relayed-claim.ts';
import { legReport, rejoin } from './relayed-leg.ts';
import { acceptingRelayed, claimUndone, ringRelayed } from './relayed-ring.ts';
import { changed, ended, ignored, moved, mute, type Step } from './step.ts';
import { cutTalk, withTalk } from './talk-intervals.ts';
import { timing } from './timing.ts';
import { transferReport } from './transfer.ts';

export const relayedBeginning: Beginning = {
  ring(facts, report, now) {
    if (report.kind === 'announced') return ignored('its offer is on its way');
    const tooLate = outOfDate(report, now);
    if (tooLate) return begun(facts, tooLate);
    const phase = ringing({ leg: { state: 'preparing' } } as const, facts.createdAt + timing.ring);
    return begun(facts, phase, { do: 'media.leg' });
  },
  // Our leg is made once the call has the provider's name, by which the relay knows it.
  dial: (facts, _wish, now) =>
    begun(facts, { ...placing(now), legReady: false }, { do: 'api.place' }),
  miss: (facts, report) => begun(facts, missed(report)),
};

function begun(
  facts: CallFacts,
  phase: RelayedCall['phase'],
  ...effects: Effect[]
): Step<RelayedCall> {
  return changed({ ...facts, path: 'relayed', muted: false, phase }, ...effects);
}

/**
 * A call whose media end is the relay: the claim is the accept, our leg may be lost and made anew while the customer
 * only hears hold music, and the call may move between agents.
 */
export function relayed(call: RelayedCall, event: OnPath, now: number): Step<RelayedCall> {
  const known = event.from === 'relay' ? withClaim(call, event) : call;
  const handled = withLeg(known, event, handle(known, event, now));
  const step = handled.ok || known === call ? handled : changed(known);
  return step.ok ? { ...step, call: settled(withTalk(step.call, now)) } : step;
}

/** The relay takes our leg of a call that we place as soon as the provider has named the call. */
function withLeg(call: RelayedCall, event: OnPath, step: Step<RelayedCall>): Step<RelayedCall> {
  const providerCallId = nameIn(event);
  if (call.direction === 'inbound' || call.providerCallId !== undefined) return step;
  const next = step.ok ? step.call : call;
  if (providerCallId === undefined || next.phase.name === 'ended') return step;
  const effects = step.ok ? step.effects : [];
  return changed({ ...next, providerCallId }, { do: 'media.leg' }, ...effects);
}

/** The provider's id of a call, where the event has one. */
function nameIn(event: OnPath): string | undefined {
  if (event.from === 'provider') return event.providerCallId;
  return event.from === 'api' && event.kind === 'placed' ? event.providerCallId : undefined;
}

function handle(call: RelayedCall, event: OnPath, now: number): Step<RelayedCall> {
  const { phase } = call;
  if (phase.name === 'ended') return afterRelayedCall(call, phase, event);
  if (event.from === 'agent' && event.kind === 'mute') return mute(call, event.muted);
  if (event.from === 'relay' && event.kind === 'hold') return hold(call, event.onHold);
  if (event.from === 'provider') return reported(call, event, now);
  switch (phase.name) {
    case 'ringing':
      return ringRelayed(call, phase, event, now);
    case 'accepting':
      return acceptingRelayed(call, phase, event, now);
    case 'connected':
    case 'rejoining':
      return inProgress(call, phase, event, now);
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

function hold(call: RelayedCall, onHold: boolean): Step<RelayedCall> {
  if ((call.onHold ?? false) === onHold) return ignored('already so');
  return changed({ ...call, onHold });
}

function reported(call: RelayedCall, event: FromProvider, now: number): Step<RelayedCall> {
  const { event: report } = event;
  switch (call.direction) {
    case 'inbound':
      // The relay itself reports when it picks a call up.
      if (report.kind === 'status') return ignored(alreadyAnswered);
      if (report.kind === 'terminated' && call.callOffer && !isUp(call)) {
        // Whether the customer was answered says nothing of us: another agent had the call before.
        return ended(withProviderResult(call, report), unanswered(call), now);
      }
      return inboundReport(call, report, now);
    case 'outbound': {
      const dial = dialOf(call.phase);
      if (report.kind === 'answer') return ignored('the relay is the media end');
      return outboundReport(call, dial, dial?.legReady, event, now);
    }
    default:
      return assertNever(call.direction, 'direction');
  }
}

function isUp({ phase }: RelayedCall): boolean {
  return phase.name === 'connected' || phase.name === 'rejoining';
}

/** The customer is heard through our leg, and only the relay knows when they are there. */
function dialMedia(
  call: RelayedCall,
  dial: RelayedDial,
  event: FromMedia,
  now: number,
): Step<RelayedCall> {
  switch (event.kind) {
    case 'leg-ready':
      if (dial.legReady) return ignored('the leg is made already');
      return moved(
        call,
        call.connectedAt === undefined ? { ...dial, legReady: true } : { name: 'connected' },
        { do: 'media.live' },
      );
    case 'failed':
    case 'lost':
      return mediaGone(call, event, now);
    case 'audio':
      // A leg of ours may carry the relay's own sounds.
      return ignored('the relay says when the customer is there');
    case 'answer-ready':
    case 'offer-ready':
    case 'connected':
      return ignored('nothing to do');
    default:
      return assertNever(event, 'media event');
  }
}

/** A call of ours that was picked up, whether or not our leg is there. */
function inProgress(
  call: RelayedCall,
  phase: Connected | Rejoining,
  event: NotProvider,
  now: number,
): Step<RelayedCall> {
  switch (event.from) {
    case 'agent':
      if (event.kind !== 'hang-up') return ignored('already connected');
      return ended(call, { kind: 'agent-hung-up' }, now, { do: 'api.terminate' });
    case 'relay':
      return isExpected('transferring', event)
        ? transferReport(call, event, now)
        : relayReport(call, phase, event, now);
    case 'media':
      return legReport(call, phase, event, now);
    case 'app':
      return rejoin(call, now + timing.rejoin);
    case 'clock':
      return phase.name === 'rejoining'
        ? ended(call, { kind: 'lost-to-team' }, now)
        : ignored('no deadline in this phase');
    case 'api':
      return ignored('already connected');
    default:
      return assertNever(event, 'event');
  }
}

/** What the relay reports of our leg, and of the call itself. */
function relayReport(
  call: RelayedCall,
  phase: Connected | Rejoining,
  event: FromRelay,
  now: number,
): Step<RelayedCall> {
  if (!isExpected('in progress', event)) return ignored('already connected');
  switch (event.kind) {
    case 'leg-lost': {
      // A replayed entry may be outdated; the entries that say so follow at once.
      const deadlineAt = Math.max(event.deadlineAt, now + SOON_MS);
      const talked = event.at === undefined ? call : cutTalk(call, event.at);
      return phase.name === 'rejoining'
        ? moved(talked, { ...phase, deadlineAt })
        : rejoin(talked, deadlineAt);
    }
    case 'dtmf':
      return changed({ ...call, dtmf: (call.dtmf ?? '') + event.digit });
    case 'supervision':
      return changed(call);
    case 'given-up': {
      const error = { code: event.why, message: t('ownMessages.relayEnded'), transient: false };
      return ended(call, { kind: 'failed', error }, now);
    }
    case 'claim-refused':
    case 'claim-released':
      return claimUndone(call, event, now);
    default:
      return assertNever(event, 'relay event');
  }
}

const SOON_MS = 3_000;
