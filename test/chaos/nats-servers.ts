import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Place } from './network.ts';
import { Party } from './processes.ts';

const CLIENT_PORT = 4222;
const CLUSTER_PORT = 6222;

/** A cluster of NATS servers with JetStream, each in its own network namespace. */
export class NatsServers {
  readonly #nodes: readonly { place: Place; file: string }[];
  readonly #parties: (Party | undefined)[] = [];

  constructor(places: readonly Place[], folder: string) {
    const routes = places
      .map((place) => `nats-route://${place.address('back')}:${CLUSTER_PORT}`)
      .join(', ');
    this.#nodes = places.map((place, index) => {
      const file = path.join(folder, `nats-${index}.conf`);
      const data = path.join(folder, `nats-${index}`);
      mkdirSync(data);
      const host = place.address('back');
      const lines = [
        `server_name: n${index}`,
        `listen: ${host}:${CLIENT_PORT}`,
        'max_payload: 8MB',
        `jetstream { store_dir: "${data}", sync_interval: always }`,
        `cluster { name: c, listen: ${host}:${CLUSTER_PORT}, routes: [${routes}] }`,
      ];
      writeFileSync(file, lines.join('\n'));
      return { place, file };
    });
  }

  get urls(): string[] {
    return this.#nodes.map(({ place }) => `nats://${place.address('back')}:${CLIENT_PORT}`);
  }

  async startAll(): Promise<void> {
    await Promise.all(this.#nodes.map((_, index) => this.start(index)));
  }

  async start(index: number): Promise<void> {
    const node = this.#nodes[index];
    if (!node) throw new Error(`no server ${index}`);
    const party = new Party(node.place, ['nats-server', '-c', node.file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#parties[index] = party;
    const { stderr } = party.child;
    if (!stderr) throw new Error('nats-server has no output');
    await new Promise<void>((resolve, reject) => {
      party.child.once('exit', (code) => reject(new Error(`nats-server ended with ${code}`)));
      createInterface({ input: stderr }).on('line', (line) => {
        if (line.includes('Server is ready')) resolve();
      });
    });
  }

  async kill(index: number): Promise<void> {
    await this.#parties[index]?.kill();
  }

  signal(index: number, signal: NodeJS.Signals): void {
    this.#parties[index]?.signal(signal);
  }

  async close(): Promise<void> {
    await Promise.all(this.#nodes.map((_, index) => this.kill(index)));
  }
}
