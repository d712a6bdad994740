import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Another network, joined to this machine by a virtual cable. Consoles can be started on it. */
export interface RemoteNetwork {
  /** This machine's address on that network. */
  readonly host: string;
  /** Forwards a port of that network's loopback to the same port of `host`. */
  forwardPort(port: number): Promise<void>;
  /** The executable and switches that start a console there. */
  electron(electronPath: string): Promise<{ electronPath: string; args: readonly string[] }>;
  /** Makes every UDP send fail, as many company networks do. */
  blockUdp(): void;
  /** Silently drops every packet in both directions. */
  dropAllPackets(): void;
  stopDropping(): void;
  /** Runs a program there and returns its output. Throws if it fails. */
  run(command: string, ...args: string[]): string;
  close(): Promise<void>;
}

/** See capabilities(7). */
const NEEDED = [
  { name: 'CAP_NET_ADMIN', bit: 12n },
  { name: 'CAP_SYS_ADMIN', bit: 21n },
] as const;

/** Why this machine cannot create networks; undefined if it can. */
export function whyNoRemoteNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  const [, effective = '0'] =
    /^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const may = NEEDED.every(({ bit }) => (BigInt(`0x${effective}`) >> bit) & 1n);
  if (may) return undefined;
  return `only root with ${NEEDED.map(({ name }) => name).join(' and ')} may make network namespaces`;
}

/**
 * Creates a network namespace (ip-netns(8)) with its own addresses, routes and rules. Only this
 * machine is reachable from it.
 *
 * @param folder for generated files
 */
export async function openRemoteNetwork(folder: string): Promise<RemoteNetwork> {
  const impossible = whyNoRemoteNetwork();
  if (impossible !== undefined) throw new Error(`Cannot create a network: ${impossible}`);
  const id = randomInt(2 ** 14);
  const name = `ringdesk${id}`;
  const address = (part: number) => `10.213.${(id * 4 + part) >> 8}.${(id * 4 + part) & 255}`;
  const host = address(1);
  ip('netns', 'add', name);
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  ip('address', 'add', `${host}/30`, 'dev', name);
  ip('link', 'set', name, 'up');
  ip('-n', name, 'address', 'add', `${address(2)}/30`, 'dev', 'eth0');
  ip('-n', name, 'link', 'set', 'lo', 'up');
  ip('-n', name, 'link', 'set', 'eth0', 'up');
  ip('-n', name, 'route', 'add', 'default', 'via', host);
  const forwarder = startForwarder(name);
  /** Both ends of the cable. */
  const queues = [
    (does: string, ...what: string[]) => tc('qdisc', does, 'dev', name, 'root', ...what),
    (does: string, ...what: string[]) =>
      tc('-n', name, 'qdisc', does, 'dev', 'eth0', 'root', ...what),
  ];
  return {
    host,
    forwardPort: (port) => forwarder.toHost(port, host),
    async electron(electronPath) {
      const path = join(folder, `electron-in-${name}`);
      const start = `exec ip netns exec ${name} '${electronPath.replaceAll("'", `'\\''`)}' "$@"`;
      writeFileSync(path, `#!/bin/sh\n${start}\n`, { mode: 0o700 });
      // Playwright connects over the loopback, and the namespace has its own.
      const args = [
        `--inspect=${await forwarder.intoNetwork()}`,
        `--remote-debugging-port=${await forwarder.intoNetwork()}`,
      ];
      return { electronPath: path, args };
    },
    blockUdp: () => ip('-n', name, 'rule', 'add', 'priority', '1', 'ipproto', 'udp', 'prohibit'),
    dropAllPackets() {
      // A queue limited to one byte drops everything.
      for (const queue of queues) queue('add', 'bfifo', 'limit', '1');
    },
    stopDropping() {
      for (const queue of queues) queue('delete');
    },
    run: (command, ...args) => ip('netns', 'exec', name, command, ...args),
    async close() {
      await forwarder.close();
      // Deletes the cable too.
      ip('netns', 'delete', name);
    },
  };
}

const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8' });
const tc = (...args: string[]) => execFileSync('tc', args, { encoding: 'utf8' });

/** Forwards ports between this machine and the network; see `port-forwarder.ts`. */
interface PortForwarder {
  /** Forwards a free port of our loopback to the same port of the network's loopback. */
  intoNetwork(): Promise<number>;
  /** Forwards a port of the network's loopback to the same port of `host`. */
  toHost(port: number, host: string): Promise<void>;
  close(): Promise<void>;
}

function startForwarder(name: string): PortForwarder {
  const file = join(import.meta.dirname, 'port-forwarder.ts');
  const child = spawn('ip', ['netns', 'exec', name, process.execPath, file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  return {
    async intoNetwork() {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const { port } = address;
      await new Promise<void>((resolve, reject) => {
        child.send(port, server, (error) => (error ? reject(error) : resolve()));
      });
      server.close();
      return port;
    },
    async toHost(port, host) {
      const listening = once(child, 'message');
      child.send({ toHost: port, host });
      await listening;
    },
    async close() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
