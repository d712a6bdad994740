import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach } from 'vitest';
import { inboundCallId } from '../../../src/shared/call/ids.ts';
import type { FromConsole } from '../../../src/shared/protocol/agent-frames.ts';
import type { RelayConfig } from '../../../src/relay/config/schema.ts';
import type { Rights } from '../../../src/relay/store/agent-store.ts';
import { FakeClock } from './fake-clock.ts';
import {
  ACCOUNT,
  offer,
  post,
  relayConfig,
  startRelay,
  temporaryFolder,
  terminate,
  type TestRelay,
} from './harness.ts';
import { TestConsole } from './test-console.ts';

type Hello = Partial<Extract<FromConsole, { type: 'hello' }>>;

const callIdOf = (providerCallId: string) => inboundCallId(ACCOUNT, providerCallId);

/** A separate relay for every test of a file, on a clock moved by hand, and its consoles. */
export class RelayWorld {
  clock = new FakeClock();
  readonly #more: Record<string, unknown>;
  readonly #startsAt: number | undefined;
  #folder = { dir: '', remove: () => undefined as void };
  #relay: TestRelay | undefined;
  #consoles: TestConsole[] = [];
  readonly #tokens = new Map<string, string>();

  /**
   * @param more fields of the config that differ from the default
   * @param startsAt what the relay's clock shows at first, Unix ms
   */
  constructor(more: Record<string, unknown> = {}, startsAt?: number) {
    this.#more = more;
    this.#startsAt = startsAt;
    beforeEach(() => this.#start());
    afterEach(() => this.#end());
  }

  get relay(): TestRelay {
    if (!this.#relay) throw new Error('the relay does not run');
    return this.#relay;
  }

  get url(): string {
    return this.relay.url;
  }

  get config(): RelayConfig {
    return relayConfig(this.#folder.dir, this.#more);
  }

  async #start(): Promise<void> {
    this.clock = new FakeClock(this.#startsAt);
    this.#folder = temporaryFolder();
    this.#relay = await startRelay(this.config, this.clock);
  }

  async #end(): Promise<void> {
    for (const console of this.#consoles) console.terminate();
    this.#consoles = [];
    this.#tokens.clear();
    await this.#relay?.close();
    this.#folder.remove();
  }

  /** Stops the relay and starts another on the same data. */
  async restart(): Promise<void> {
    await this.relay.close();
    this.#relay = await startRelay(this.config, this.clock);
  }

  /** An agent's token; adds the agent on first use. */
  async token(id: string, rights: Partial<Rights> = {}): Promise<string> {
    const known = this.#tokens.get(id);
    if (known !== undefined) return known;
    const { token } = await this.relay.agents.add({ id, name: `Agent ${id}`, ...rights });
    this.#tokens.set(id, token);
    return token;
  }

  /** The deliveries that the relay has stored so far. */
  deliveries(): { body: string; headers: string; problems: string | null }[] {
    const file = path.join(this.#folder.dir, 'relay.sqlite');
    const db = new Database(file, { readonly: true });
    try {
      return db
        .prepare<[], { body: string; headers: string; problems: string | null }>(
          'SELECT CAST(body AS TEXT) AS body, headers, problems FROM deliveries ORDER BY id',
        )
        .all();
    } finally {
      db.close();
    }
  }

  /** Connects an agent's console. */
  async join(id: string, hello: Hello = {}): Promise<TestConsole> {
    const console = await TestConsole.join(this.url, await this.token(id), hello);
    this.#consoles.push(console);
    return console;
  }

  /** Connects without a hello. */
  async open(id: string): Promise<TestConsole> {
    const console = await TestConsole.open(this.url, await this.token(id));
    this.#consoles.push(console);
    return console;
  }

  /** A customer calls; resolves to our id of the call. */
  async ring(providerCallId: string): Promise<string> {
    await post(this.url, offer(providerCallId, this.clock.now()));
    return callIdOf(providerCallId);
  }

  /** The provider reports that a call ended. */
  /** @param talkedMs missing: nobody was answered */
  async end(providerCallId: string, talkedMs?: number): Promise<void> {
    const now = this.clock.now();
    const seconds = (ms: number) => String(Math.floor(ms / 1000));
    const talk = talkedMs !== undefined && {
      start_time: seconds(now - talkedMs),
      end_time: seconds(now),
      duration: Math.round(talkedMs / 1000),
    };
    await post(this.url, terminate(providerCallId, now, { ...talk }));
  }

  /** Resolves when the relay has noticed that an agent's console is gone. */
  async left(id: string): Promise<void> {
    await this.logged((line) => line.event === 'agent.disconnected' && line['agent'] === id);
  }

  /** Resolves when the relay has logged a matching line. */
  async logged(fits: (line: TestRelay['lines'][number]) => boolean): Promise<void> {
    const { relay } = this;
    await new Promise<void>((resolve) => {
      const stop = relay.onLine(() => {
        if (!relay.lines.some(fits)) return;
        stop();
        resolve();
      });
    });
  }
}
