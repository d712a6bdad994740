import type { LiveCall } from '../../shared/ipc/model.ts';
import { visibleCalls } from '../state/desk.ts';

/** Calls shown as a ring: those that ring, and those that stopped without ever being the agent's. */
export function ringsToShow(calls: readonly LiveCall[], now: number): readonly LiveCall[] {
  return visibleCalls(calls, now).filter(
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
  return visibleCalls(calls, now).filter(({ id }) => !rings.has(id));
}
