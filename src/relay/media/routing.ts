import { assertNever } from '../../shared/lib/assert-never.ts';

/** Identifies an agent's leg. The caller chooses it; a reconnecting console gets a new one. */
export type LegId = string;

/** A supervisor who hears both parties, or also speaks to the agent alone. */
export interface Supervision {
  leg: LegId;
  mode: 'listen' | 'whisper';
}

/**
 * Who hears whom. There is no mixing, so the customer hears exactly one source and everybody else
 * at most two; this type cannot express anything else.
 *
 * - `on-hold`: the customer hears our own audio, nobody hears the customer.
 * - `talking`: customer and agent.
 * - `consulting`: the customer hears hold music while the agent talks to a teammate.
 *
 * Supervisors hear both parties; the first who whispers is heard by the agent alone.
 */
export type Routing =
  | { kind: 'on-hold'; playing: Playing }
  | {
      kind: 'talking';
      agent: LegId;
      supervisors?: readonly Supervision[];
      /**
       * The agent's console is also disconnected, so missing packets are taken for its end sooner.
       */
      isConsoleGone?: boolean;
    }
  | { kind: 'consulting'; agent: LegId; teammate: LegId; supervisors?: readonly Supervision[] };

/** What the bridge plays to the customer. */
export type Playing = 'hold' | 'silence';

/** One end of a call. */
export type LegRef = { side: 'customer' } | { side: 'agent'; leg: LegId };

/**
 * The effect of a routing on each receiving leg. An agent's leg has two tracks; undefined leaves
 * one without packets.
 */
export interface Plan {
  customer: { from: 'us'; playing: Playing } | { from: 'agent'; leg: LegId; isGone: boolean };
  agents: ReadonlyMap<LegId, readonly [first: LegRef | undefined, second: LegRef | undefined]>;
}

const CUSTOMER: LegRef = { side: 'customer' };

/** Expands a routing: who hears whom on which track. */
export function plan(routing: Routing): Plan {
  switch (routing.kind) {
    case 'on-hold':
      return { customer: { from: 'us', playing: routing.playing }, agents: new Map() };
    case 'talking': {
      const { agent, supervisors, isConsoleGone = false } = routing;
      return {
        customer: { from: 'agent', leg: agent, isGone: isConsoleGone },
        agents: conversation(agent, CUSTOMER, supervisors),
      };
    }
    case 'consulting': {
      const { agent, teammate, supervisors } = routing;
      const other: LegRef = { side: 'agent', leg: teammate };
      const agents = conversation(agent, other, supervisors);
      agents.set(teammate, [{ side: 'agent', leg: agent }, undefined]);
      return { customer: { from: 'us', playing: 'hold' }, agents };
    }
    default:
      return assertNever(routing, 'routing');
  }
}

function conversation(
  agent: LegId,
  other: LegRef,
  supervisors: readonly Supervision[] = [],
): Map<LegId, readonly [LegRef | undefined, LegRef | undefined]> {
  const whisperer = supervisors.find(({ mode }) => mode === 'whisper');
  const whisper: LegRef | undefined = whisperer && { side: 'agent', leg: whisperer.leg };
  const agents = new Map<LegId, readonly [LegRef | undefined, LegRef | undefined]>();
  agents.set(agent, [other, whisper]);
  for (const { leg } of supervisors) agents.set(leg, [other, { side: 'agent', leg: agent }]);
  return agents;
}

/** The legs a routing names, in the order agent, teammate, supervisors. */
export function legsOf(routing: Routing): readonly LegId[] {
  switch (routing.kind) {
    case 'on-hold':
      return [];
    case 'talking':
      return [routing.agent, ...supervisorLegs(routing)];
    case 'consulting':
      return [routing.agent, routing.teammate, ...supervisorLegs(routing)];
    default:
      return assertNever(routing, 'routing');
  }
}

/**
 * The routing after a leg is gone: without a supervisor the others talk on; without one of the
 * parties the customer hears hold music until the next routing.
 */
export function without(routing: Routing, leg: LegId): Routing {
  if (!legsOf(routing).includes(leg)) return routing;
  if (routing.kind !== 'on-hold' && supervisorLegs(routing).includes(leg)) {
    const { supervisors = [] } = routing;
    return { ...routing, supervisors: supervisors.filter((one) => one.leg !== leg) };
  }
  return { kind: 'on-hold', playing: 'hold' };
}

const supervisorLegs = ({ supervisors = [] }: { supervisors?: readonly Supervision[] }): LegId[] =>
  supervisors.map(({ leg }) => leg);
