import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Another network, in which consoles can be started; a virtual cable joins it to this machine. */
export interface OtherNetwork {
  /** This machine's address, as it is reached from there. */
  readonly host: string;
  /** Makes a port of this machine's loopback, which listens on `host` too, one of theirs. */
  carry(port: number): Promise<void>;
  /** How to start one console there. */
  place(electronPath: string): Promise<{ electronPath: string; args: readonly string[] }>;
  /** Nothing can be sent by UDP any more, as in many firms. */
  prohibitUdp(): void;
  /** Every packet is lost on the way, in both directions, and nobody is told. */
  loseEverything(): void;
  loseNothing(): void;
  /** Runs a program there; gives what it printed. Throws when it fails. */
  run(command: string, ...args: string[]): string;
  close(): Promise<void>;
}

/** See capabilities(7). */
const NEEDED = [
  { name: 'CAP_NET_ADMIN', bit: 12n },
  { name: 'CAP_SYS_ADMIN', bit: 21n },
] as const;

/** Why this machine cannot have other networks; undefined when it can. */
export function noNetworkBecause(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  const [, effective = '0'] =
    /^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const may = NEEDED.every(({ bit }) => (BigInt(`0x${effective}`) >> bit) & 1n);
  if (may) return undefined;
  return `only root with ${NEEDED.map(({ name }) => name).join(' and ')} may make network namespaces`;
}

/**
 * Makes a network namespace (ip-netns(8)) with addresses, routes and rules of its own. Nothing but this machine is
 * reached from it.
 *
 * @param folder for the files it needs
 */
export async function openNetwork(folder: string): Promise<OtherNetwork> {
  const impossible = noNetworkBecause();
  if (impossible !== undefined) throw new Error(`There can be no other network: ${impossible}`);
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
  const door = openDoor(name);
  /** Both ends of the cable. */
  const queues = [
    (does: string, ...what: string[]) => tc('qdisc', does, 'dev', name, 'root', ...what),
    (does: string, ...what: string[]) =>
      tc('-n', name, 'qdisc', does, 'dev', 'eth0', 'root', ...what),
  ];
  return {
    host,
    carry: (port) => door.letOut(port, host),
    async place(electronPath) {
      const path = join(folder, `electron-in-${name}`);
      const start = `exec ip netns exec ${name} '${electronPath.replaceAll("'", `'\\''`)}' "$@"`;
      writeFileSync(path, `#!/bin/sh\n${start}\n`, { mode: 0o700 });
      // Playwright speaks with it over the loopback, which is another one there.
      const args = [
        `--inspect=${await door.letIn()}`,
        `--remote-debugging-port=${await door.letIn()}`,
      ];
      return { electronPath: path, args };
    },
    prohibitUdp: () => ip('-n', name, 'rule', 'add', 'priority', '1', 'ipproto', 'udp', 'prohibit'),
    loseEverything() {
      // A queue that takes one byte takes nothing.
      for (const queue of queues) queue('add', 'bfifo', 'limit', '1');
    },
    loseNothing() {
      for (const queue of queues) queue('delete');
    },
    run: (command, ...args) => ip('netns', 'exec', name, command, ...args),
    async close() {
      await door.close();
      // The cable goes with it.
      ip('netns', 'delete', name);
    },
  };
}

const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8' });
const tc = (...args: string[]) => execFileSync('tc', args, { encoding: 'utf8' });

interface Door {
  /** From now on, who connects to this port of our loopback gets to the same one of theirs. */
  letIn(): Promise<number>;
  /** From now on, who connects there to this port of the loopback gets to the same one of `host`. */
  letOut(port: number, host: string): Promise<void>;
  close(): Promise<void>;
}

function openDoor(name: string): Door {
  const file = join(import.meta.dirname, 'network-door.ts');
  const door = spawn('ip', ['netns', 'exec', name, process.execPath, file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = once(door, 'exit');
  return {
    async letIn() {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const { port } = address;
      await new Promise<void>((resolve, reject) => {
        door.send(port, server, (error) => (error ? reject(error) : resolve()));
      });
      server.close();
      return port;
    },
    async letOut(port, host) {
      const listening = once(door, 'message');
      door.send({ out: port, host });
      await listening;
    },
    async close() {
      if (door.connected) door.disconnect();
      await gone;
    },
  };
}
