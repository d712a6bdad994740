import { planFaults, type FaultKind, type PlannedFault } from './faults.ts';
import {
  agents,
  hears,
  numberOf,
  numbers,
  type Agent,
  type AgentRights,
  type StoreKind,
} from './fleet.ts';
import { Chance, moments, some } from './lib.ts';

/** Everything that happens in a run, derived from the seed alone. Times are ms from the start. */
export interface Plan {
  seed: number;
  minutes: number;
  store: StoreKind;
  calls: readonly PlannedCall[];
  /** Calls that agents place. */
  placed: readonly PlannedCall[];
  messages: readonly PlannedMessage[];
  permissions: readonly PlannedPermission[];
  /** Messages that agents send and their consoles report. */
  sent: readonly PlannedSent[];
  rights: readonly PlannedRights[];
  faults: readonly PlannedFault[];
}

/** How an agent reacts when a call rings. */
interface Reaction {
  afterMs: number;
  does: 'claim' | 'reserve' | 'decline' | 'ignore';
}

/** How a teammate reacts to a transfer; one who vanishes disconnects for a while. */
type Answer = 'accept' | 'decline' | 'nothing' | 'vanish';

/** The next step of the agent who has a relayed call. */
export type Step =
  | { afterMs: number; does: 'hold' | 'resume' }
  | {
      afterMs: number;
      does: 'transfer';
      /** To the first of these who is available. */
      to: readonly string[];
      mode: 'blind' | 'consult';
      /** How the consultation ends if the teammate accepts. */
      consultation: 'complete' | 'cancel' | 'hang-up';
    };

export interface PlannedCall {
  at: number;
  account: string;
  /** A customer with no other calls, so that their number identifies this one everywhere. */
  waId: string;
  /** When the customer hangs up, if nobody has before. */
  customerEndsAfterMs: number;
  /** By agent: those who may take the call, or the one who places it. */
  reactions: Readonly<Record<string, Reaction>>;
  /** What the agent who takes it does. */
  steps: readonly Step[];
  /** The agent hangs up this long after taking the call; undefined: the customer hangs up. */
  agentEndsAfterMs: number | undefined;
}

interface PlannedMessage {
  at: number;
  account: string;
  waId: string;
}

interface PlannedPermission extends PlannedMessage {
  decision: 'allow' | 'allow-permanent' | 'refuse';
}

interface PlannedSent extends PlannedMessage {
  agent: string;
}

/** An admin gives an agent other rights. */
export interface PlannedRights extends AgentRights {
  at: number;
  by: string;
  agent: string;
}

export interface PlanOptions {
  seed: number;
  minutes: number;
  store: StoreKind;
  relays: number;
  only?: readonly FaultKind[] | undefined;
}

export function makePlan(options: PlanOptions): Plan {
  const { seed, minutes, store } = options;
  const endsAt = minutes * 60_000;
  let customers = 0;
  const customer = () => `55119${String(10_000_000 + customers++)}`;
  const at = (name: string, leastMs: number, mostMs: number): number[] =>
    moments(Chance.of(seed, name), endsAt, leastMs, mostMs);
  const call = (account: string, when: number) => planCall(seed, when, account, customer());
  const byPath = (wanted: boolean) =>
    some(numbers.filter(({ path }) => (path === 'relayed') === wanted));
  const placeable = some(numbers.filter(({ path }) => path === 'relayed' || path === 'direct'));
  const chance = Chance.of(seed, 'numbers');
  return {
    seed,
    minutes,
    store,
    calls: [
      ...at('direct', 300, 3_000).map((when) => call(chance.pick(byPath(false)).id, when)),
      ...at('relayed', 3_000, 9_000).map((when) => call(chance.pick(byPath(true)).id, when)),
    ].toSorted((a, b) => a.at - b.at),
    placed: at('placed', 8_000, 20_000).map((when) =>
      placedCall(seed, when, chance.pick(placeable).id, customer()),
    ),
    messages: at('messages', 200, 2_500).map((when) => ({
      at: when,
      account: chance.pick(some(numbers.filter(({ path }) => path !== 'external'))).id,
      waId: customer(),
    })),
    permissions: at('permissions', 4_000, 15_000).map((when) => ({
      at: when,
      account: chance.pick(some(numbers.filter(({ path }) => path !== 'streamed'))).id,
      waId: customer(),
      decision: chance.pick(['allow', 'allow-permanent', 'refuse']),
    })),
    sent: at('sent', 3_000, 10_000).map((when) => {
      const number = chance.pick(numbers);
      const agent = chance.pick(some(steady.filter((one) => hears(one, number))));
      return { at: when, account: number.id, waId: customer(), agent: agent.id };
    }),
    rights: at('rights', 5_000, 20_000).map((when) => planRights(seed, when)),
    faults: planFaults(options, endsAt),
  };
}

/** Agents whose rights stay the same. */
const steady = agents.filter(({ changes }) => !changes);

function planRights(seed: number, at: number): PlannedRights {
  const chance = Chance.of(seed, `rights ${at}`);
  const { id, workspace } = chance.pick(some(agents.filter(({ changes }) => changes)));
  const admins = agents.filter((one) => one.workspace === workspace && one.role === 'admin');
  const own = numbers.filter((one) => one.workspace === workspace).map((one) => one.id);
  const few = own.filter(() => chance.percent(50));
  return {
    at,
    by: chance.pick(some(admins)).id,
    agent: id,
    numbers: few.length === 0 || chance.percent(20) ? 'all' : few,
    calls: chance.pick(['all', 'all', 'no-transfers', 'outbound-only', 'none']),
  };
}

function planCall(seed: number, at: number, account: string, waId: string): PlannedCall {
  const chance = Chance.of(seed, `call ${waId}`);
  const number = numberOf(account);
  // By then, rights may have changed: the relay decides for whom it rings.
  const mates = agents.filter(({ workspace }) => workspace === number.workspace);
  // Often several at once, to make them race.
  const rush = chance.between(50, 1_500);
  const reactions = mates.map(({ id }): [string, Reaction] => [
    id,
    {
      afterMs: chance.percent(60) ? rush : chance.between(50, 6_000),
      does: chance.percent(70) ? 'claim' : chance.pick(['reserve', 'decline', 'ignore']),
    },
  ]);
  const isRelayed = number.path === 'relayed';
  return {
    at,
    account,
    waId,
    customerEndsAfterMs: isRelayed ? chance.between(8_000, 50_000) : chance.between(2_000, 20_000),
    reactions: Object.fromEntries(reactions),
    steps: isRelayed ? planSteps(chance, mates) : [],
    agentEndsAfterMs: chance.percent(50) ? chance.between(1_000, 15_000) : undefined,
  };
}

function placedCall(seed: number, at: number, account: string, waId: string): PlannedCall {
  const planned = planCall(seed, at, account, waId);
  const chance = Chance.of(seed, `placed ${waId}`);
  const able = steady.filter((agent) => hears(agent, numberOf(account)));
  const by = chance.pick(some(able)).id;
  return { ...planned, reactions: { [by]: { afterMs: 0, does: 'claim' } } };
}

export const answers: readonly [Answer, ...Answer[]] = [
  'accept',
  'accept',
  'accept',
  'decline',
  'nothing',
  'vanish',
];

function planSteps(chance: Chance, mates: readonly Agent[]): Step[] {
  return Array.from({ length: chance.between(0, 4) }, (): Step => {
    const afterMs = chance.between(500, 3_000);
    if (chance.percent(20)) return { afterMs, does: chance.pick(['hold', 'resume']) };
    return {
      afterMs,
      does: 'transfer',
      to: chance.shuffled(mates).map(({ id }) => id),
      mode: chance.pick(['blind', 'consult']),
      consultation: chance.pick(['complete', 'cancel', 'hang-up']),
    };
  });
}
