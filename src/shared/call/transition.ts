import { assertNever } from '../lib/assert-never.ts';
import type { CallEvent } from './events.ts';
import { deadlineOf, type Call } from './model.ts';
import { ignored, type Step } from './step.ts';
import { direct } from './direct.ts';
import { relayed } from './relayed.ts';
import { external } from './external.ts';
import { first } from './create.ts';
import { withIds } from './facts.ts';
import { streamed } from './streamed.ts';
import { afterEnd } from './ended.ts';
import { withTalk } from './talk-intervals.ts';
import type { CallAddress } from './ids.ts';

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
  const step = change(call, event, now);
  if (event.from !== 'provider') return step;
  // An event may tell nothing else than the call's other id.
  const before = step.ok ? step.call : call;
  const known = withIds(before, event);
  if (known === before) return step;
  return { ok: true, call: known, effects: step.ok ? step.effects : [] };
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
  switch (call.path) {
    case 'direct':
      return direct(call, event, now);
    case 'relayed':
      return relayed(call, event, now);
    case 'streamed':
      return streamed(call, event, now);
    case 'external':
      return external(call, event, now);
    default:
      return assertNever(call.path, 'path');
  }
}
