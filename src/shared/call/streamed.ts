import { assertNever } from '../lib/assert-never.ts';
import type { CallTerminated } from '../providers/events.ts';
import { missed, outOfDate, ringing, type Beginning } from './begin.ts';
import { connected } from './connected.ts';
import type { Effect } from './effects.ts';
import { afterAgentCall } from './ended.ts';
import type { OnPath, FromApi, FromProvider, FromRelay, NotProvider } from './events.ts';
import { withName, withProviderResult } from './facts.ts';
import { isExpected } from './relay-reports.ts';
import {
  acceptRefused,
  acceptTimeout,
  alreadyAnswered,
  giveUp,
  inboundReport,
  ringDecision,
  ringReport,
  ringTimeout,
} from './inbound.ts';
import type { CallFacts, StreamedCall } from './model.ts';
import type { Dialling, EndReason, Ended, Ringing, StreamedAccepting } from './phases.ts';
import { dialling, dialOf, outboundReport, placing } from './outbound.ts';
import { changed, ended, ignored, moved, mute, type Step } from './step.ts';
import { timing } from './timing.ts';

export const streamedBeginning: Beginning = {
  ring(facts, report, now, mediaServer) {
    const ring = ringing({}, facts.createdAt + timing.ring);
    return begun({ ...facts, mediaServer }, outOfDate(report, now) ?? ring);
  },
  dial(facts, { mediaServer, forwardTo, record }, now) {
    const wish = { forwardTo, record };
    return begun({ ...facts, ...wish, mediaServer }, placing(now), { do: 'api.place', ...wish });
  },
  miss: (facts, report, mediaServer) => begun({ ...facts, mediaServer }, missed(report)),
};

function begun(
  { mediaServer = 'provider', ...facts }: CallFacts & Partial<Pick<StreamedCall, 'mediaServer'>>,
  phase: StreamedCall['phase'],
  ...effects: Effect[]
): Step<StreamedCall> {
  return changed({ ...facts, path: 'streamed', mediaServer, muted: false, phase }, ...effects);
}

/**
 * A call that a media server has. Nothing is prepared for it, and neither a lost window nor a restart ends it, because
 * it does not live in this window: its sound is opened anew.
 */
export function streamed(call: StreamedCall, event: OnPath, now: number): Step<StreamedCall> {
  const { phase } = call;
  if (phase.name === 'ended') {
    return afterAgentCall(call, phase, event, (report) => brokenOff(phase, report));
  }
  if (event.from === 'agent' && event.kind === 'mute') return mute(call, event.muted);
  if (event.from === 'provider') return reported(call, event, now);
  switch (phase.name) {
    case 'ringing':
      return ring(call, phase, event, now);
    case 'accepting':
      return accepting(call, phase, event, now);
    case 'connected':
      return event.from === 'app' || (event.from === 'media' && event.kind === 'lost')
        ? openAgain(call)
        : connected(call, event, now);
    case 'placing':
    case 'calling':
    case 'customer-ringing':
      return outgoing(call, phase, event, now);
    default:
      return assertNever(phase, 'phase');
  }
}

/** The sound breaks off when the call ends; the report of the end may come later. */
function brokenOff(
  { at, reason }: Ended,
  { startedAt, endedAt, at: reportedAt }: CallTerminated,
): EndReason | undefined {
  const isOver = startedAt !== undefined && (endedAt ?? reportedAt) <= at;
  return reason.kind === 'media-failed' && isOver ? { kind: 'customer-hung-up' } : undefined;
}

function openAgain(call: StreamedCall): Step<StreamedCall> {
  const mute: Effect[] = call.muted ? [{ do: 'media.mute', muted: true }] : [];
  return changed(call, { do: 'media.live' }, ...mute);
}

function reported(call: StreamedCall, event: FromProvider, now: number): Step<StreamedCall> {
  const { event: report, providerCallId } = event;
  if (report.kind === 'offer' || report.kind === 'answer') {
    return ignored('there is no SDP in a call that a media server has');
  }
  const isAccepted = report.kind === 'status' && report.status === 'accepted';
  if (isAccepted && isOurs(call)) {
    const connectedAt = Math.min(Math.max(report.at, call.createdAt), now);
    const named = { ...withName(call, providerCallId), connectedAt };
    return moved(named, { name: 'connected' }, { do: 'media.live' });
  }
  if (call.direction === 'outbound') {
    return outboundReport(call, dialOf(call.phase), false, event, now);
  }
  if (call.mediaServer === 'relay') {
    // The relay picked it up, and nobody else.
    if (report.kind === 'status') return ignored(alreadyAnswered);
    if (report.kind === 'terminated' && call.phase.name !== 'connected') {
      return ended(withProviderResult(call, report), { kind: 'caller-gone' }, now);
    }
  }
  return inboundReport(call, report, now);
}

/** Whether an answer that the provider reports was ours: we placed the call, or sent an accept. */
function isOurs({ direction, phase, mediaServer }: StreamedCall): boolean {
  if (phase.name === 'connected') return false;
  if (direction === 'outbound') return true;
  if (mediaServer === 'relay') return false;
  if (phase.name === 'accepting') return phase.step === 'sending';
  // The answer to our last accept was lost, not the accept.
  return phase.name === 'ringing' && phase.lastError !== undefined;
}

function ring(
  call: StreamedCall,
  phase: Ringing,
  event: NotProvider,
  now: number,
): Step<StreamedCall> {
  switch (event.from) {
    case 'agent': {
      if (event.kind !== 'accept') return ringDecision(call, phase, event, now);
      const deadlineAt = now + timing.accept;
      const claiming = { name: 'accepting', deadlineAt, step: 'claiming' } as const;
      return moved({ ...call, acceptPressedAt: now }, claiming, { do: 'relay.claim' });
    }
    case 'relay':
      return ringReport(call, phase, event, now);
    case 'clock':
      return ringTimeout(call, phase, now);
    case 'app':
      if (now >= phase.deadlineAt) return ringTimeout(call, phase, now);
      return moved(call, { ...phase, soleCandidate: false });
    case 'media':
    case 'api':
      return ignored('nothing to do before the accept');
    default:
      return assertNever(event, 'event');
  }
}

/** Between pressing Accept and the provider's confirmation. */
function accepting(
  call: StreamedCall,
  phase: StreamedAccepting,
  event: NotProvider,
  now: number,
): Step<StreamedCall> {
  switch (event.from) {
    case 'relay':
      return claiming(call, phase, event, now);
    case 'api':
      return sent(call, phase, event, now);
    case 'agent':
      return event.kind === 'hang-up' || event.kind === 'decline'
        ? giveUp(call, phase, { kind: 'agent-hung-up' }, now)
        : ignored('already accepting');
    case 'clock':
      return giveUp(call, phase, acceptTimeout, now);
    case 'app':
      // Only the provider knows whether the accept went out; its report or the deadline is awaited.
      return phase.step === 'sending' ? changed(call) : ringsOn(call, now);
    case 'media':
      return ignored('there is no sound before the call is up');
    default:
      return assertNever(event, 'event');
  }
}

function claiming(
  call: StreamedCall,
  phase: StreamedAccepting,
  event: FromRelay,
  now: number,
): Step<StreamedCall> {
  if (!isExpected('claiming', event)) return ignored('already accepting');
  switch (event.kind) {
    case 'claim-granted':
    case 'unreachable':
      if (phase.step !== 'claiming') return ignored('no claim is awaited');
      return moved(call, { ...phase, step: 'sending' }, { do: 'api.accept' });
    case 'claim-refused':
    case 'taken':
      // Once our accept is on its way, the provider decides.
      if (phase.step === 'sending') return ignored('the provider decides');
      return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
    default:
      return assertNever(event, 'relay event');
  }
}

/** What the provider answered. */
function sent(
  call: StreamedCall,
  { step }: StreamedAccepting,
  event: FromApi,
  now: number,
): Step<StreamedCall> {
  if (step !== 'sending') return ignored('no accept is under way');
  switch (event.kind) {
    case 'accepted':
      return moved({ ...call, connectedAt: now }, { name: 'connected' }, { do: 'media.live' });
    case 'accept-failed':
      return acceptRefused(call, {}, event.error, now);
    case 'pre-accepted':
    case 'pre-accept-failed':
    case 'placed':
    case 'place-failed':
      return ignored('only an accept is under way');
    default:
      return assertNever(event, 'api event');
  }
}

function ringsOn(call: StreamedCall, now: number): Step<StreamedCall> {
  const release = { do: 'relay.release', why: 'interrupted' } as const;
  const deadlineAt = call.createdAt + timing.ring;
  return now < deadlineAt
    ? moved(call, ringing({}, deadlineAt), release)
    : ended(call, { kind: 'rang-out' }, now, release);
}

/** On its way to the customer, who may still be called when the app is back. */
function outgoing(
  call: StreamedCall,
  phase: Dialling,
  event: NotProvider,
  now: number,
): Step<StreamedCall> {
  if (event.from === 'media') return ignored('there is no sound before the call is up');
  const goesOn = event.from === 'app' && call.providerCallId !== undefined;
  return goesOn ? changed(call) : dialling(call, phase, event, now);
}
