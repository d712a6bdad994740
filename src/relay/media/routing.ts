import { assertNever } from '../../shared/lib/assert-never.ts';

/** Name of an agent's leg. The caller makes it; a console that comes back gets a new one. */
export type LegId = string;

/** Somebody who listens in: to the two who talk, or also speaking to the agent alone. */
export interface Supervision {
  leg: LegId;
  mode: 'listen' | 'whisper';
}

/**
 * Who talks with whom. There is no mixing, so the customer hears exactly one source and everybody else at most two;
 * this type can say nothing else.
 *
 * - `on-hold`: the customer hears our own audio, nobody hears the customer.
 * - `talking`: customer and agent.
 * - `consulting`: the customer hears hold audio while the agent talks to a teammate.
 *
 * Supervisors hear both who talk; the first who whispers is heard by the agent alone.
 */
export type Routing =
  | { kind: 'on-hold'; playing: Playing }
  | {
      kind: 'talking';
      agent: LegId;
      supervisors?: readonly Supervision[];
      /** The agent's console is out of reach in other ways too: no packets from it are the sooner taken for its end. */
      isConsoleGone?: boolean;
    }
  | { kind: 'consulting'; agent: LegId; teammate: LegId; supervisors?: readonly Supervision[] };

/** What the bridge itself plays to the customer. */
export type Playing = 'hold' | 'silence';

/** One end of a call. */
export type LegRef = { side: 'customer' } | { side: 'agent'; leg: LegId };

/** What a routing means for each receiving leg. An agent's leg has two tracks; undefined leaves one without packets. */
export interface Plan {
  customer: { from: 'us'; playing: Playing } | { from: 'agent'; leg: LegId; isGone: boolean };
  agents: ReadonlyMap<LegId, readonly [first: LegRef | undefined, second: LegRef | undefined]>;
}

const CUSTOMER: LegRef = { side: 'customer' };

/** Spells a routing out: who hears whom on which track. */
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
 * What is left of a routing when a leg is gone: without a supervisor the others talk on; without one of those who
 * talk the customer hears hold music until the next routing.
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
