import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSimulator,
  type Simulator,
  type SimulatorConfigInput,
} from '../../src/simulator/simulator.ts';
import { account, secrets, stageNumber, type StageNumberKind } from './numbers.ts';
import { relayApart, relayInside, type StageAgent, type StageRelay } from './relay.ts';

/** A relay and a simulated WhatsApp, wired to each other, with one business number. */
export interface World {
  relay: StageRelay;
  simulator: Simulator;
  /** Stops the relay and starts it again on the same port with the same data. */
  restartRelay(whileDown?: () => Promise<void>, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Writes a profile for an agent, who is added to the relay, and returns the file's path. */
  profileFor(agent: StageAgent): Promise<string>;
  close(): Promise<void>;
}

export { account, secrets };

export interface WorldOptions {
  /** `meta` if left out. */
  number?: StageNumberKind | undefined;
  /** `anchored`: calls go through the relay. */
  route?: 'direct' | 'anchored' | undefined;
  /** The relay is a process of its own, as it is deployed. */
  apart?: boolean | undefined;
  /** Of the relay, e.g. shorter deadlines. */
  policy?: Record<string, number> | undefined;
}

/**
 * Starts the world on free loopback ports.
 *
 * @param folder for the relay's data and the profiles
 */
export async function createWorld(
  folder: string,
  simulated: Partial<Pick<SimulatorConfigInput, 'customers' | 'timing' | 'faults'>> = {},
  { number = 'meta', route = 'direct', apart = false, policy }: WorldOptions = {},
): Promise<World> {
  mkdirSync(folder, { recursive: true });
  const staged = stageNumber(number);
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [staged.simulated],
    ...simulated,
  });
  const accounts = [staged.relay(simulator.baseUrl, route)];
  const relay = (apart ? relayApart : relayInside)(folder, { accounts, policy });
  await relay.start();
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
    async profileFor(agent) {
      const token = await relay.addAgent(agent);
      const path = join(folder, `profile-${agent.id}.json`);
      const profile = {
        version: 1,
        agent: { id: agent.id, name: agent.name },
        relay: { url: relay.url.replace(/^http/, 'ws'), token },
        accounts: [staged.profile(simulator.baseUrl)],
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
