import { assertNever } from '../../src/shared/lib/assert-never.ts';
import { agents, hears, numberOf, numbers, type Agent, type StoreKind } from './fleet.ts';
import { Chance, some } from './lib.ts';

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
  faults: readonly PlannedFault[];
}

/** How an agent reacts when a call rings. */
interface Reaction {
  afterMs: number;
  does: 'claim' | 'reserve' | 'decline' | 'ignore';
}

/** The next step of the agent who has a relayed call. */
export type Step =
  | { afterMs: number; does: 'hold' | 'resume' }
  | {
      afterMs: number;
      does: 'transfer';
      to: string;
      mode: 'blind' | 'consult';
      /** How the teammate reacts. */
      answer: 'accept' | 'decline' | 'nothing';
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

export const faultKinds = [
  'kill-relay',
  'pause-relay',
  'kill-media',
  'fill-disk',
  'jump-clock',
  'cut-provider',
  'slow-provider',
  'cut-relay',
  'cut-console',
  'slow-console',
  'pause-console',
  'kill-console',
  'cut-store',
  'kill-nats',
  'pause-nats',
] as const;
type FaultKind = (typeof faultKinds)[number];

export interface PlannedFault {
  at: number;
  kind: FaultKind;
  /** A relay or NATS server by number, an agent by id. */
  target: string;
  /** Until it is repaired. */
  lastsMs: number;
  /** Only for `jump-clock`. */
  offsetMs?: number;
}

export interface PlanOptions {
  seed: number;
  minutes: number;
  store: StoreKind;
  relays: number;
  only?: readonly FaultKind[] | undefined;
}

export const NATS_SERVERS = 3;

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
  const chance = Chance.of(seed, 'numbers');
  return {
    seed,
    minutes,
    store,
    calls: [
      ...at('direct', 300, 3_000).map((when) => call(chance.pick(byPath(false)).id, when)),
      ...at('relayed', 2_000, 7_000).map((when) => call(chance.pick(byPath(true)).id, when)),
    ].toSorted((a, b) => a.at - b.at),
    placed: at('placed', 15_000, 40_000).map((when) =>
      placedCall(seed, when, chance.pick(byPath(true)).id, customer()),
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
      const agent = chance.pick(some(agents.filter((one) => hears(one, number))));
      return { at: when, account: number.id, waId: customer(), agent: agent.id };
    }),
    faults: planFaults(options, endsAt),
  };
}

/** Times at these distances, until shortly before the end. */
function moments(chance: Chance, endsAt: number, leastMs: number, mostMs: number): number[] {
  const found: number[] = [];
  for (let at = 1_000 + chance.between(0, leastMs); at < endsAt - 2_000;) {
    found.push(at);
    at += chance.between(leastMs, mostMs);
  }
  return found;
}

function planCall(seed: number, at: number, account: string, waId: string): PlannedCall {
  const chance = Chance.of(seed, `call ${waId}`);
  const number = numberOf(account);
  const able = agents.filter((agent) => hears(agent, number));
  // Often several at once, to make them race.
  const rush = chance.between(50, 1_500);
  const reactions = able.map(({ id }): [string, Reaction] => [
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
    steps: isRelayed ? planSteps(chance, able) : [],
    agentEndsAfterMs: chance.percent(50) ? chance.between(1_000, 15_000) : undefined,
  };
}

function placedCall(seed: number, at: number, account: string, waId: string): PlannedCall {
  const planned = planCall(seed, at, account, waId);
  const chance = Chance.of(seed, `placed ${waId}`);
  const by = chance.pick(some(Object.keys(planned.reactions)));
  return { ...planned, reactions: { [by]: { afterMs: 0, does: 'claim' } } };
}

function planSteps(chance: Chance, able: readonly Agent[]): Step[] {
  return Array.from({ length: chance.between(0, 3) }, (): Step => {
    const afterMs = chance.between(500, 5_000);
    if (chance.percent(25)) return { afterMs, does: chance.pick(['hold', 'resume']) };
    return {
      afterMs,
      does: 'transfer',
      to: chance.pick(some(able)).id,
      mode: chance.pick(['blind', 'consult']),
      answer: chance.pick(['accept', 'accept', 'decline', 'nothing']),
      consultation: chance.pick(['complete', 'cancel', 'hang-up']),
    };
  });
}

/** How long a fault lasts, in ms, and how often it is drawn relative to the others. */
const faultTable: Record<FaultKind, { least: number; most: number; weight: number }> = {
  'kill-relay': { least: 200, most: 4_000, weight: 4 },
  'pause-relay': { least: 500, most: 12_000, weight: 3 },
  'kill-media': { least: 100, most: 100, weight: 1 },
  'fill-disk': { least: 2_000, most: 10_000, weight: 2 },
  'jump-clock': { least: 5_000, most: 30_000, weight: 2 },
  'cut-provider': { least: 1_000, most: 10_000, weight: 2 },
  'slow-provider': { least: 3_000, most: 15_000, weight: 2 },
  'cut-relay': { least: 1_000, most: 12_000, weight: 2 },
  'cut-console': { least: 1_000, most: 25_000, weight: 3 },
  'slow-console': { least: 3_000, most: 15_000, weight: 2 },
  'pause-console': { least: 500, most: 25_000, weight: 3 },
  'kill-console': { least: 200, most: 15_000, weight: 3 },
  'cut-store': { least: 1_000, most: 12_000, weight: 3 },
  'kill-nats': { least: 500, most: 8_000, weight: 3 },
  'pause-nats': { least: 500, most: 8_000, weight: 2 },
};

/** The minimum time between two faults of the same part, so that it works in between. */
const REST_MS = 5_000;

const NATS_ONLY: readonly FaultKind[] = ['cut-store', 'kill-nats', 'pause-nats'];

function planFaults({ seed, store, relays, only }: PlanOptions, endsAt: number): PlannedFault[] {
  const chance = Chance.of(seed, 'faults');
  const kinds = (only ?? faultKinds).filter(
    (kind) => store === 'nats' || !NATS_ONLY.includes(kind),
  );
  const urn = kinds.flatMap((kind) => Array<FaultKind>(faultTable[kind].weight).fill(kind));
  if (urn.length === 0) return [];
  /** Until when each part has a fault; it has one at a time. */
  const busy = new Map<string, number>();
  const faults: PlannedFault[] = [];
  for (const at of moments(chance, endsAt, 800, 5_000)) {
    const kind = chance.pick(some(urn));
    const target = targetOf(chance, kind, relays);
    const { least, most } = faultTable[kind];
    const lastsMs = chance.between(least, most);
    const offsetMs = chance.pick([-3_600_000, 3_600_000]);
    const thing = thingOf({ kind, target });
    if ((busy.get(thing) ?? 0) > at) continue;
    busy.set(thing, at + lastsMs + REST_MS);
    faults.push({ at, kind, target, lastsMs, ...(kind === 'jump-clock' && { offsetMs }) });
  }
  return faults;
}

function targetOf(chance: Chance, kind: FaultKind, relays: number): string {
  switch (kind) {
    case 'cut-console':
    case 'slow-console':
    case 'pause-console':
    case 'kill-console':
      return chance.pick(some(agents)).id;
    case 'cut-provider':
    case 'slow-provider':
      return 'provider';
    case 'kill-nats':
    case 'pause-nats':
      return String(chance.between(0, NATS_SERVERS - 1));
    case 'kill-relay':
    case 'pause-relay':
    case 'kill-media':
    case 'fill-disk':
    case 'jump-clock':
    case 'cut-relay':
    case 'cut-store':
      return String(chance.between(0, relays - 1));
    default:
      return assertNever(kind, 'fault');
  }
}

/**
 * The part of a target that a fault affects: of two faults of the same part, the repair of one
 * would undo the other.
 */
export function thingOf({ kind, target }: Pick<PlannedFault, 'kind' | 'target'>): string {
  switch (kind) {
    case 'kill-relay':
    case 'pause-relay':
    case 'kill-media':
    case 'jump-clock':
      return `relay ${target}`;
    case 'fill-disk':
      return `disk ${target}`;
    case 'cut-relay':
      return `link of relay ${target}`;
    case 'cut-store':
      return `store link of relay ${target}`;
    case 'cut-provider':
    case 'slow-provider':
      return 'link of provider';
    case 'cut-console':
    case 'slow-console':
      return `link of ${target}`;
    case 'pause-console':
    case 'kill-console':
      return target;
    case 'kill-nats':
    case 'pause-nats':
      // A cluster of three must survive the loss of one.
      return 'nats';
    default:
      return assertNever(kind, 'fault');
  }
}
