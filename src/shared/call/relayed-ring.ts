import { assertNever } from '../lib/assert-never.ts';
import type { ProviderError } from '../providers/events.ts';
import { ownError } from '../providers/own-errors.ts';
import { ringing } from './begin.ts';
import type { Effect } from './effects.ts';
import type { FromMedia, FromRelay, NotProvider } from './events.ts';
import { isExpected } from './relay-reports.ts';
import { neverUp } from './facts.ts';
import { acceptTimeout, gone, ringDecision, ringReport, ringTimeout } from './inbound.ts';
import type { RelayedAccepting, RelayedRinging } from './phases.ts';
import type { RelayedCall } from './model.ts';
import { takenUp } from './relayed-leg.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { timing } from './timing.ts';
import { callOfferWithdrawn } from './transfer.ts';

/** A call that rings here, whose leg is made beforehand. */
export function ringRelayed(
  call: RelayedCall,
  phase: RelayedRinging,
  event: NotProvider,
  now: number,
): Step<RelayedCall> {
  switch (event.from) {
    case 'agent':
      return event.kind === 'accept'
        ? accept(call, phase, now)
        : ringDecision(call, phase, event, now);
    case 'media':
      return ringingLeg(call, phase, event);
    case 'relay':
      // The relay's answer to a claim may be lost, its log is not.
      if (event.kind === 'claim-granted') {
        if (call.claim?.state === 'refused') return ignored('that claim was undone');
        return takenUp(call, phase, now);
      }
      if (event.kind === 'call-offer-withdrawn') return callOfferWithdrawn(call, event, now);
      return ringReport(call, phase, event, now);
    case 'clock':
      return ringTimeout(call, phase, now);
    case 'app':
      if (phase.declined || now >= phase.deadlineAt) return ringTimeout(call, phase, now);
      return legAgain(call, { ...phase, soleCandidate: false });
    case 'api':
      return ignored('the relay speaks with the provider');
    default:
      return assertNever(event, 'event');
  }
}

function ringingLeg(call: RelayedCall, phase: RelayedRinging, event: FromMedia): Step<RelayedCall> {
  switch (event.kind) {
    case 'leg-ready':
      if (phase.leg.state === 'ready') return ignored('the leg is made already');
      return moved(call, { ...phase, leg: { state: 'ready' } });
    case 'failed':
      return moved(call, { ...phase, leg: { state: 'failed', why: event.why } });
    case 'lost':
      return legAgain(call, phase);
    case 'connected':
    case 'audio':
    case 'offer-ready':
    case 'answer-ready':
      return ignored('nothing to do before the accept');
    default:
      return assertNever(event, 'media event');
  }
}

function legAgain(call: RelayedCall, phase: RelayedRinging | RelayedAccepting): Step<RelayedCall> {
  return moved(call, { ...phase, leg: { state: 'preparing' } }, { do: 'media.leg' });
}

/** The claim of a relayed call picks it up, so it is made only when we can be heard. */
function accept(call: RelayedCall, { leg }: RelayedRinging, now: number): Step<RelayedCall> {
  const base = { name: 'accepting', deadlineAt: now + timing.accept } as const;
  const pressed = { ...call, acceptPressedAt: now, claim: undefined };
  switch (leg.state) {
    case 'ready':
      return moved(pressed, { ...base, leg, step: 'claiming' }, { do: 'relay.claim' });
    case 'preparing':
      return moved(pressed, { ...base, leg, step: 'preparing' });
    case 'failed':
      return legAgain(pressed, { ...base, leg, step: 'preparing' });
    default:
      return assertNever(leg, 'leg');
  }
}

/** Between pressing Accept and the claim. */
export function acceptingRelayed(
  call: RelayedCall,
  phase: RelayedAccepting,
  event: NotProvider,
  now: number,
): Step<RelayedCall> {
  switch (event.from) {
    case 'relay':
      return claiming(call, phase, event, now);
    case 'media':
      return acceptingLeg(call, phase, event, now);
    case 'agent':
      if (event.kind !== 'hang-up' && event.kind !== 'decline') return ignored('already accepting');
      // The claim may have been granted already.
      return ended(call, { kind: 'agent-hung-up' }, now, { do: 'api.terminate' });
    case 'clock':
      return ended(
        call,
        acceptTimeout,
        now,
        { do: 'relay.release', why: 'timeout' },
        { do: 'relay.decline' },
      );
    case 'app':
      return ringsOn(call, { ...phase, leg: { state: 'preparing' } }, undefined, now, {
        do: 'media.leg',
      });
    case 'api':
      return ignored('the relay speaks with the provider');
    default:
      return assertNever(event, 'event');
  }
}

function acceptingLeg(
  call: RelayedCall,
  phase: RelayedAccepting,
  event: FromMedia,
  now: number,
): Step<RelayedCall> {
  switch (event.kind) {
    case 'leg-ready': {
      if (phase.leg.state === 'ready') return ignored('the leg is made already');
      const ready = { ...phase, leg: { state: 'ready' } } as const;
      if (phase.step !== 'preparing') return moved(call, ready);
      return moved(call, { ...ready, step: 'claiming' }, { do: 'relay.claim' });
    }
    case 'failed': {
      const { why } = event;
      if (phase.step === 'preparing') {
        return ended(call, { kind: 'media-failed', why }, now, { do: 'relay.decline' });
      }
      return moved(call, { ...phase, leg: { state: 'failed', why } });
    }
    case 'lost':
      return legAgain(call, phase);
    case 'connected':
    case 'audio':
    case 'offer-ready':
    case 'answer-ready':
      return ignored('nothing to do before the claim');
    default:
      return assertNever(event, 'media event');
  }
}

function claiming(
  call: RelayedCall,
  phase: RelayedAccepting,
  event: FromRelay,
  now: number,
): Step<RelayedCall> {
  if (event.kind === 'call-offer-withdrawn') return callOfferWithdrawn(call, event, now);
  if (!isExpected('claiming', event)) return ignored('already accepting');
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
      return refused(call, phase, event.error, now);
    case 'taken':
      return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
    default:
      return assertNever(event, 'relay event');
  }
}

/** The provider did not take the accept. */
function refused(
  call: RelayedCall,
  phase: Pick<RelayedAccepting, 'leg'>,
  error: ProviderError,
  now: number,
  ...effects: Effect[]
): Step<RelayedCall> {
  if (error.transient) return ringsOn(call, phase, error, now, ...effects);
  // This console can do nothing more for the call; others that ring may still take it.
  return ended(call, { kind: 'failed', error }, now, { do: 'relay.decline' });
}

/**
 * The claim counted before the provider had taken the accept, and then it did not. A call that others had before, that
 * we handed on, or whose customer we heard, is ours all the same: then this is about an older claim.
 */
export function claimUndone(
  call: RelayedCall,
  event: Extract<FromRelay, { kind: 'claim-refused' | 'claim-released' }>,
  now: number,
): Step<RelayedCall> {
  const isUp = call.audioAt !== undefined || call.transfers !== undefined;
  const isOlder = event.kind === 'claim-refused' && event.by !== '';
  if (call.direction === 'outbound' || call.callOffer || isUp || isOlder) {
    return ignored('already connected');
  }
  const rung = { ...call, ...neverUp };
  // Our leg is open to the relay by now, and the next one is silent again.
  const leg = { leg: { state: 'preparing' } } as const;
  if (event.kind === 'claim-released') {
    const error = { code: 'relay', message: event.why, transient: true };
    return refused(rung, leg, error, now, { do: 'media.leg' });
  }
  return event.error
    ? refused(rung, leg, event.error, now, { do: 'media.leg' })
    : ended(rung, gone(call), now);
}

function ringsOn(
  call: RelayedCall,
  { leg }: Pick<RelayedAccepting, 'leg'>,
  lastError: ProviderError | undefined,
  now: number,
  ...effects: Effect[]
): Step<RelayedCall> {
  const deadlineAt = call.callOffer?.deadlineAt ?? call.createdAt + timing.ring;
  if (now < deadlineAt) return moved(call, ringing({ leg }, deadlineAt, lastError), ...effects);
  return ended(call, lastError ? { kind: 'failed', error: lastError } : { kind: 'rang-out' }, now);
}
