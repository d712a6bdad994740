import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSimulator,
  type Simulator,
  type SimulatorConfigInput,
} from '../../../src/simulator/simulator.ts';
import { account, stageNumber, type StageNumberKind } from './numbers.ts';
import {
  relayApart,
  relayInside,
  type StageAgent,
  type StageRelay,
  type StageRelayConfig,
} from './relay.ts';

/** A relay and a simulated WhatsApp, wired to each other, with one business number. */
export interface World {
  relay: StageRelay;
  simulator: Simulator;
  /** Stops the relay and starts it again on the same port with the same data. */
  restartRelay(whileDown?: () => Promise<void>, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /**
   * Writes a profile for an agent, who is added to the relay, and returns the file's path.
   *
   * @param way WebSocket URL that leads to the relay, where the console is not to go straight
   */
  profileFor(agent: StageAgent, way?: string): Promise<string>;
  close(): Promise<void>;
}

export { account };

export interface WorldOptions extends Pick<StageRelayConfig, 'turn' | 'policy'> {
  /** `meta` if left out. */
  number?: StageNumberKind | undefined;
  /** `anchored`: calls go through the relay. */
  route?: 'direct' | 'anchored' | undefined;
  /** The relay is a process of its own, as it is deployed. */
  apart?: boolean | undefined;
  /** Address of this machine that consoles on another network reach it under; media goes there. */
  host?: string | undefined;
  /** Makes a port of this machine's loopback one of theirs. Nothing that carries a token goes anywhere else in clear. */
  carry?: ((port: number) => Promise<void>) | undefined;
}

/**
 * Starts the world on free ports, of the loopback unless told otherwise.
 *
 * @param folder for the relay's data and the profiles
 */
export async function createWorld(
  folder: string,
  simulated: Partial<Pick<SimulatorConfigInput, 'customers' | 'timing' | 'faults'>> = {},
  {
    number = 'meta',
    route = 'direct',
    apart = false,
    host = '127.0.0.1',
    carry,
    policy,
    turn,
  }: WorldOptions = {},
): Promise<World> {
  mkdirSync(folder, { recursive: true });
  const staged = stageNumber(number);
  const everywhere = carry ? '0.0.0.0' : host;
  const simulator = await createSimulator({
    version: 1,
    listen: { host: everywhere, port: 0 },
    accounts: [staged.simulated],
    ...simulated,
  });
  const root = here(simulator.baseUrl);
  const accounts = [staged.relay(root, route)];
  const relay = (apart ? relayApart : relayInside)(folder, { host, accounts, policy, turn });
  await relay.start();
  for (const url of [root, relay.url]) await carry?.(Number(new URL(url).port));
  await simulator.setWebhookUrl(`${relay.url}/webhooks/${staged.webhook}`);
  staged.setUp?.(simulator, relay.url);
  return {
    relay,
    simulator,
    async restartRelay(whileDown, signal) {
      await relay.stop(signal);
      await whileDown?.();
      await relay.start();
    },
    async profileFor(agent, way = relay.url.replace(/^http/, 'ws')) {
      const token = await relay.addAgent(agent);
      const path = join(folder, `profile-${agent.id}.json`);
      const profile = {
        version: 1,
        agent: { id: agent.id, name: agent.name },
        relay: { url: way, token },
        accounts: [staged.profile(root)],
      };
      writeFileSync(path, JSON.stringify(profile, null, 2), { mode: 0o600 });
      return path;
    },
    async close() {
      await simulator.close();
      await relay.stop();
    },
  };
}

/** An address that listens on every network, as this machine reaches it. */
const here = (url: string) => url.replace('//0.0.0.0:', '//127.0.0.1:');
