import { assertNever } from '../../shared/lib/assert-never.ts';

/** Identifies an agent's leg. The caller chooses it; a reconnecting console gets a new one. */
export type LegId = string;

/** A supervisor who hears both parties, or also speaks: to the agent alone, or to both. */
export interface Supervision {
  leg: LegId;
  mode: 'listen' | 'whisper' | 'barge';
}

/**
 * Who hears whom. The customer hears one stream and everybody else at most two; this type cannot
 * express anything else. Two voices are mixed only for those who have one track for both.
 *
 * - `on-hold`: the customer hears our own audio, nobody hears the customer.
 * - `talking`: customer and agent.
 * - `consulting`: the customer hears hold music while the agent talks to a teammate.
 *
 * Supervisors hear both parties. The first who speaks is heard by the agent alone (`whisper`), or by
 * everybody (`barge`), except a customer who is on hold.
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
/** A leg, or the mix of the agent and the supervisor who speaks to the customer. */
export type Source = LegRef | { side: 'mix' };

/**
 * The effect of a routing on each receiving leg. An agent's leg has two tracks; undefined leaves
 * one without packets.
 */
export interface Plan {
  customer:
    | { from: 'us'; playing: Playing }
    | { from: 'agent'; leg: LegId; isGone: boolean }
    | { from: 'mix'; legs: readonly [LegId, LegId] };
  agents: ReadonlyMap<LegId, Tracks>;
}

type Tracks = readonly [first: Source | undefined, second: Source | undefined];

const CUSTOMER: LegRef = { side: 'customer' };
const MIX: Source = { side: 'mix' };

/** Expands a routing: who hears whom on which track. */
export function plan(routing: Routing): Plan {
  switch (routing.kind) {
    case 'on-hold':
      return { customer: { from: 'us', playing: routing.playing }, agents: new Map() };
    case 'talking': {
      const { agent, supervisors, isConsoleGone = false } = routing;
      const barging = supervisors?.find(isSpeaking);
      return {
        customer:
          barging?.mode === 'barge'
            ? { from: 'mix', legs: [agent, barging.leg] }
            : { from: 'agent', leg: agent, isGone: isConsoleGone },
        agents: conversation(agent, CUSTOMER, supervisors),
      };
    }
    case 'consulting': {
      const { agent, teammate, supervisors } = routing;
      const other: LegRef = { side: 'agent', leg: teammate };
      const agents = conversation(agent, other, supervisors);
      const barging = supervisors?.find(isSpeaking);
      const heard = barging?.mode === 'barge' ? ref(barging.leg) : undefined;
      // There is nothing to mix: everybody has a track for each voice, or may do without.
      for (const [leg, [first, second]] of agents) {
        if (second === MIX) agents.set(leg, [first, ref(agent)]);
      }
      agents.set(teammate, [ref(agent), heard]);
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
): Map<LegId, Tracks> {
  const speaker = supervisors.find(isSpeaking);
  const agents = new Map<LegId, Tracks>();
  agents.set(agent, [other, speaker && ref(speaker.leg)]);
  for (const one of supervisors) {
    const both = speaker?.mode === 'barge' && one !== speaker;
    agents.set(one.leg, [other, both ? MIX : ref(agent)]);
  }
  return agents;
}

const ref = (leg: LegId): LegRef => ({ side: 'agent', leg });

const isSpeaking = ({ mode }: Supervision): boolean => mode !== 'listen';

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
 * parties the customer hears the supervisor who speaks to them, or hold music until the next routing.
 */
export function without(routing: Routing, leg: LegId): Routing {
  if (!legsOf(routing).includes(leg)) return routing;
  if (routing.kind !== 'on-hold' && supervisorLegs(routing).includes(leg)) {
    const { supervisors = [] } = routing;
    return { ...routing, supervisors: supervisors.filter((one) => one.leg !== leg) };
  }
  if (routing.kind === 'talking') {
    const { supervisors = [] } = routing;
    const barging = supervisors.find(({ mode }) => mode === 'barge');
    // The customer still hears the supervisor who speaks with them.
    if (barging) {
      const others = supervisors.filter((one) => one !== barging);
      return { kind: 'talking', agent: barging.leg, supervisors: others };
    }
  }
  return { kind: 'on-hold', playing: 'hold' };
}

const supervisorLegs = ({ supervisors = [] }: { supervisors?: readonly Supervision[] }): LegId[] =>
  supervisors.map(({ leg }) => leg);
