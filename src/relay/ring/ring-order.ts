import type { RingOrder } from '../config/ring.ts';
import type { RingTarget } from '../config/ring.ts';

/** An agent for the purposes of a ring order. */
export interface Ringable {
  agent: { id: string };
  team?: string | undefined;
}

/**
 * The agents for whom a call rings now. Each step adds to the previous ones; a step without an
 * eligible agent takes no time, and the last one lasts. All of it follows from the time of the
 * offer, so a restart changes nothing.
 *
 * @param able eligible agents
 * @returns for whom it rings, and when the next step begins (Unix ms)
 */
export function agentsToRing<T extends Ringable>(
  order: RingOrder,
  offeredAt: number,
  now: number,
  able: readonly T[],
  assigned: string | undefined,
): { agents: readonly T[]; nextAt: number | undefined } {
  if (order === 'everyone') return { agents: able, nextAt: undefined };
  let endsAt = offeredAt;
  let agents: readonly T[] = [];
  for (const [index, { who, seconds }] of order.entries()) {
    endsAt += seconds * 1000;
    agents = able.filter((agent) => agents.includes(agent) || isTarget(who, agent, assigned));
    const isLast = index === order.length - 1;
    if (agents.length > 0 && now < endsAt) return { agents, nextAt: isLast ? undefined : endsAt };
  }
  return { agents, nextAt: undefined };
}

function isTarget(
  who: RingTarget,
  { agent, team }: Ringable,
  assigned: string | undefined,
): boolean {
  switch (who.kind) {
    case 'assigned':
      return agent.id === assigned;
    case 'team':
      return team === who.team;
    case 'anyone':
      return true;
    default:
      return who satisfies never;
  }
}
