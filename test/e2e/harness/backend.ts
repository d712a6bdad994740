import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSimulator,
  type Simulator,
  type SimulatorConfigInput,
} from '../../../src/simulator/simulator.ts';
import { account, testNumber, type TestNumberKind } from './numbers.ts';
import {
  relayProcess,
  relayInProcess,
  type RelayAgent,
  type TestRelay,
  type TestRelayConfig,
} from './relay.ts';

/** What consoles connect to: a relay and a simulated WhatsApp with one business number. */
export interface Backend {
  relay: TestRelay;
  simulator: Simulator;
  /** Stops the relay and starts it again on the same port with the same data. */
  restartRelay(whileDown?: () => Promise<void>, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /**
   * Adds an agent to the relay and writes their profile.
   *
   * @param relayUrl WebSocket URL for the console, if it must not connect to the relay directly
   * @returns the profile's path
   */
  profileFor(agent: RelayAgent, relayUrl?: string): Promise<string>;
  close(): Promise<void>;
}

export { account };

export interface BackendOptions extends Pick<TestRelayConfig, 'turn' | 'policy'> {
  /** `meta` by default. */
  number?: TestNumberKind | undefined;
  /** `relayed`: calls go through the relay. */
  path?: 'direct' | 'relayed' | undefined;
  /** Runs the relay in its own process, as deployed. */
  ownProcess?: boolean | undefined;
  /** This machine's address for consoles and media; the loopback by default. */
  host?: string | undefined;
  /** Forwards a port from the consoles' loopback, the only place for tokens in clear text. */
  forwardPort?: ((port: number) => Promise<void>) | undefined;
}

/**
 * Starts a backend on free ports.
 *
 * @param folder for the relay's data and the profiles
 */
export async function startBackend(
  folder: string,
  simulated: Partial<Pick<SimulatorConfigInput, 'customers' | 'timing' | 'faults' | 'media'>> = {},
  {
    number = 'meta',
    path = 'direct',
    ownProcess = false,
    host = '127.0.0.1',
    forwardPort,
    policy,
    turn,
  }: BackendOptions = {},
): Promise<Backend> {
  mkdirSync(folder, { recursive: true });
  const tested = testNumber(number);
  const everywhere = forwardPort ? '0.0.0.0' : host;
  const simulator = await createSimulator({
    version: 1,
    listen: { host: everywhere, port: 0 },
    accounts: [tested.simulated],
    ...simulated,
  });
  const root = asLoopback(simulator.baseUrl);
  const accounts = [tested.relay(root, path)];
  const relay = (ownProcess ? relayProcess : relayInProcess)(folder, {
    host,
    accounts,
    policy,
    turn,
  });
  await relay.start();
  for (const url of [root, relay.url]) await forwardPort?.(Number(new URL(url).port));
  await simulator.setWebhookUrl(`${relay.url}/webhooks/${tested.webhook}`);
  tested.setUp?.(simulator, relay.url);
  return {
    relay,
    simulator,
    async restartRelay(whileDown, signal) {
      await relay.stop(signal);
      await whileDown?.();
      await relay.start();
    },
    async profileFor(agent, relayUrl = relay.url.replace(/^http/, 'ws')) {
      const token = await relay.addAgent(agent);
      const path = join(folder, `profile-${agent.id}.json`);
      const profile = {
        version: 1,
        agent: { id: agent.id, name: agent.name },
        relay: { url: relayUrl, token },
        accounts: [tested.profile(root)],
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

/** The loopback URL of a server that listens on every address. */
const asLoopback = (url: string) => url.replace('//0.0.0.0:', '//127.0.0.1:');
