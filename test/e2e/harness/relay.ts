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
import type { Rights, Store } from '../../../src/relay/store/store.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import type { LogBody } from '../../../src/shared/protocol/frames.ts';
import { projectFolder } from './desk.ts';

/** An agent as the relay's list has them. */
export type StageAgent = { id: string; name: string } & Partial<Rights>;

/** The relay of a stage; after `stop`, `start` brings it back on the same port with the same data. */
export interface StageRelay {
  readonly url: string;
  start(): Promise<void>;
  /** `SIGKILL` gives it no time for anything; a relay within this process can only go in good order. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Adds an agent; gives their token. */
  addAgent(agent: StageAgent): Promise<string>;
  /** Its log from the beginning, read beside it. */
  logged(): Promise<readonly LogBody[]>;
  /** What it printed so far. */
  output(): string;
}

/** Everything of a relay's config but its port and its data. */
export interface StageRelayConfig {
  /** Address of this machine for consoles, webhooks and media. */
  host: string;
  accounts: readonly unknown[];
  policy?: Partial<Policy> | undefined;
  /** For the consoles. */
  turn?: Pick<NonNullable<MediaConfig['turn']>, 'urls' | 'secret'> | undefined;
}

/** A relay within this process: quick to start, and gone with it. */
export function relayInside(folder: string, config: StageRelayConfig): StageRelay {
  let relay: Relay | undefined;
  let port = 0;
  const running = () => {
    if (!relay) throw new Error('the relay does not run');
    return relay;
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  return {
    get url() {
      return running().url;
    },
    async start() {
      relay = await createRelay(parseConfig(configFor(port, config), folder), { log });
      port = Number(new URL(relay.url).port);
    },
    async stop() {
      await relay?.close();
      relay = undefined;
    },
    addAgent: async (agent) => (await running().agents.add(agent)).token,
    logged: () => logIn(folder),
    output: () => '',
  };
}

/** A relay as it is deployed, in a process of its own that can be killed; the media of its calls is in another. */
export function relayApart(folder: string, config: StageRelayConfig): StageRelay {
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
      writeFileSync(file, JSON.stringify(configFor(port, config)), { mode: 0o600 });
      const started = spawn(process.execPath, ['src/relay/index.ts', '--config', file], {
        cwd: projectFolder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      started.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
      port = await new Promise<number>((resolve, reject) => {
        started.once('exit', () => reject(new Error(`the relay ended: ${printed.join('\n')}`)));
        createInterface({ input: started.stdout }).on('line', (line) => {
          printed.push(line);
          const said: { event?: unknown; url?: unknown } = JSON.parse(line);
          if (said.event === 'relay.listening') resolve(Number(new URL(String(said.url)).port));
        });
      });
    },
    async stop(signal = 'SIGTERM') {
      const going = child;
      child = undefined;
      if (!going || going.exitCode !== null || going.signalCode !== null) return;
      const gone = once(going, 'exit');
      going.kill(signal);
      await gone;
    },
    addAgent: (agent) =>
      besideIt(folder, async ({ agents }) => {
        return (await createAgentRegistry(agents, systemClock).add(agent)).token;
      }),
    logged: () => logIn(folder),
    output: () => printed.join('\n'),
  };
}

/** Reads or writes what the relay keeps while it runs, as its command line does. */
async function besideIt<T>(folder: string, task: (store: Store) => Promise<T>): Promise<T> {
  const store = openSqliteStore(join(folder, 'relay'));
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

const logIn = (folder: string) =>
  besideIt(folder, async (store) => {
    const entries = await store.entriesAfter(0, 1000);
    return entries.map(({ body }) => body);
  });

const configFor = (port: number, { host, accounts, policy, turn }: StageRelayConfig) => ({
  version: 1,
  // Consoles on another network come in by a door of their own.
  listen: { host: host === '127.0.0.1' ? host : '0.0.0.0', port },
  dataDir: 'relay',
  accounts,
  media: { bind: host, ...(turn && { turn }) },
  ...(policy && { policy }),
});
