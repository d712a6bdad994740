import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';
import { limitFiles } from './full-disk.ts';

/** From Debian's package of the same name. */
const PROGRAM = 'nats-server';

/** Busy servers elect a leader within some 15 s. After this time, in ms, one of them does not hear the others. */
const ELECTED_MS = 30_000;

/** A running NATS server with JetStream, or three that form a cluster. */
export interface Nats {
  /** For clients, one per server. */
  urls: readonly string[];
  /** With the servers' own files. */
  folder: string;
  /** Kills a server, like a crash. */
  kill(index?: number): Promise<void>;
  /** Stops a server from answering, with its connections open. */
  pause(index?: number): void;
  resume(index?: number): void;
  /** From now on a server can write to no file, as on a full disk; or it can again. */
  fillDisk(isFull?: boolean, index?: number): void;
  /** Restarts a killed server on the same files. */
  restart(index?: number): Promise<void>;
  /**
   * Resolves with what needs a leader. A server of version 2.10.27 may not hear the others' votes after it
   * has started (docs/relay/chaos.md): while there is no leader, one after the other is restarted, as an
   * operator does.
   */
  led<T>(works: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Starts one server, or a cluster, on free ports and in a new folder. */
export async function openNats({ servers = 1 } = {}): Promise<Nats> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-nats-'));
  const ports = await freePorts(servers * 2);
  const nodes = Array.from({ length: servers }, (_, index) => ({
    name: `n${index}`,
    client: ports[index] ?? 0,
    cluster: ports[servers + index] ?? 0,
    file: join(folder, `n${index}.conf`),
    child: undefined as ChildProcess | undefined,
  }));
  const routes = nodes.map(({ cluster }) => `nats-route://127.0.0.1:${cluster}`).join(', ');
  for (const { name, client, cluster, file } of nodes) {
    const lines = [
      `server_name: ${name}`,
      `listen: 127.0.0.1:${client}`,
      'max_payload: 8MB',
      `jetstream { store_dir: "${join(folder, name)}" }`,
    ];
    if (servers > 1) {
      lines.push(`cluster { name: c, listen: 127.0.0.1:${cluster}, routes: [${routes}] }`);
    }
    writeFileSync(file, lines.join('\n'));
  }
  const nodeAt = (index: number) => {
    const node = nodes[index];
    if (!node) throw new Error(`there is no server ${index}`);
    return node;
  };
  // A server of a cluster listens to the others last, and ends if it cannot.
  const ready = servers > 1 ? 'Listening for route connections' : 'Server is ready';
  const start = async (index: number) => {
    const node = nodeAt(index);
    const child = spawn(PROGRAM, ['-c', node.file], { stdio: ['ignore', 'ignore', 'pipe'] });
    node.child = child;
    const lines: string[] = [];
    for await (const line of createInterface(child.stderr)) {
      lines.push(line);
      if (line.includes(ready)) {
        child.stderr.resume();
        return;
      }
    }
    throw new Error(`nats-server did not start:\n${lines.join('\n')}`);
  };
  const isRunning = (child: ChildProcess | undefined): child is ChildProcess =>
    child !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = async (index = 0) => {
    const { child } = nodeAt(index);
    if (!isRunning(child)) return;
    const left = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await left;
  };
  await Promise.all(nodes.map((_, index) => start(index)));
  const urls = nodes.map(({ client }) => `nats://127.0.0.1:${client}`);
  const led = async <T>(works: Promise<T>): Promise<T> => {
    for (let turn = 0; ; turn++) {
      const timer = new AbortController();
      const isInTime = works.then(() => true);
      const isLate = delay(ELECTED_MS, false, timer).catch(() => false);
      const isLed = await Promise.race([isInTime, isLate]).finally(() => timer.abort());
      const running = nodes.flatMap(({ child }, index) => (isRunning(child) ? [index] : []));
      const index = running[turn % running.length];
      if (isLed || index === undefined) return works;
      await kill(index);
      await start(index);
    }
  };
  await led(jetStreamAnswers(urls));
  return {
    urls,
    folder,
    kill,
    pause: (index = 0) => void nodeAt(index).child?.kill('SIGSTOP'),
    resume: (index = 0) => void nodeAt(index).child?.kill('SIGCONT'),
    fillDisk: (isFull = true, index = 0) => limitFiles(nodeAt(index).child?.pid, isFull),
    restart: (index = 0) => start(index),
    led,
    close: async () => {
      await Promise.all(nodes.map((_, index) => kill(index)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the servers have found each other and elected a leader, so that streams work. */
async function jetStreamAnswers(servers: readonly string[]): Promise<void> {
  const connection = await connect({ servers: [...servers] });
  await whenElected(async () => {
    const { streams } = await jetstreamManager(connection, { timeout: 1_000 });
    await streams.add({ name: 'try', subjects: ['try'], num_replicas: servers.length });
    await streams.delete('try');
  });
  await connection.close();
}

/** Asks until the servers have elected a leader who answers. */
export async function whenElected<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      // Asked without a pause, busy servers elect nobody.
      await delay(100);
    }
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
