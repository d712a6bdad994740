import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

/**
 * The networks of a run: each party has a network namespace (ip-netns(8)) on one shared switch;
 * relays and NATS servers are also on a second one. The switches have a namespace of their own, so
 * that nothing shows on this machine's network and no packet leaves it.
 */
export class Network {
  readonly #id = randomInt(0x10000).toString(16).padStart(4, '0');
  readonly #hub = `chaos-${this.#id}-hub`;
  readonly #made: string[] = [];
  #hosts = 0;

  constructor() {
    this.#addNamespace(this.#hub);
    for (const side of sides) {
      ip('-n', this.#hub, 'link', 'add', side, 'type', 'bridge');
      ip('-n', this.#hub, 'link', 'set', side, 'up');
    }
  }

  /** Adds a party, on the front switch or on both. */
  join(name: string, on: readonly Side[]): Place {
    const namespace = `chaos-${this.#id}-${name}`;
    this.#addNamespace(namespace);
    const host = ++this.#hosts;
    for (const side of on) {
      // At most 15 characters.
      const port = `${side}${host}`;
      const ends = ['peer', 'name', side, 'netns', namespace];
      ip('-n', this.#hub, 'link', 'add', port, 'type', 'veth', ...ends);
      ip('-n', this.#hub, 'link', 'set', port, 'master', side);
      ip('-n', this.#hub, 'link', 'set', port, 'up');
      ip('-n', namespace, 'address', 'add', `${addressOf(side, host)}/24`, 'dev', side);
      ip('-n', namespace, 'link', 'set', side, 'up');
    }
    return new Place(namespace, this.#hub, host);
  }

  /** Ends the processes in its namespaces and removes them. */
  close(): void {
    for (const namespace of this.#made.splice(0)) {
      for (const pid of ip('netns', 'pids', namespace).split('\n').filter(Boolean)) kill(pid);
      ip('netns', 'delete', namespace);
    }
  }

  #addNamespace(name: string): void {
    ip('netns', 'add', name);
    this.#made.push(name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
}

/** `front`: providers, relays and consoles. `back`: relays and their store. */
type Side = 'front' | 'back';
const sides: readonly Side[] = ['front', 'back'];

const addressOf = (side: Side, host: number) => `10.${side === 'front' ? 77 : 78}.0.${host}`;

/** A network namespace whose links can be impaired. */
export class Place {
  readonly namespace: string;
  readonly #hub: string;
  readonly #host: number;

  constructor(namespace: string, hub: string, host: number) {
    this.namespace = namespace;
    this.#hub = hub;
    this.#host = host;
  }

  address(side: Side = 'front'): string {
    return addressOf(side, this.#host);
  }

  /** Silently drops every packet in both directions, with a queue of one byte. */
  cut(side: Side = 'front'): void {
    this.#queue(side, 'replace', 'bfifo', 'limit', '1');
  }

  /**
   * Limits the bandwidth to a few kbit/s, so that packets queue; those that wait longer than a
   * second are dropped.
   */
  slow(kbit: number, side: Side = 'front'): void {
    this.#queue(side, 'replace', 'tbf', 'rate', `${kbit}kbit`, 'burst', '4k', 'latency', '1s');
  }

  /** Undoes `cut` and `slow`. */
  heal(side: Side = 'front'): void {
    this.#queue(side, 'delete');
  }

  #queue(side: Side, does: string, ...what: string[]): void {
    const ends = [
      [this.#hub, `${side}${this.#host}`],
      [this.namespace, side],
    ] as const;
    for (const [namespace, device] of ends) {
      tc('-n', namespace, 'qdisc', does, 'dev', device, 'root', ...what);
    }
  }
}

/** Why networks cannot be created on this machine; undefined if they can. */
export function whyNoNetwork(): string | undefined {
  try {
    new Network().close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

function kill(pid: string): void {
  try {
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It has already exited.
  }
}

const ip = (...args: string[]) => run('ip', args);
const tc = (...args: string[]) => run('tc', args);

const run = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
