import type { CheckId } from '../../../src/shared/checks/ids.ts';
import type { FaultsPatch } from '../../../src/simulator/faults.ts';
import type { ContractNumber } from '../contract/numbers.ts';
import type { ReadyWorld } from './ready-world.ts';

export type Kind = ContractNumber['kind'];
export const cloud: readonly Kind[] = ['meta', 'd360', 'pilot-meta'];

/** A fault that can be played, the only check that it turns red, and how it is put right. */
export interface Fault {
  name: string;
  /** The simulator's own names of what is played. */
  plays: readonly string[];
  of: readonly Kind[];
  check: CheckId;
  play: (world: ReadyWorld) => unknown;
  repair: (world: ReadyWorld) => unknown;
}

export const wellAgain = (world: ReadyWorld) => world.simulator.clearFaults();
export const checked = ({ workspace }: ReadyWorld) => workspace.ready.check();
export const press = (
  world: ReadyWorld,
  action: Parameters<ReadyWorld['workspace']['ready']['repair']>[1],
) => world.workspace.ready.repair(world.id, action);
/** Somebody changes the settings elsewhere, in the words of Meta. */
export const elsewhere = async (world: ReadyWorld, calling: object) => {
  world.simulator.changeSettings(world.number.kind === 'pilot-meta' ? calling : { calling });
  await checked(world);
};
/** A webhook comes, or is given up. Nobody asks the relay about it. */
export const webhookComes = async (world: ReadyWorld) => {
  const { simulator } = world;
  const before = simulator.webhooks().length;
  const count = world.write();
  await simulator.waitFor(() => {
    const sent = simulator.webhooks().slice(before);
    return sent.length >= count && sent.every(({ state }) => state !== 'waiting');
  });
};
/** The last webhook came a while ago: what is refused then is no stranger's. */
export const quietFor = async (world: ReadyWorld, ms: number) => {
  world.setRelayAhead(-ms);
  await webhookComes(world);
  world.setRelayAhead(0);
  // Those that came before it, too.
  world.ageDeliveries(ms);
};
/** What each provider answers to a key that it does not know. */
export const rejected: Readonly<Record<Kind, { code: number | string; status?: number }>> = {
  meta: { code: 190 },
  d360: { code: 190 },
  'pilot-meta': { code: 'UNAUTHORIZED', status: 401 },
  'pilot-web': { code: 'UNAUTHORIZED', status: 401 },
  zernio: { code: 401 },
};
/** The provider refuses a call of ours for what is wrong with the number, until one gets through. */
export const refusal = (name: string, check: CheckId, code: number): Fault => ({
  name,
  plays: [`${code}`, 'api.fail'],
  of: cloud,
  check,
  async play(world) {
    world.simulator.setFaults({ api: { fail: { connect: { code } } } });
    await world.dial();
  },
  async repair(world) {
    wellAgain(world);
    await world.dial();
  },
});

/** What the simulator can do to calls and webhooks although nothing is wrong with the number. */
export const ofCalls = {
  webhooks: {
    copies: 1,
    delayMs: 5,
    drop: ['message-status'],
    terminateFirst: true,
    connectBeforeResponse: true,
    responseLost: false,
    withoutCallbackData: true,
  },
  api: { delayMs: { settings: 5 } },
  media: { lossToBusinessPercent: 5, lossFromBusinessPercent: 5, keysPerPacket: 1, seed: 2 },
} satisfies FaultsPatch;
