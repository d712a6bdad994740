import { assertNever } from '../lib/assert-never.ts';
import type { CallTerminated, ProviderError } from '../providers/events.ts';
import type { CallEvent } from './events.ts';
import type { External, Call, EndReason } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { mergeParty, withRecording, withProviderResult } from './facts.ts';
import { timing } from './timing.ts';
import { ownError } from '../providers/own-errors.ts';

/**
 * A call that is talked elsewhere, in any phase but ended. The provider's word alone decides about it; the agent can
 * only look away.
 */
export function external(call: Call, event: CallEvent, now: number): Step {
  const { phase } = call;
  if (phase.name !== 'external') return ignored(`not a phase of an external call: ${phase.name}`);
  switch (event.from) {
    case 'provider':
      return fromProvider(call, phase, event, now);
    case 'agent':
      if (event.kind !== 'dismiss') return ignored('it is talked elsewhere');
      if (call.dismissed) return ignored('dismissed already');
      return { ok: true, call: { ...call, dismissed: true }, effects: [] };
    case 'api':
      return fromApi(call, phase, event, now);
    case 'clock':
      return ended(
        call,
        { kind: 'failed', error: isUnplaced(call) ? noAnswer : ownError('untold') },
        now,
      );
    case 'app':
      // The same request again: its key keeps it from dialling twice.
      if (isUnplaced(call) && now < phase.deadlineAt) {
        return { ok: true, call, effects: [{ do: 'api.place', sdp: '' }] };
      }
      return moved(call, { ...phase, deadlineAt: Math.max(phase.deadlineAt, now + timing.retell) });
    case 'media':
    case 'relay':
      return ignored('it is talked elsewhere');
    default:
      return assertNever(event, 'event');
  }
}

/** Whether the provider has not yet said that it dials. */
function isUnplaced(call: Call): boolean {
  return call.direction === 'outbound' && call.providerCallId === undefined;
}

const noAnswer: ProviderError = { code: 'timeout', message: '', transient: true };

/** Nothing was told for so long that the call cannot be going on. What is told later still counts. */

/** Codes of an end that is ours, not the provider's. */
export const givenUp: ReadonlySet<string> = new Set([noAnswer.code, 'untold']);

function fromProvider(
  call: Call,
  phase: External,
  { event: told, providerCallId }: Extract<CallEvent, { from: 'provider' }>,
  now: number,
): Step {
  const named = { ...call, providerCallId: call.providerCallId ?? providerCallId };
  switch (told.kind) {
    case 'announced': {
      const party = mergeParty(call.party, told.party);
      const same =
        party.name === call.party.name &&
        party.waId === call.party.waId &&
        party.username === call.party.username;
      return same
        ? ignored('announced before')
        : { ok: true, call: { ...named, party }, effects: [] };
    }
    case 'status':
      switch (told.status) {
        case 'ringing':
          if (phase.stage !== 'dialling') return ignored('it rang already');
          return moved(named, {
            name: 'external',
            stage: 'ringing',
            deadlineAt: now + timing.externalRing,
          });
        case 'accepted':
          if (phase.stage === 'talking') return ignored('a repeated status');
          return moved(
            { ...named, connectedAt: Math.min(Math.max(told.at, call.createdAt), now) },
            { name: 'external', stage: 'talking', deadlineAt: now + timing.externalTalk },
          );
        case 'rejected':
          if (phase.stage === 'talking') return ignored('it was answered');
          return ended(named, rejection(call), now);
        default:
          return assertNever(told.status, 'status');
      }
    case 'terminated':
      return ended(withProviderResult(named, told), endOfExternal(call, told), now);
    case 'recording':
      return withRecording(named, told);
    case 'offer':
    case 'answer':
      return ignored('there is no SDP in a call that is talked elsewhere');
    default:
      return assertNever(told, 'provider event');
  }
}

function rejection({ direction }: Call): EndReason {
  return direction === 'outbound' ? { kind: 'declined-by-customer' } : { kind: 'caller-gone' };
}

/** Why an external call is over. Whether anyone talked is the provider's to say, never ours. */
export function endOfExternal(
  { direction }: Pick<Call, 'direction'>,
  told: CallTerminated,
): EndReason {
  const [error] = told.errors;
  if (told.startedAt !== undefined) return { kind: 'over' };
  if (told.failed) {
    const failure = error ?? { code: 'failed', message: '', transient: false };
    return { kind: 'failed', error: failure };
  }
  return direction === 'outbound' ? { kind: 'unanswered' } : { kind: 'caller-gone' };
}

function fromApi(
  call: Call,
  phase: External,
  event: Extract<CallEvent, { from: 'api' }>,
  now: number,
): Step {
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
