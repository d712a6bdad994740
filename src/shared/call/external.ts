import { assertNever } from '../lib/assert-never.ts';
import type { CallTerminated, ProviderError } from '../providers/events.ts';
import { ownError } from '../providers/own-errors.ts';
import type { Beginning } from './begin.ts';
import { afterEnd } from './ended.ts';
import type { Effect } from './effects.ts';
import type { OnPath, FromApi, FromProvider } from './events.ts';
import { withName, withParty, withProviderResult, withRecording } from './facts.ts';
import type { Call, CallFacts, ExternalCall } from './model.ts';
import type { EndReason, Ended, External } from './phases.ts';
import { changed, ended, ignored, moved, type Step } from './step.ts';
import { timing } from './timing.ts';

export const externalBeginning: Beginning = {
  ring(facts, _report, now) {
    const deadlineAt = Math.max(facts.createdAt + timing.externalRing, now + timing.retell);
    return begun(facts, { name: 'external', stage: 'ringing', deadlineAt });
  },
  dial(facts, { forwardTo, record }, now) {
    const wish = { forwardTo, record };
    const deadlineAt = now + timing.place;
    const phase = { name: 'external', stage: 'dialling', deadlineAt } as const;
    return begun({ ...facts, ...wish }, phase, { do: 'api.place', ...wish });
  },
  miss(facts, report) {
    const reason = endOf('inbound', report);
    return begun(facts, { name: 'ended', at: report.at, reason });
  },
};

function begun(
  facts: CallFacts,
  phase: ExternalCall['phase'],
  ...effects: Effect[]
): Step<ExternalCall> {
  return changed({ ...facts, path: 'external', phase }, ...effects);
}

/** A call that is spoken elsewhere. The provider alone decides about it; the agent can only look away. */
export function external(call: ExternalCall, event: OnPath, now: number): Step<ExternalCall> {
  const { phase } = call;
  if (phase.name === 'ended') {
    return afterEnd(call, phase, event, {
      corrects: (report) =>
        isDecided(call, phase, report) ? endOf(call.direction, report) : undefined,
      // A call that goes on elsewhere is not ours to end.
      whenNamed: [],
    });
  }
  switch (event.from) {
    case 'provider':
      return reported(call, phase, event, now);
    case 'agent':
      if (event.kind !== 'dismiss') return ignored('it is spoken elsewhere');
      return call.dismissed ? ignored('dismissed already') : changed({ ...call, dismissed: true });
    case 'api':
      return placed(call, phase, event, now);
    case 'clock': {
      const error = isUnplaced(call) ? noAnswer : ownError('untold');
      return ended(call, { kind: 'failed', error }, now);
    }
    case 'app': {
      // The same request again: its key keeps it from dialling twice.
      if (isUnplaced(call) && now < phase.deadlineAt) {
        const { forwardTo, record } = call;
        return changed(call, { do: 'api.place', forwardTo, record });
      }
      const deadlineAt = Math.max(phase.deadlineAt, now + timing.retell);
      return moved(call, { ...phase, deadlineAt });
    }
    case 'media':
    case 'relay':
      return ignored('it is spoken elsewhere');
    default:
      return assertNever(event, 'event');
  }
}

/** Whether we had only stopped waiting for this report, or somebody talked after all. */
function isDecided(
  { billed }: ExternalCall,
  { reason }: Ended,
  { startedAt }: CallTerminated,
): boolean {
  if (billed === undefined && startedAt !== undefined) return true;
  return reason.kind === 'failed' && givenUp.has(reason.error.code);
}

/** Whether the provider has not yet said that it dials. */
function isUnplaced({ direction, providerCallId }: ExternalCall): boolean {
  return direction === 'outbound' && providerCallId === undefined;
}

const noAnswer: ProviderError = { code: 'timeout', message: '', transient: true };

/** Codes of an end that is ours, not the provider's. */
const givenUp: ReadonlySet<string> = new Set([noAnswer.code, 'untold']);

function reported(
  call: ExternalCall,
  phase: External,
  { event: report, providerCallId }: FromProvider,
  now: number,
): Step<ExternalCall> {
  const named = withName(call, providerCallId);
  switch (report.kind) {
    case 'announced':
      return withParty(named, report.party);
    case 'status':
      switch (report.status) {
        case 'ringing': {
          if (phase.stage !== 'dialling') return ignored('it rang already');
          const deadlineAt = now + timing.externalRing;
          return moved(named, { ...phase, stage: 'ringing', deadlineAt });
        }
        case 'accepted': {
          if (phase.stage === 'talking') return ignored('a repeated status');
          const connectedAt = Math.min(Math.max(report.at, call.createdAt), now);
          const deadlineAt = now + timing.externalTalk;
          return moved({ ...named, connectedAt }, { ...phase, stage: 'talking', deadlineAt });
        }
        case 'rejected':
          if (phase.stage === 'talking') return ignored('it was answered');
          return ended(named, rejection(call), now);
        default:
          return assertNever(report.status, 'status');
      }
    case 'terminated':
      return ended(withProviderResult(named, report), endOf(call.direction, report), now);
    case 'recording':
      return withRecording(named, report);
    case 'offer':
    case 'answer':
      return ignored('there is no SDP in a call that is spoken elsewhere');
    default:
      return assertNever(report, 'provider event');
  }
}

function rejection({ direction }: ExternalCall): EndReason {
  return direction === 'outbound' ? { kind: 'declined-by-customer' } : { kind: 'caller-gone' };
}

/** Why an external call is over. Only the provider can say whether anyone talked. */
function endOf(
  direction: Call['direction'],
  { errors, startedAt, failed }: CallTerminated,
): EndReason {
  if (startedAt !== undefined) return { kind: 'over' };
  if (failed) {
    const [error = { code: 'failed', message: '', transient: false }] = errors;
    return { kind: 'failed', error };
  }
  return direction === 'outbound' ? { kind: 'unanswered' } : { kind: 'caller-gone' };
}

function placed(
  call: ExternalCall,
  phase: External,
  event: FromApi,
  now: number,
): Step<ExternalCall> {
  switch (event.kind) {
    case 'placed': {
      if (!isUnplaced(call)) return ignored('already placed');
      const deadlineAt = Math.max(phase.deadlineAt, now + timing.externalRing);
      return moved({ ...call, providerCallId: event.providerCallId }, { ...phase, deadlineAt });
    }
    case 'place-failed':
      if (!isUnplaced(call)) return ignored('it was placed');
      return ended(call, { kind: 'failed', error: event.error }, now);
    case 'pre-accepted':
    case 'pre-accept-failed':
    case 'accepted':
    case 'accept-failed':
      return ignored('it is answered elsewhere');
    default:
      return assertNever(event, 'api event');
  }
}
