import type { LiveCall } from '../../shared/ipc/model.ts';
import { visibleCalls } from '../state/desk.ts';

/** Calls shown as a ring: those that ring, and those that stopped without ever being the agent's. */
export function ringsToShow(calls: readonly LiveCall[], now: number): readonly LiveCall[] {
  return cards(calls, now).filter(
    ({ direction, media, phase, connectedAt, acceptPressedAt }) =>
      phase.name === 'ringing' ||
      (phase.name === 'ended' &&
        media !== 'bridged' &&
        direction === 'inbound' &&
        connectedAt === undefined &&
        acceptPressedAt === undefined),
  );
}

/** The calls that get a call card: the agent's own, going on or just over. */
export function callsToShow(calls: readonly LiveCall[], now: number): readonly LiveCall[] {
  const rings = new Set(ringsToShow(calls, now).map(({ id }) => id));
  return cards(calls, now).filter(({ id }) => !rings.has(id));
}

/** One card for each call: how it left is old news as soon as it is back. */
function cards(calls: readonly LiveCall[], now: number): readonly LiveCall[] {
  return visibleCalls(calls, now).filter(
    (call) => call.phase.name !== 'ended' || !calls.some((other) => isBack(other, call)),
  );
}

/** Whether a call is another one that has come back to this agent. */
function isBack({ handover, phase, id }: LiveCall, before: LiveCall): boolean {
  if (!handover || id === before.id || phase.name === 'ended') return false;
  return handover.callId === (before.handover?.callId ?? before.id);
}
