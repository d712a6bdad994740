import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createAgentRegistry } from '../../../src/relay/agents/registry.ts';
import { parseConfig } from '../../../src/relay/config/load.ts';
import type { MediaConfig, Policy } from '../../../src/relay/config/media.ts';
import { createRelay, type Relay } from '../../../src/relay/app.ts';
import { openSqliteStore } from '../../../src/relay/store/sqlite.ts';
import type { Rights } from '../../../src/relay/store/agent-store.ts';
import type { Store } from '../../../src/relay/store/store.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import { compileCache } from '../../helpers/compile-cache.ts';
import { freePort } from '../../helpers/free-port.ts';
import { projectFolder } from './console-app.ts';

/** An agent as the relay registers them. */
export type RelayAgent = { id: string; name: string } & Partial<Rights>;

/** A relay under test. `start` after `stop` reuses its port and data. */
export interface TestRelay {
  readonly url: string;
  start(): Promise<void>;
  /** `SIGKILL` gives it no time to clean up. A relay in this process always closes cleanly. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Adds an agent and returns their token. */
  addAgent(agent: RelayAgent): Promise<string>;
  /** Its whole log, read from its database. */
  logged(): Promise<readonly LogBody[]>;
  /** Everything printed so far. */
  output(): string;
}

/** A relay's config without port and data folder. */
export interface TestRelayConfig {
  /** This machine's address for consoles, webhooks and media. */
  host: string;
  accounts: readonly unknown[];
  policy?: Partial<Policy> | undefined;
  /** Sent to the consoles. */
  turn?: Pick<NonNullable<MediaConfig['turn']>, 'urls' | 'secret'> | undefined;
}

/** A relay inside this process: starts quickly and ends with it. */
export function relayInProcess(folder: string, config: TestRelayConfig): TestRelay {
  let relay: Relay | undefined;
  let port = 0;
  const running = () => {
    if (!relay) throw new Error('the relay is not running');
    return relay;
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  return {
    get url() {
      return running().url;
    },
    async start() {
      port ||= await freePort();
      relay = await createRelay(parseConfig(configFor(port, config), folder), { log });
    },
    async stop() {
      await relay?.close();
      relay = undefined;
    },
    addAgent: async (agent) => (await running().agents.add(agent)).token,
    logged: () => readLog(folder),
    output: () => '',
  };
}

/** A relay as deployed: its own process, which can be killed, and another one for media. */
export function relayProcess(folder: string, config: TestRelayConfig): TestRelay {
  let child: ChildProcess | undefined;
  let port = 0;
  const printed: string[] = [];
  const file = join(folder, 'relay.json');
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    async start() {
      mkdirSync(folder, { recursive: true });
      port ||= await freePort();
      writeFileSync(file, JSON.stringify(configFor(port, config)), { mode: 0o600 });
      const started = spawn(process.execPath, ['src/relay/index.ts', '--config', file], {
        cwd: projectFolder,
        env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      started.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
      await new Promise<void>((resolve, reject) => {
        started.once('exit', () => reject(new Error(`the relay ended: ${printed.join('\n')}`)));
        createInterface({ input: started.stdout }).on('line', (line) => {
          printed.push(line);
          const printedLine: { event?: unknown } = JSON.parse(line);
          if (printedLine.event === 'relay.listening') resolve();
        });
      });
    },
    async stop(signal = 'SIGTERM') {
      const running = child;
      child = undefined;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const gone = once(running, 'exit');
      running.kill(signal);
      await gone;
    },
    addAgent: (agent) =>
      withStore(folder, async ({ agents }) => {
        return (await createAgentRegistry(agents, systemClock).add(agent)).token;
      }),
    logged: () => readLog(folder),
    output: () => printed.join('\n'),
  };
}

/** Opens the relay's database beside the running relay, as its command line does. */
async function withStore<T>(folder: string, task: (store: Store) => Promise<T>): Promise<T> {
  const store = openSqliteStore(join(folder, 'relay'));
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

const readLog = (folder: string) =>
  withStore(folder, async (store) => {
    const entries = await store.entriesAfter(0, 1000);
    return entries.map(({ body }) => body);
  });

const configFor = (port: number, { host, accounts, policy, turn }: TestRelayConfig) => ({
  version: 1,
  // Consoles on another network connect to `host`, so every address must listen.
  listen: { host: host === '127.0.0.1' ? host : '0.0.0.0', port },
  dataDir: 'relay',
  accounts,
  media: { bind: host, ...(turn && { turn }) },
  ...(policy && { policy }),
});
