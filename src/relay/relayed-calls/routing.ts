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
  const alone = spokenToAlone(listening.supervisors);
  switch (wanted.kind) {
    case 'on-hold':
      return hasLostAgent(state) ? (alone ?? wanted) : wanted;
    case 'talking': {
      const agent = legs.usable(wanted.agent);
      if (agent === undefined) return alone ?? HOLD;
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

/** Whether no agent is there although the customer is not on hold. */
function hasLostAgent(state: RelayedCallState): boolean {
  if (state.kind === 'agent-disconnected') return true;
  if (state.kind !== 'transfer-offered' || state.ownerHere) return false;
  return state.callOffer.mode === 'take-over';
}

/** The customer with the supervisor who speaks to them, without an agent. */
function spokenToAlone(supervisors: readonly Supervision[]): Routing | undefined {
  const barging = supervisors.find(({ mode }) => mode === 'barge');
  const others = supervisors.filter((one) => one !== barging);
  return barging && { kind: 'talking', agent: barging.leg, supervisors: others };
}
