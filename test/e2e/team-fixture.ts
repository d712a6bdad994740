import { join } from 'node:path';
import type { ConsoleApp, ConsoleAppOptions } from './harness/console-app.ts';
import { type TestAgent, microphoneOf, sendTonesUnprocessed } from './harness/agents.ts';
import { startBackend, type BackendOptions } from './harness/backend.ts';
import { connected, logged, test as base } from './fixture.ts';

export interface TeamTest {
  /** The relay's policy, e.g. shorter deadlines. Set with `test.use`. */
  policy: NonNullable<BackendOptions['policy']>;
  /** Runs the relay in its own process, which can be killed. */
  ownProcess: boolean;
  /** How consoles reach the relay if not over the loopback. */
  relayReach: Pick<BackendOptions, 'host' | 'forwardPort' | 'turn'>;
  /** An agent's console, provisioned and connected. */
  join: (agent: TestAgent, options?: JoinOptions) => Promise<ConsoleApp>;
}

interface JoinOptions extends Pick<ConsoleAppOptions, 'network' | 'profile'> {
  /** Restarts a console that was closed or killed, on its data. */
  again?: boolean;
}

/** Several consoles at one relay that is the media end of the calls, in its own process. */
export const test = base.extend<TeamTest>({
  policy: [{}, { option: true }],
  ownProcess: [true, { option: true }],
  relayReach: [{}, { option: true }],
  backend: async ({ folder, simulated, policy, ownProcess, relayReach }, use, info) => {
    const backend = await startBackend(join(folder, 'backend'), simulated, {
      path: 'relayed',
      ownProcess,
      policy,
      ...relayReach,
    });
    await use(backend);
    if (info.status !== info.expectedStatus) {
      await info.attach('relay.log', { body: backend.relay.output(), contentType: 'text/plain' });
    }
    await backend.close();
  },
  join: async ({ open, backend, folder }, use) => {
    await use(async (agent, { again = false, profile, network } = {}) => {
      const start: Partial<ConsoleAppOptions> = {
        userData: join(folder, `console-of-${agent.id}`),
        microphone: microphoneOf(agent, folder),
        network,
        ...(!again && { profile: profile ?? (await backend.profileFor(agent)) }),
      };
      const app = await open(start);
      await sendTonesUnprocessed(app);
      await connected(app);
      return app;
    });
  },
});

/** Each time a call reached this agent, oldest first: when it rang, and when it was transferred. */
export async function partsLogged(app: ConsoleApp) {
  return (await logged(app)).flatMap(({ parts }) => parts);
}

export { expect } from '@playwright/test';
