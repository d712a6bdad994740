import { assertNever } from '../lib/assert-never.ts';
import type { CallEvent } from './events.ts';
import { deadlineOf, type Call } from './model.ts';
import { ignored, type Step } from './step.ts';
import { acceptingRelayed, inProgress } from './relayed.ts';
import { external } from './external.ts';
import { first } from './create.ts';
import { withIds } from './facts.ts';
import { inbound } from './inbound.ts';
import { outbound } from './outbound.ts';
import { streamed } from './streamed.ts';
import { afterEnd } from './ended.ts';
import { withTalk } from './talk-intervals.ts';

/**
 * The one rule of how a call changes. Pure: the same call, event and time always give the same step.
 *
 * @param call the call as logged, or undefined when this event is the first we hear of it
 * @param id the call's id, used only for a first event
 * @param now Unix ms
 */
export function transition(
  call: Call | undefined,
  event: CallEvent,
  id: CallAddress,
  now: number,
): Step {
  const step = next(call, event, id, now);
  return step.ok ? { ...step, call: withTalk(step.call, now) } : step;
}

function next(call: Call | undefined, event: CallEvent, id: CallAddress, now: number): Step {
  if (!call) return first(id, event, now);
  const known = event.from === 'provider' ? withIds(call, event) : call;
  const step = change(known, event, now);
  // An event may tell nothing else than the call's other id.
  const told: Step = step.ok || known === call ? step : { ok: true, call: known, effects: [] };
  return told.ok && isPlacedNow(call, told.call)
    ? { ...told, effects: [{ do: 'media.leg' }, ...told.effects] }
    : told;
}

/** The relay takes our leg of a call that we place as soon as the provider has named the call. */
function isPlacedNow(before: Call, { path, direction, providerCallId, phase }: Call): boolean {
  if (path !== 'relayed' || direction !== 'outbound' || phase.name === 'ended') return false;
  return before.providerCallId === undefined && providerCallId !== undefined;
}

function change(call: Call, event: CallEvent, now: number): Step {
  if (call.phase.name === 'ended') return afterEnd(call, event);
  if (event.from === 'agent' && event.kind === 'mute' && call.path !== 'external') {
    if (call.muted === event.muted) return ignored('already so');
    const effects = [{ do: 'media.mute', muted: event.muted } as const];
    return { ok: true, call: { ...call, muted: event.muted }, effects };
  }
  if (event.from === 'relay' && event.kind === 'hold') {
    if ((call.onHold ?? false) === event.onHold) return ignored('already so');
    return { ok: true, call: { ...call, onHold: event.onHold }, effects: [] };
  }
  // A timer of a phase that is over, or one that came early.
  if (event.from === 'clock' && now < (deadlineOf(call) ?? Infinity)) return ignored('not due');
  if (call.phase.name === 'external') return external(call, call.phase, event, now);
  const step = call.path === 'streamed' ? streamed(call, event, now) : undefined;
  if (step) return step;
  if (call.path === 'relayed' && event.from !== 'provider') {
    const { phase } = call;
    if (phase.name === 'accepting') return acceptingRelayed(call, phase, event, now);
    if (phase.name === 'connected' || phase.name === 'rejoining') {
      return inProgress(call, event, now);
    }
  }
  switch (call.direction) {
    case 'inbound':
      return inbound(call, event, now);
    case 'outbound':
      return outbound(call, event, now);
    default:
      return assertNever(call.direction, 'direction');
  }
}

/** Where a first event belongs. */
export interface CallAddress {
  id: string;
  accountId: string;
}
