import type { Presence } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { ClaimRecord } from '../store/claim-record.ts';

/** A connected agent. */
export interface Present {
  agent: Agent;
  presence: Presence;
  team?: string | undefined;
}

/**
 * Agents who can take a ringing call now: permitted, connected, available, and without a decline.
 * While it is reserved, only the agent with the reservation can, and nobody while that agent is
 * briefly disconnected.
 */
export function eligibleAgents<T extends Present>(call: ClaimRecord, present: readonly T[]): T[] {
  if (call.ended || call.claimedBy) return [];
  const { reservedBy, declinedBy } = call;
  return present.filter(({ agent, presence }) =>
    reservedBy
      ? agent.id === reservedBy.id
      : presence === 'available' && !declinedBy.includes(agent.id),
  );
}
