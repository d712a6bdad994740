import { assertNever } from '../lib/assert-never.ts';
import type {
  CallProviderEvent,
  CallStatus,
  CallTerminated,
  ProviderError,
} from '../providers/events.ts';
import { ringing } from './begin.ts';
import type { Accept, FromAgent, FromRelay } from './events.ts';
import { neverUp, withParty, withProviderResult, withRecording } from './facts.ts';
import { isExpected } from './relay-reports.ts';
import { tellsIfAnswered, type AgentCall, type DirectCall, type StreamedCall } from './model.ts';
import type { EndReason, Ended, Ringing } from './phases.ts';
import { ended, ignored, moved, type InPhase, type Step } from './step.ts';
import { timing } from './timing.ts';

/** What is the same for a customer's call on each path that rings here. */

/** The provider's report. */
export function inboundReport<C extends AgentCall>(
  call: C,
  report: CallProviderEvent,
  now: number,
): Step<C | InPhase<C, Ended>> {
  switch (report.kind) {
    case 'terminated':
      return terminated(call, report, now);
    case 'offer':
      return withParty(call, report.party);
    case 'status':
      return pickedUp(call, report.status, now);
    case 'answer':
      return ignored(notPlaced);
    case 'announced':
      return ignored('announced before');
    case 'recording':
      return withRecording(call, report);
    default:
      return assertNever(report, 'provider event');
  }
}

const notPlaced = "belongs to a call we place, not to a customer's call";

function terminated<C extends AgentCall>(
  call: C,
  report: CallTerminated,
  now: number,
): Step<InPhase<C, Ended>> {
  const next = withProviderResult(call, report);
  const phase: AgentCall['phase'] = call.phase;
  // What began was the voicemail.
  const startedAt = next.voicemail ? undefined : report.startedAt;
  if (phase.name === 'connected' || phase.name === 'rejoining') {
    if (wasNeverUp(next, report)) return ended({ ...next, ...neverUp }, unanswered(call), now);
    const error = report.failed ? report.errors[0] : undefined;
    return ended(next, error ? { kind: 'failed', error } : { kind: 'customer-hung-up' }, now);
  }
  if (startedAt !== undefined && phase.name === 'accepting' && phase.step === 'sending') {
    // Our accept went through; only its HTTP answer was slower than the customer.
    return ended({ ...next, connectedAt: startedAt }, { kind: 'customer-hung-up' }, now);
  }
  if (startedAt !== undefined && phase.name === 'ringing') {
    // Our accept may have gone through although its answer was lost; otherwise somebody else took it.
    const { lastError: error } = phase;
    const reason: EndReason = error
      ? { kind: 'failed', error }
      : { kind: 'answered-elsewhere', by: '' };
    return ended(next, reason, now);
  }
  return ended(next, unanswered(call), now);
}

/** Whether a call that seemed to be up never was: the customer gave up just as it was accepted. */
function wasNeverUp(call: AgentCall, { startedAt, failed }: CallTerminated): boolean {
  if (startedAt !== undefined || !tellsIfAnswered(call)) return false;
  // A claim counts before the provider takes the accept; whoever is heard was answered, and then it failed.
  return !failed || (call.path === 'relayed' && call.audioAt === undefined);
}

/** Why a customer's call is over that nobody answered. */
export function unanswered(call: AgentCall): EndReason {
  const { phase } = call;
  // A customer who hangs up while their call is being declined was declined.
  const isDeclined = phase.name === 'ringing' && phase.declined !== undefined;
  return isDeclined ? { kind: 'declined-by-agent' } : gone(call);
}

/** The customer gave up, perhaps while the agent was answering. */
export function gone({ acceptPressedAt }: Pick<AgentCall, 'acceptPressedAt'>): EndReason {
  return { kind: 'caller-gone', ...(acceptPressedAt !== undefined && { whileAnswering: true }) };
}

/** Somebody took the call elsewhere, e.g. in the provider's own softphone. */
function pickedUp<C extends AgentCall>(
  call: C,
  status: CallStatus['status'],
  now: number,
): Step<InPhase<C, Ended>> {
  const { phase } = call;
  if (status !== 'accepted') return ignored(notPlaced);
  if (phase.name !== 'ringing' || phase.lastError || call.voicemail)
    return ignored(alreadyAnswered);
  return ended(call, { kind: 'answered-elsewhere', by: '' }, now);
}

/** Why the provider's status is ignored where the relay or an earlier agent picked the call up. */
export const alreadyAnswered = 'somebody is on the call already';

/** What the agent does about a ring, but accept it. */
export function ringDecision<C extends AgentCall, P extends Ringing>(
  call: C,
  phase: P,
  event: Exclude<FromAgent, Accept>,
  now: number,
): Step<InPhase<C, P | Omit<P, 'declined'> | Ended>> {
  switch (event.kind) {
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

/** What the relay reports about a ring. */
export function ringReport<C extends AgentCall, P extends Ringing>(
  call: C,
  phase: P,
  event: FromRelay,
  now: number,
): Step<InPhase<C, P | Ended>> {
  if (!isExpected('ringing', event)) return ignored('it rings');
  switch (event.kind) {
    case 'candidates':
      if (phase.soleCandidate === event.soleCandidate) return ignored('already so');
      return moved(call, { ...phase, soleCandidate: event.soleCandidate });
    case 'taken':
      return ended(call, { kind: 'answered-elsewhere', by: event.by }, now);
    default:
      return assertNever(event, 'relay event');
  }
}

/** The ring is over without an answer, or the time to undo a decline is. */
export function ringTimeout<C extends AgentCall>(
  call: C,
  phase: Ringing,
  now: number,
): Step<InPhase<C, Ended>> {
  return phase.declined ? declined(call, now) : ended(call, { kind: 'rang-out' }, now);
}

function declined<C extends AgentCall>(call: C, now: number): Step<InPhase<C, Ended>> {
  return ended(call, { kind: 'declined-by-agent' }, now, { do: 'relay.decline' });
}

/** The accept that ran out of time. */
export const acceptTimeout = {
  kind: 'failed',
  error: { code: 'timeout', message: '', transient: false },
} as const satisfies EndReason;

/** The provider refused our accept. If the customer is still waiting and a retry may help, it rings on. */
export function acceptRefused<C extends DirectCall | StreamedCall, M>(
  call: C,
  media: M,
  error: ProviderError,
  now: number,
): Step<InPhase<C, (Ringing & M) | Ended>> {
  const release = { do: 'relay.release', why: `${error.code} ${error.message}` } as const;
  const deadlineAt = call.createdAt + timing.ring;
  if (!error.transient || now >= deadlineAt) {
    // This console can do nothing more for the call; others that ring may still take it.
    return ended(call, { kind: 'failed', error }, now, release, { do: 'relay.decline' });
  }
  return moved(call, ringing(media, deadlineAt, error), release);
}

/** Leaves a call that is being accepted; the provider is informed if our accept may have reached it. */
export function giveUp<C extends DirectCall | StreamedCall>(
  call: C,
  { step }: { step: string },
  reason: EndReason,
  now: number,
): Step<InPhase<C, Ended>> {
  if (step === 'sending') return ended(call, reason, now, { do: 'api.terminate' });
  return ended(
    call,
    reason,
    now,
    { do: 'relay.release', why: reason.kind },
    { do: 'relay.decline' },
  );
}
