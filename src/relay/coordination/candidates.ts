import type { Agent, FromConsole } from '../../shared/relay/protocol.ts';
import type { CallRecord } from '../store/call-record.ts';

export type Presence = Extract<FromConsole, { type: 'presence' }>['presence'];

/** A connected agent. */
export interface Present {
  agent: Agent;
  presence: Presence;
}

/**
 * Who can take a ringing call now: connected, available and not declined. While it is held, only the holder can,
 * and while the holder is away for a moment, nobody.
 */
export function candidates(call: CallRecord, present: readonly Present[]): readonly Agent[] {
  if (call.ended || call.claimedBy) return [];
  const { heldBy, declinedBy } = call;
  return present
    .filter(({ agent, presence }) =>
      heldBy ? agent.id === heldBy.id : presence === 'available' && !declinedBy.includes(agent.id),
    )
    .map(({ agent }) => agent);
}
