import type { Agent } from '../../shared/protocol/frames.ts';

/**
 * Who may take, has reserved or has claimed a customer's call; every inbound call has one, whatever its media path.
 * The state of a call that the relay itself carries is its `RelayedCallRecord`.
 */
export interface ClaimRecord {
  callId: string;
  /** Its offer: the provider's time in Unix ms and the entry's cursor; undefined if only its end was reported. */
  offer: { at: number; cursor: number } | undefined;
  accountId: string | undefined;
  /** Who last took a call of this customer. */
  assigned: string | undefined;
  ended: boolean;
  claimedBy: Agent | undefined;
  /** The one agent who may pre-accept and claim it. */
  reservedBy: Agent | undefined;
  /** Ids of the agents who will not take it. */
  declinedBy: readonly string[];
}

/**
 * Why something was refused; the words go to the console as they are.
 * - `unknown`: no such call was offered. `ended`: it is over.
 * - `taken`: `by` claimed it. `reserved`: `by` alone could take it and is about to.
 * - `not-yours`: it is not this agent's to give back. `others`: more agents than the asker can take it, or others
 *   than the asker.
 */
export interface Refusal {
  kind: 'refused';
  why: 'unknown' | 'ended' | 'taken' | 'reserved' | 'not-yours' | 'others';
  by?: Agent | undefined;
}

/** Why an agent may not take the call; undefined if they may. Their own claim or reservation is no obstacle. */
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
