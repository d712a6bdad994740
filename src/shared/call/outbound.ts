import { assertNever } from '../lib/assert-never.ts';
import type { CallStatus, CallTerminated } from '../providers/events.ts';
import type { Effect } from './effects.ts';
import type { FromApi, FromMedia, FromProvider, NotProvider } from './events.ts';
import { withName, withProviderResult, withRecording } from './facts.ts';
import type { AgentCall } from './model.ts';
import type { Connected, Dialling, EndReason, Ended } from './phases.ts';
import { changed, ended, ignored, moved, type InPhase, type Step } from './step.ts';
import { timing } from './timing.ts';

/** What is the same for a call that we place on each path that the agent speaks on. */

/** A call that the provider is asked to place. */
export function placing(now: number): Dialling {
  return { name: 'placing', deadlineAt: now + timing.place };
}

/** The phase of a call on its way to the customer; undefined before that and once the call is up. */
export function dialOf<P extends AgentCall['phase']>(phase: P): Extract<P, Dialling> | undefined {
  return isDialling(phase) ? phase : undefined;
}

function isDialling<P extends AgentCall['phase']>(phase: P): phase is Extract<P, Dialling> {
  const { name } = phase;
  return name === 'placing' || name === 'calling' || name === 'customer-ringing';
}

/** The provider can only end what it has named; otherwise the late name brings the terminate (`ended.ts`). */
function terminate({ providerCallId }: AgentCall): Effect[] {
  return providerCallId === undefined ? [] : [{ do: 'api.terminate' }];
}

/**
 * The provider's report.
 *
 * @param dial see `dialOf`
 * @param hasMedia whether the customer can be heard once they pick up
 */
export function outboundReport<C extends AgentCall, P extends Dialling>(
  call: C,
  dial: P | undefined,
  hasMedia: boolean | undefined,
  { event: report, providerCallId }: FromProvider,
  now: number,
): Step<C | InPhase<C, P | Connected | Ended>> {
  const named = withName(call, providerCallId);
  switch (report.kind) {
    case 'status':
      return status(named, dial, hasMedia, report, now);
    case 'terminated':
      return ended(withProviderResult(named, report), endOf(report), now);
    case 'answer':
      return ignored('no answer is awaited');
    case 'offer':
      return ignored("belongs to a customer's call, not to one we placed");
    case 'announced':
      return ignored('announced before');
    case 'recording':
      return withRecording(named, report);
    default:
      return assertNever(report, 'provider event');
  }
}

function status<C extends AgentCall, P extends Dialling>(
  call: C,
  dial: P | undefined,
  hasMedia: boolean | undefined,
  { status, at }: CallStatus,
  now: number,
): Step<C | InPhase<C, P | Connected | Ended>> {
  switch (status) {
    case 'ringing':
      if (!dial || dial.name === 'customer-ringing') return ignored('it rang already');
      return moved(call, {
        ...dial,
        name: 'customer-ringing',
        deadlineAt: now + timing.customerRing,
      });
    case 'accepted': {
      if (!dial) return ignored('nothing rings at the customer');
      if (call.connectedAt !== undefined) return ignored('a repeated status');
      const connectedAt = Math.min(Math.max(at, call.createdAt), now);
      const picked = { ...call, connectedAt };
      return hasMedia ? moved(picked, { name: 'connected' }) : changed(picked);
    }
    case 'rejected':
      if (!dial && isUp(call)) return ignored('already connected');
      return ended(call, { kind: 'declined-by-customer' }, now);
    default:
      return assertNever(status, 'status');
  }
}

function isUp({ phase }: AgentCall): boolean {
  return phase.name === 'connected' || phase.name === 'rejoining';
}

function endOf({ failed, errors, startedAt }: CallTerminated): EndReason {
  const [error] = errors;
  if (failed && error) return { kind: 'failed', error };
  return startedAt === undefined ? { kind: 'unanswered' } : { kind: 'customer-hung-up' };
}

/** What else happens, but the media, to a call on its way to the customer. */
export function dialling<C extends AgentCall, P extends Dialling>(
  call: C,
  dial: P,
  event: Exclude<NotProvider, FromMedia>,
  now: number,
): Step<C | InPhase<C, P | Ended>> {
  switch (event.from) {
    case 'api':
      return placed(call, dial, event, now);
    case 'agent':
      return event.kind === 'hang-up' ? cancelled(call, now) : ignored('already dialled');
    case 'clock':
      return ended(call, overdue(dial), now, ...terminate(call));
    case 'app':
      return interrupted(call, now);
    case 'relay':
      return ignored('the relay does not decide about a call we place');
    default:
      return assertNever(event, 'event');
  }
}

/** What the provider answered when we asked for the call. */
function placed<C extends AgentCall, P extends Dialling>(
  call: C,
  dial: P,
  event: FromApi,
  now: number,
): Step<C | InPhase<C, P | Ended>> {
  switch (event.kind) {
    case 'placed': {
      const named = withName(call, event.providerCallId);
      if (dial.name !== 'placing') {
        return call.providerCallId === undefined ? changed(named) : ignored('already placed');
      }
      return moved(named, { ...dial, name: 'calling', deadlineAt: now + timing.customerRing });
    }
    case 'place-failed':
      // A webhook proves that it was placed, whatever became of the HTTP answer.
      if (dial.name !== 'placing' || call.providerCallId !== undefined) {
        return ignored('it was placed');
      }
      return ended(call, { kind: 'failed', error: event.error }, now);
    case 'pre-accepted':
    case 'pre-accept-failed':
    case 'accepted':
    case 'accept-failed':
      return ignored('there is nothing to accept in a call we place');
    default:
      return assertNever(event, 'api event');
  }
}

function overdue({ name }: Dialling): EndReason {
  return name === 'placing'
    ? { kind: 'failed', error: { code: 'timeout', message: '', transient: true } }
    : { kind: 'unanswered' };
}

/** The agent gives a call up that we place. */
export function cancelled<C extends AgentCall>(call: C, now: number): Step<InPhase<C, Ended>> {
  return ended(call, { kind: 'cancelled' }, now, ...terminate(call));
}

/** The app stopped, and with it what was to carry the call. */
export function interrupted<C extends AgentCall>(call: C, now: number): Step<InPhase<C, Ended>> {
  return ended(call, { kind: 'interrupted' }, now, ...terminate(call));
}

/** Our media failed, or is gone with its window. */
export function mediaGone<C extends AgentCall>(
  call: C,
  event: Extract<FromMedia, { kind: 'failed' | 'lost' }>,
  now: number,
): Step<InPhase<C, Ended>> {
  const why = event.kind === 'failed' ? event.why : 'window-lost';
  return ended(call, { kind: 'media-failed', why }, now, ...terminate(call));
}
