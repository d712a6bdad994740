import { assertNever } from '../lib/assert-never.ts';
import type {
  CallAnnounced,
  CallOffered,
  CallTerminated,
  RecordingReady,
} from '../providers/events.ts';
import type { Effect } from './effects.ts';
import type { OnPath } from './events.ts';
import { isSameParty, mergeParty, withName, withProviderResult, withRecording } from './facts.ts';
import { gone } from './inbound.ts';
import { tellsIfAnswered, type AgentCall, type Call } from './model.ts';
import type { EndReason, Ended } from './phases.ts';
import { changed, ignored, moved, type InPhase, type Step } from './step.ts';

/**
 * An ended call stays ended. What still counts: the provider's final report, a name that was missing, who answered
 * instead, and a call that came into being after we gave it up, which has to be ended at the provider too.
 */

export const over = ignored('the call is over');

interface LateReports {
  /** The true reason, where the provider's final report shows that ours was wrong. */
  corrects: (report: CallTerminated) => EndReason | undefined;
  /** What to do when the provider names a call that we gave up before. */
  whenNamed: readonly Effect[];
}

/** What providers still report about an ended call. */
export function afterEnd<C extends Call>(
  call: C,
  phase: Ended,
  event: OnPath,
  { corrects, whenNamed }: LateReports,
): Step<C | InPhase<C, Ended>> {
  if (event.from === 'api') {
    return event.kind === 'placed' ? named(call, event.providerCallId, whenNamed) : over;
  }
  if (event.from !== 'provider') return over;
  const { event: report, providerCallId } = event;
  switch (report.kind) {
    case 'terminated': {
      const next = withProviderResult(withName(call, providerCallId), report);
      const reason = corrects(report);
      if (reason) return moved(next, { ...phase, reason });
      return isSame(call, next) ? ignored('a repeated end') : changed(next);
    }
    case 'offer':
    case 'announced':
      return begun(call, report);
    case 'recording':
      return report.what === 'voicemail'
        ? leftVoicemail(call, phase, report)
        : withRecording(call, report);
    case 'answer':
      return named(call, providerCallId, whenNamed);
    case 'status':
      // A rejected call needs no end from us.
      return report.status === 'rejected' ? over : named(call, providerCallId, whenNamed);
    default:
      return assertNever(report, 'provider event');
  }
}

/** Nobody talked: whatever looked like an answer was the voicemail's. */
function leftVoicemail<C extends Call>(
  call: C,
  phase: Ended,
  report: RecordingReady,
): Step<C | InPhase<C, Ended>> {
  const step = withRecording(call, report);
  const { kind } = phase.reason;
  if (!step.ok || (kind !== 'answered-elsewhere' && kind !== 'customer-hung-up')) return step;
  const reason = { kind: 'caller-gone' } as const;
  return moved({ ...step.call, connectedAt: undefined }, { ...phase, reason });
}

/** The provider names a call of ours that we gave up before. */
function named<C extends Call>(
  call: C,
  providerCallId: string,
  effects: readonly Effect[],
): Step<C> {
  if (call.direction !== 'outbound' || call.providerCallId !== undefined) return over;
  return changed({ ...call, providerCallId }, ...effects);
}

/** The beginning of a call whose end came first says who called, and when. */
function begun<C extends Call>(call: C, report: CallOffered | CallAnnounced): Step<C> {
  if (call.direction !== 'inbound') return over;
  const payload = report.kind === 'offer' ? report.payload : undefined;
  const next = {
    ...call,
    party: mergeParty(call.party, report.party),
    payload: call.payload ?? payload,
    createdAt: Math.min(call.createdAt, report.at),
  };
  return isSame(call, next) ? ignored('a repeated offer') : changed(next);
}

function isSame(a: Call, b: Call): boolean {
  return (
    a.createdAt === b.createdAt &&
    a.providerCallId === b.providerCallId &&
    a.payload === b.payload &&
    a.billed === b.billed &&
    a.unanswered === b.unanswered &&
    a.bill === b.bill &&
    a.recorded === b.recorded &&
    a.voicemail === b.voicemail &&
    a.connectedAt === b.connectedAt &&
    isSameParty(a.party, b.party)
  );
}

/** What still counts after the end of a call that the agent could have spoken here. */
export function afterAgentCall<C extends AgentCall>(
  call: C,
  phase: Ended,
  event: OnPath,
  corrects?: LateReports['corrects'],
): Step<C | InPhase<C, Ended>> {
  if (event.from === 'relay') {
    return event.kind === 'taken' ? takenBy(call, phase, event.by) : over;
  }
  const isUnanswered = call.billed === undefined && call.voicemail === undefined;
  const isUnbilled = call.direction === 'inbound' && isUnanswered && tellsIfAnswered(call);
  if (event.from === 'provider' && event.event.kind === 'status' && isUnbilled) {
    // We were away or gave up, and hear that somebody else did not.
    const isElsewhere =
      event.event.status === 'accepted' && seemedMissed(phase) && !call.unanswered;
    return isElsewhere ? moved(call, { ...phase, reason: elsewhere('') }) : over;
  }
  return afterEnd(call, phase, event, {
    corrects: (report) =>
      corrects?.(report) ?? (isUnbilled ? correction(call, phase, report) : undefined),
    whenNamed: [{ do: 'api.terminate' }],
  });
}

function correction(
  call: AgentCall,
  phase: Ended,
  { startedAt, at, failed }: CallTerminated,
): EndReason | undefined {
  if (startedAt !== undefined) return seemedMissed(phase) ? elsewhere('') : undefined;
  // It was never answered, so whoever wanted to was too late.
  switch (phase.reason.kind) {
    case 'answered-elsewhere':
      return gone(call);
    case 'customer-hung-up':
      return failed ? undefined : gone(call);
    case 'failed':
      // What the provider itself reported as failed stays so.
      return call.unanswered === undefined && gaveUpBy(phase.at, at) ? gone(call) : undefined;
    default:
      return undefined;
  }
}

/** Whether the customer had given up when our accept failed, so that it failed for that. */
export function gaveUpBy(failedAt: number, gaveUpAt: number): boolean {
  return gaveUpAt <= failedAt + SAME_MOMENT_MS;
}

/** Providers count whole seconds, and their clocks differ from ours. */
const SAME_MOMENT_MS = 3_000;

/** Who took a call that we seemed to have missed. */
export function takenBy<C extends Call>(
  call: C,
  phase: Ended,
  by: string,
): Step<InPhase<C, Ended>> {
  const { reason } = phase;
  // Whoever took it came too late.
  if (call.voicemail || (call.unanswered && !call.billed)) return over;
  const isByUnknown = reason.kind === 'answered-elsewhere' && reason.by === '';
  if (!isByUnknown && !seemedMissed(phase)) return over;
  return moved(call, { ...phase, reason: elsewhere(by) });
}

export function elsewhere(by: string): EndReason {
  return { kind: 'answered-elsewhere', by };
}

function seemedMissed({ reason: { kind } }: Ended): boolean {
  return kind === 'out-of-date' || kind === 'rang-out' || kind === 'caller-gone';
}
