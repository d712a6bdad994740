import { assertNever } from '../lib/assert-never.ts';
import { create } from './create.ts';
import { direct } from './direct.ts';
import type { CallEvent, OnPath } from './events.ts';
import { external } from './external.ts';
import { withIds } from './facts.ts';
import type { CallAddress } from './ids.ts';
import { deadlineOf, type Call } from './model.ts';
import { recorderGone, recorderSays } from './recorder.ts';
import { relayed } from './relayed.ts';
import { changed, ignored, type Step } from './step.ts';
import { streamed } from './streamed.ts';

/**
 * The one rule of how a call changes. Pure: the same call, event and time always give the same step.
 *
 * @param call the call as logged, or undefined when this event is the first we hear of it
 * @param address whose the event is; used only for a first event
 * @param now Unix ms
 */
export function transition(
  call: Call | undefined,
  event: CallEvent,
  address: CallAddress,
  now: number,
): Step {
  if (!call) return create(address, event, now);
  if (event.from === 'recorder') return recorderSays(call, event);
  // A timer of a phase that is over, or one that came early.
  if (event.from === 'clock' && now < (deadlineOf(call) ?? Infinity)) return ignored('not due');
  const step = onPath(call, event, now);
  if (event.from === 'app' && step.ok) return { ...step, call: recorderGone(step.call) };
  if (event.from !== 'provider') return step;
  // An event may report nothing but the call's other id.
  const before = step.ok ? step.call : call;
  const known = withIds(before, event);
  return known === before ? step : changed(known, ...(step.ok ? step.effects : []));
}

function onPath(call: Call, event: OnPath, now: number): Step {
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
      return assertNever(call, 'path');
  }
}
