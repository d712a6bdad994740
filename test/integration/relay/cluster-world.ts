import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createAgentRegistry, type AgentRegistry } from '../../../src/relay/agents/registry.ts';
import { parseConfig } from '../../../src/relay/config/load.ts';
import { createLog } from '../../../src/relay/log.ts';
import { openStoreBeside } from '../../../src/relay/store/open.ts';
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts';
import { limitFiles } from '../../helpers/full-disk.ts';
import { openNats, type Nats } from '../../helpers/nats.ts';
import { openTcpLink, type TcpLink } from '../../helpers/tcp-link.ts';
import {
  ACCOUNT,
  APP_SECRET,
  NUMBER_ID,
  PATIENT_WEBHOOKS,
  plainConfig,
  SIMULATED_NUMBER,
  startRelay,
  temporaryFolder,
  type TestRelay,
  VERIFY_TOKEN,
} from './harness.ts';
import { AgentMachine, CUSTOMER, CUSTOMER_HZ } from './relayed-call-world.ts';
import { TestConsole } from './test-console.ts';

type Line = TestRelay['lines'][number];

/** A relay of a cluster, in this process or in its own. */
export interface ClusterNode {
  url: string;
  lines: readonly Line[];
  /** Resolves when it has logged a matching line. */
  logged(fits: (line: Line) => boolean): Promise<void>;
  /** SIGTERM, or its equivalent in this process; resolves when the relay is gone. */
  stop(): Promise<void>;
  /** SIGKILL, for processes only. */
  kill(signal?: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** From now on it can write to no file, or it can again; for processes only. */
  fillDisk(isFull?: boolean): void;
  /** Ends it as fast as it can be: its calls are no concern any more. */
  end(): Promise<void>;
}

interface ClusterOptions {
  servers?: number;
  /** Relays in processes of their own, which can be killed. */
  apart?: boolean;
  /** Relayed calls, with a simulated provider. */
  relayed?: boolean;
  /** Every node has a link of its own to the only NATS server. */
  linked?: boolean;
  /** How relayed calls are recorded. */
  recording?: Record<string, unknown>;
  more?: Record<string, unknown>;
}

/** Several relays on one store. */
export class Cluster {
  readonly nats: Nats;
  readonly #options: ClusterOptions;
  readonly #folder = temporaryFolder();
  readonly nodes: ClusterNode[] = [];
  #simulator: Simulator | undefined;
  readonly #consoles: TestConsole[] = [];
  readonly #machines: AgentMachine[] = [];
  readonly #tokens = new Map<string, string>();
  readonly #mediaPids = new Set<number>();
  /** Each node's link to NATS. */
  readonly #links: TcpLink[] = [];

  private constructor(nats: Nats, options: ClusterOptions) {
    this.nats = nats;
    this.#options = options;
  }

  static async open(nodes: number, options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = new Cluster(await openNats({ servers: options.servers ?? 1 }), options);
    if (options.relayed) await cluster.#startSimulator();
    if (options.linked) await cluster.#link(nodes);
    // The first one makes the streams.
    await cluster.start(0);
    await Promise.all(Array.from({ length: nodes - 1 }, (_, index) => cluster.start(index + 1)));
    await cluster.#simulator?.setWebhookUrl(`${cluster.node(0).url}/webhooks/meta/${ACCOUNT}`);
    return cluster;
  }

  get simulator(): Simulator {
    if (!this.#simulator) throw new Error('no simulator');
    return this.#simulator;
  }

  node(index: number): ClusterNode {
    const node = this.nodes[index];
    if (!node) throw new Error(`there is no node ${index}`);
    return node;
  }

  /** Where a node keeps what is its own. */
  dataOf(index: number): string {
    return path.join(this.#folder.dir, String(index));
  }

  /** A node's link to NATS. */
  link(index: number): TcpLink {
    const link = this.#links[index];
    if (!link) throw new Error(`node ${index} has no link of its own`);
    return link;
  }

  async #link(nodes: number): Promise<void> {
    const port = Number(new URL(this.nats.urls[0] ?? '').port);
    for (let index = 0; index < nodes; index++) this.#links.push(await openTcpLink(port));
  }

  async #startSimulator(): Promise<void> {
    this.#simulator = await createSimulator({
      version: 1,
      listen: { port: 0 },
      accounts: [SIMULATED_NUMBER],
      customers: [
        {
          ...CUSTOMER,
          sends: { kind: 'tone', hz: CUSTOMER_HZ },
          permission: 'permanent',
          answerAfterMs: 50,
        },
      ],
      timing: { ...PATIENT_WEBHOOKS, connectWebhookAfterMs: 20, ringingAfterMs: 10 },
    });
  }

  #config(index: number): Record<string, unknown> {
    const { relayed, recording, servers = 1, more } = this.#options;
    const dataDir = this.dataOf(index);
    const link = this.#links[index];
    const urls = link ? [`nats://127.0.0.1:${link.port}`] : this.nats.urls;
    return plainConfig(dataDir, {
      store: { kind: 'nats', servers: urls, replicas: servers > 1 ? 3 : 1 },
      media: { processes: 1 },
      ...(relayed && {
        accounts: [
          {
            id: ACCOUNT,
            provider: 'meta',
            path: 'relayed',
            phoneNumberId: NUMBER_ID,
            appSecret: APP_SECRET,
            verifyToken: VERIFY_TOKEN,
            accessToken: 'token',
            apiBase: this.simulator.baseUrl,
            ...(recording && { recording }),
          },
        ],
      }),
      ...more,
    });
  }

  /** Starts a node, or restarts it with its data. */
  async start(index: number): Promise<ClusterNode> {
    const config = this.#config(index);
    const node = this.#options.apart
      ? await this.#spawn(index, config)
      : await this.#inProcess(config);
    this.nodes[index] = node;
    return node;
  }

  async #inProcess(config: Record<string, unknown>): Promise<ClusterNode> {
    const relay = await startRelay(parseConfig(config, this.#folder.dir));
    return {
      url: relay.url,
      lines: relay.lines,
      logged: (fits) => loggedIn(relay.lines, relay.onLine, fits),
      stop: () => relay.close(),
      kill: async () => {
        throw new Error('it is no process of its own');
      },
      fillDisk: (isFull = true) => limitFiles(undefined, isFull),
      end: () => relay.close(),
    };
  }

  async #spawn(index: number, config: Record<string, unknown>): Promise<ClusterNode> {
    const file = path.join(this.#folder.dir, `relay-${index}.json`);
    writeFileSync(file, JSON.stringify(config));
    const child = spawn(process.execPath, ['src/relay/index.ts', '--config', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: Line[] = [];
    const listeners = new Set<() => void>();
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line: Line = JSON.parse(text);
      lines.push(line);
      if (line.event === 'media.started') this.#mediaPids.add(Number(line['pid']));
      for (const listener of listeners) listener();
    });
    const onLine = (listener: () => void) => {
      listeners.add(listener);
      queueMicrotask(listener);
      return () => listeners.delete(listener);
    };
    const logged = (fits: (line: Line) => boolean) => loggedIn(lines, onLine, fits);
    await Promise.race([
      logged(({ event }) => event === 'relay.listening'),
      new Promise((_resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`the relay ended with ${code}`)));
      }),
    ]);
    const url = String(lines.find(({ event }) => event === 'relay.listening')?.['url']);
    return {
      url,
      lines,
      logged,
      stop: () => signalled(child, 'SIGTERM'),
      async kill(signal = 'SIGKILL') {
        if (signal === 'SIGKILL') return signalled(child, signal);
        child.kill(signal);
      },
      fillDisk: (isFull = true) => limitFiles(child.pid, isFull),
      end: () => signalled(child, 'SIGKILL'),
    };
  }

  /** Looks after the agents as the relay's commands do, beside the nodes. */
  async #manage<T>(task: (agents: AgentRegistry) => Promise<T>): Promise<T> {
    const store = await openStoreBeside(
      parseConfig(this.#config(0), this.#folder.dir),
      createLog(() => undefined),
    );
    try {
      return await task(createAgentRegistry(store.agents, { now: Date.now }));
    } finally {
      await store.close();
    }
  }

  /** An agent's token; the agent is added on first use. */
  async token(id: string, more: { role?: 'supervisor' | 'admin' } = {}): Promise<string> {
    const known = this.#tokens.get(id);
    if (known !== undefined) return known;
    const { token } = await this.#manage((agents) =>
      agents.add({ id, name: id.toUpperCase(), ...more }),
    );
    this.#tokens.set(id, token);
    return token;
  }

  /** Changes an agent's rights. */
  async update(id: string, change: Parameters<AgentRegistry['update']>[1]): Promise<void> {
    await this.#manage((agents) => agents.update(id, change));
  }

  /** Connects an agent's console to a node. */
  async join(
    id: string,
    index: number,
    hello: Parameters<typeof TestConsole.join>[2] = {},
  ): Promise<TestConsole> {
    const console = await TestConsole.join(this.node(index).url, await this.token(id), hello);
    this.#consoles.push(console);
    return console;
  }

  async joinMachine(id: string, index: number): Promise<AgentMachine> {
    const machine = new AgentMachine(id, await this.join(id, index));
    this.#machines.push(machine);
    return machine;
  }

  async close(): Promise<void> {
    for (const { peer } of this.#machines) await peer?.close();
    for (const console of this.#consoles) console.terminate();
    await this.#simulator?.close();
    for (const link of this.#links) await link.heal();
    await Promise.all(this.nodes.map((node) => node.end()));
    await Promise.all(this.#links.map((link) => link.close()));
    for (const pid of this.#mediaPids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has already stopped.
      }
    }
    await this.nats.close();
    this.#folder.remove();
  }
}

function loggedIn(
  lines: readonly Line[],
  onLine: (listener: () => void) => () => void,
  fits: (line: Line) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = onLine(() => {
      if (!lines.some(fits)) return;
      stop();
      resolve();
    });
  });
}

async function signalled(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}
