import type { Agent } from '../../shared/protocol/agent.ts';

/**
 * Who may take, has reserved or has claimed an inbound call, whatever its media path. The state of
 * a relayed call is its `RelayedCallRecord`.
 */
export interface ClaimRecord {
  callId: string;
  /** Its offer: the provider's time in Unix ms and the entry's cursor; undefined if only its end was reported. */
  offer: { at: number; cursor: number } | undefined;
  accountId: string | undefined;
  /** The agent who last took a call of this customer. */
  assigned: string | undefined;
  ended: boolean;
  claimedBy: Agent | undefined;
  /** The one agent who may pre-accept and claim it. */
  reservedBy: Agent | undefined;
  /** Ids of the agents who declined it. */
  declinedBy: readonly string[];
}

/**
 * Why something was refused; sent to the console unchanged.
 *
 * - `unknown`: no such call was offered. `ended`: it is over.
 * - `taken`: `by` claimed it. `reserved`: `by` alone could take it and is about to.
 * - `not-yours`: the agent does not have it and cannot release it. `others`: more agents than the
 *   asker can take it, or others than the asker.
 */
export interface Refusal {
  kind: 'refused';
  why: 'unknown' | 'ended' | 'taken' | 'reserved' | 'not-yours' | 'others';
  by?: Agent | undefined;
}

/**
 * Why an agent may not take the call; undefined if they may. Their own claim or reservation does
 * not prevent it.
 */
export function obstacle(call: ClaimRecord | undefined, agentId: string): Refusal | undefined {
  if (!call?.offer) return { kind: 'refused', why: call?.ended ? 'ended' : 'unknown' };
  if (call.ended) return { kind: 'refused', why: 'ended', by: call.claimedBy };
  if (call.claimedBy && call.claimedBy.id !== agentId) {
    return { kind: 'refused', why: 'taken', by: call.claimedBy };
  }
  if (call.reservedBy && call.reservedBy.id !== agentId) {
    return { kind: 'refused', why: 'reserved', by: call.reservedBy };
  }
  return undefined;
}
