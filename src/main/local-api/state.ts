import type { LiveCall } from '../../shared/ipc/live-call.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';

/** What programs need to know of a call's phase. */
const STATES = {
  ringing: 'ringing',
  accepting: 'connecting',
  preparing: 'connecting',
  placing: 'connecting',
  calling: 'calling',
  'customer-ringing': 'calling',
  connected: 'connected',
  rejoining: 'reconnecting',
  external: 'elsewhere',
  ended: 'ended',
} as const satisfies Record<LiveCall['phase']['name'], string>;

/**
 * The agent's own presence and calls, with the customers' whole numbers. Nothing of teammates,
 * other customers, notes, messages or tokens.
 */
export function stateOf({ app, agent, connection, presence, calls }: Snapshot): object {
  return {
    version: app.version,
    workspace: app.workspace,
    agent: agent && { id: agent.id, name: agent.name },
    connection: connection.state,
    presence: { state: presence.state, until: time(presence.until), doNotDisturb: presence.dnd },
    calls: calls.map(callOf),
  };
}

function callOf(call: LiveCall): object {
  const { id, direction, party, account, accountId, createdAt, connectedAt, muted, phase } = call;
  return {
    id,
    direction,
    state: STATES[phase.name],
    customer: { number: party.waId && `+${party.waId}`, name: party.name },
    ourNumber: account.number,
    from: accountId,
    startedAt: time(createdAt),
    connectedAt: time(connectedAt),
    endedAt: phase.name === 'ended' ? time(phase.at) : undefined,
    muted,
  };
}

function time(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
