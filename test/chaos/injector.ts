import { assertNever } from '../../src/shared/lib/assert-never.ts';
import { TRANSFER_WITHIN_MS, type PlannedFault } from './faults.ts';
import type { NatsServers } from './nats-servers.ts';
import type { Place } from './network.ts';
import type { ActorProcess } from './processes.ts';
import type { RelayProcess } from './relay-process.ts';

const SLOW_KBIT = { 'slow-provider': 400, 'slow-console': 64 };

/** Everything that can have a fault. */
export interface Scene {
  relays: readonly RelayProcess[];
  /** By agent id. */
  consoles: ReadonlyMap<string, ActorProcess>;
  provider: Place;
  nats: NatsServers | undefined;
  /** When the plan began, as `monotonicMs`. */
  beganAt: number;
}

/** Injects a fault; returns how to repair it, or undefined if there was no occasion for it. */
export async function inject(
  fault: PlannedFault,
  scene: Scene,
): Promise<(() => Promise<void>) | undefined> {
  const { kind, target } = fault;
  const relay = () => known(scene.relays[Number(target)], target);
  const actor = () => known(scene.consoles.get(target), target);
  const nats = () => known(scene.nats, target);
  switch (kind) {
    case 'kill-relay': {
      const one = relay();
      await one.kill();
      return () => one.start();
    }
    case 'kill-in-transfer': {
      const one = relay();
      if (!(await one.killAt(isTransfer, TRANSFER_WITHIN_MS))) return undefined;
      return () => one.start();
    }
    case 'pause-relay': {
      const one = relay();
      one.pause();
      return async () => one.resume();
    }
    case 'kill-media':
      relay().killMedia();
      return async () => undefined;
    case 'fill-disk': {
      const one = relay();
      one.fillDisk(true);
      return async () => one.fillDisk(false);
    }
    case 'jump-clock': {
      const one = relay();
      one.setClock(fault.offsetMs ?? 0);
      return async () => one.setClock(0);
    }
    case 'cut-provider':
      return cutting(scene.provider);
    case 'cut-relay':
      return cutting(relay().place);
    case 'cut-store':
      return cutting(relay().place, 'back');
    case 'cut-console':
      return cutting(actor().place);
    case 'slow-provider':
      return slowing(scene.provider, SLOW_KBIT[kind]);
    case 'slow-console':
      return slowing(actor().place, SLOW_KBIT[kind]);
    case 'pause-console': {
      const one = actor();
      one.signal('SIGSTOP');
      return async () => one.signal('SIGCONT');
    }
    case 'kill-console': {
      const one = actor();
      await one.kill();
      return async () => {
        await one.start();
        one.begin(scene.beganAt);
      };
    }
    case 'kill-nats': {
      const servers = nats();
      await servers.kill(Number(target));
      return () => servers.start(Number(target));
    }
    case 'pause-nats': {
      const servers = nats();
      servers.signal(Number(target), 'SIGSTOP');
      return async () => servers.signal(Number(target), 'SIGCONT');
    }
    default:
      return assertNever(kind, 'fault');
  }
}

function known<T>(found: T | undefined, target: string): T {
  if (found === undefined) throw new Error(`there is no ${target}`);
  return found;
}

/** The relay's line about a call that was just offered to a teammate. */
const isTransfer = (line: Record<string, unknown>): boolean =>
  line['event'] === 'call.moved' && line['by'] === 'transfer';

function cutting(place: Place, side: 'front' | 'back' = 'front'): () => Promise<void> {
  place.cut(side);
  return async () => place.heal(side);
}

function slowing(place: Place, kbit: number): () => Promise<void> {
  place.slow(kbit);
  return async () => place.heal();
}
