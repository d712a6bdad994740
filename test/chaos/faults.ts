import { assertNever } from '../../src/shared/lib/assert-never.ts';
import { agents, type StoreKind } from './fleet.ts';
import { Chance, moments, some } from './lib.ts';

/** The faults that can be injected, and when a run injects which of them. */

export const faultKinds = [
  'kill-relay',
  'kill-in-transfer',
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
export type FaultKind = (typeof faultKinds)[number];

export interface PlannedFault {
  at: number;
  kind: FaultKind;
  /** A relay or NATS server by number, an agent by id. */
  target: string;
  /** Until it is repaired; `kill-in-transfer` waits for a transfer first. */
  lastsMs: number;
  /** Only for `jump-clock`. */
  offsetMs?: number;
}

interface FaultOptions {
  seed: number;
  store: StoreKind;
  relays: number;
  /** From which kinds to draw; undefined: from all. */
  only?: readonly FaultKind[] | undefined;
}

export const NATS_SERVERS = 3;

/** How long a fault lasts, in ms, and how often it is drawn relative to the others. */
const faultTable: Record<FaultKind, { least: number; most: number; weight: number }> = {
  'kill-relay': { least: 200, most: 4_000, weight: 4 },
  'kill-in-transfer': { least: 200, most: 4_000, weight: 2 },
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

/** A relay that is to be killed in mid-transfer is not if none begins within this time, in ms. */
export const TRANSFER_WITHIN_MS = 10_000;

const NATS_ONLY: readonly FaultKind[] = ['cut-store', 'kill-nats', 'pause-nats'];

export function planFaults(
  { seed, store, relays, only }: FaultOptions,
  endsAt: number,
): PlannedFault[] {
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
    const waitsMs = kind === 'kill-in-transfer' ? TRANSFER_WITHIN_MS : 0;
    busy.set(thing, at + waitsMs + lastsMs + REST_MS);
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
    case 'kill-in-transfer':
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
    case 'kill-in-transfer':
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
