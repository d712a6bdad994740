import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/relay/config.ts';
import { createRelay, type Relay } from '../../src/relay/relay.ts';
import {
  createSimulator,
  type Simulator,
  type SimulatorConfigInput,
} from '../../src/simulator/simulator.ts';

/** A relay and a simulated WhatsApp, wired to each other, with one business number. */
export interface World {
  relay: Relay;
  simulator: Simulator;
  /** Stops the relay and starts it again on the same port with the same data. */
  restartRelay(whileDown?: () => Promise<void>): Promise<void>;
  /** Writes a profile for an agent, who is added to the relay, and returns the file's path. */
  profileFor(agent: { id: string; name: string }): Promise<string>;
  close(): Promise<void>;
}

export const account = {
  id: 'support',
  label: 'Support',
  number: '+551150201234',
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
};

/** Secrets that tests look for where they must not be. */
export const secrets = {
  accessToken: 'EAAGstageaccesstoken0123456789abcdefghij',
  appSecret: 'stage-app-secret-5e3c',
  verifyToken: 'stage-verify-token',
};

/**
 * Starts the world on free loopback ports.
 *
 * @param folder for the relay's data and the profiles
 */
export async function createWorld(
  folder: string,
  simulated: Partial<Pick<SimulatorConfigInput, 'customers' | 'timing' | 'faults'>> = {},
): Promise<World> {
  const config = (port: number) =>
    parseConfig(
      {
        version: 1,
        listen: { host: '127.0.0.1', port },
        dataDir: 'relay',
        accounts: [
          {
            id: account.id,
            provider: 'meta',
            phoneNumberId: account.phoneNumberId,
            appSecret: secrets.appSecret,
            verifyToken: secrets.verifyToken,
          },
        ],
      },
      folder,
    );
  mkdirSync(folder, { recursive: true });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const options = { log };
  let relay = await createRelay(config(0), options);
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [
      {
        id: account.id,
        provider: 'meta',
        phoneNumberId: account.phoneNumberId,
        wabaId: account.wabaId,
        displayPhoneNumber: account.number.slice(1),
        ...secrets,
        webhookUrl: `${relay.url}/webhooks/meta/${account.id}`,
      },
    ],
    ...simulated,
  });
  return {
    get relay() {
      return relay;
    },
    simulator,
    async restartRelay(whileDown) {
      const port = Number(new URL(relay.url).port);
      await relay.close();
      await whileDown?.();
      relay = await createRelay(config(port), options);
    },
    async profileFor(agent) {
      const { token } = await relay.agents.add(agent);
      const path = join(folder, `profile-${agent.id}.json`);
      const profile = {
        version: 1,
        agent,
        relay: { url: relay.url.replace(/^http/, 'ws'), token },
        accounts: [
          {
            ...account,
            provider: 'meta',
            accessToken: secrets.accessToken,
            apiBase: `${simulator.baseUrl}/v23.0`,
          },
        ],
      };
      writeFileSync(path, JSON.stringify(profile, null, 2), { mode: 0o600 });
      return path;
    },
    async close() {
      await simulator.close();
      await relay.close();
    },
  };
}
