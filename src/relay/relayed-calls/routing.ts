import { assertNever } from '../../shared/lib/assert-never.ts';
import { hearing } from './state-machine/state.ts';
import type { Routing, Supervision } from '../media/routing.ts';
import type { RelayedCallRecord, RelayedCallState } from '../store/relayed-call-record.ts';
import type { AgentLegs } from './legs.ts';

const HOLD: Routing = { kind: 'on-hold', playing: 'hold' };

/**
 * Who hears whom, in terms of legs; while a leg is missing, the customer hears hold music.
 *
 * @param isConnected whether an agent's console is connected
 */
export function routingOf(
  state: RelayedCallState,
  supervisors: RelayedCallRecord['supervisors'],
  legs: AgentLegs,
  isConnected: (agentId: string) => boolean,
): Routing {
  const wanted = hearing(state);
  const listening: { supervisors: readonly Supervision[] } = {
    supervisors: supervisors.flatMap(({ agent, mode }) => {
      const leg = legs.usable(agent.id);
      return leg === undefined ? [] : [{ leg, mode }];
    }),
  };
  switch (wanted.kind) {
    case 'on-hold':
      return wanted;
    case 'talking': {
      const agent = legs.usable(wanted.agent);
      if (agent === undefined) return HOLD;
      const isConsoleGone = !isConnected(wanted.agent);
      return { kind: 'talking', agent, ...listening, isConsoleGone };
    }
    case 'consulting': {
      const agent = legs.usable(wanted.agent);
      const teammate = legs.usable(wanted.teammate);
      if (agent === undefined || teammate === undefined) return HOLD;
      return { kind: 'consulting', agent, teammate, ...listening };
    }
    default:
      return assertNever(wanted, 'hearing');
  }
}
