import type { AgentCall, Call } from './model.ts';
import type { EndReason, Ended } from './phases.ts';
import type { Effect } from './effects.ts';

/** The result of one event: the call as it now is and what to do about it, or why nothing changed. */
export type Step<C = Call> =
  | { ok: true; call: C; effects: readonly Effect[] }
  | { ok: false; ignored: string };

/** A call of the type `C` that is in the phase `P`. */
export type InPhase<C, P> = Omit<C, 'phase'> & { phase: P };

/** Late, repeated and impossible events are ignored with a reason, never thrown. */
export function ignored(why: string): Extract<Step, { ok: false }> {
  return { ok: false, ignored: why };
}

/** The call in the same phase, with something new about it. */
export function changed<C>(call: C, ...effects: Effect[]): Step<C> {
  return { ok: true, call, effects };
}

/** The call in another phase, with effects. */
export function moved<C extends Call, P>(
  call: C,
  phase: P,
  ...effects: Effect[]
): Step<InPhase<C, P>> {
  return { ok: true, call: { ...call, phase }, effects };
}

/** The call over; its media is always closed. */
export function ended<C extends Call>(
  call: C,
  reason: EndReason,
  now: number,
  ...effects: Effect[]
): Step<InPhase<C, Ended>> {
  const phase: Ended = { name: 'ended', at: now, reason };
  return moved(call, phase, { do: 'media.close' }, ...effects);
}

/** The agent mutes the microphone, or no longer. */
export function mute<C extends AgentCall>(call: C, muted: boolean): Step<C> {
  if (call.muted === muted) return ignored('already so');
  return changed({ ...call, muted }, { do: 'media.mute', muted });
}

/** The first sound of the customer. */
export function heard<C extends AgentCall>(call: C, now: number): Step<C> {
  return call.audioAt === undefined ? changed({ ...call, audioAt: now }) : ignored('already heard');
}
