import type { Call, EndReason, Phase } from './model.ts';
import type { Effect } from './effects.ts';

/** The result of one event: the call as it now is and what to do about it, or why nothing changed. */
export type Step =
  | { ok: true; call: Call; effects: readonly Effect[] }
  | { ok: false; ignored: string };

/** Late, repeated and impossible events are ignored with a reason, never thrown. */
export function ignored(why: string): Step {
  return { ok: false, ignored: why };
}

/** The call in another phase, with effects. */
export function moved(call: Call, phase: Phase, ...effects: Effect[]): Step {
  return { ok: true, call: { ...call, phase }, effects };
}

/** The call over; its media is always closed. */
export function ended(call: Call, reason: EndReason, now: number, ...effects: Effect[]): Step {
  return moved(call, { name: 'ended', at: now, reason }, { do: 'media.close' }, ...effects);
}
