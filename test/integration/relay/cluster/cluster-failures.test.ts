import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openLoadBalancer, type LoadBalancer } from '../../../helpers/load-balancer.ts';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT, offer, post } from '../harness.ts';
import { TestConsole } from '../test-console.ts';

let cluster: Cluster;
let balancer: LoadBalancer;
let over: AbortController;

afterEach(async () => {
  over.abort();
  await balancer.close();
  await cluster.close();
});

async function open(servers: number): Promise<void> {
  over = new AbortController();
  cluster = await Cluster.open(3, { apart: true, servers, more: { drainSeconds: 5 } });
  balancer = await openLoadBalancer(() => cluster.nodes.map(({ url }) => url));
}

/** Before another try, in ms, as consoles and providers wait, too: without it, tries leave no processor to whoever starts. */
const AGAIN_MS = 50;

/** A console that comes back by itself, from where it was, and claims whatever rings. */
class Follower {
  /** How often each kind of entry came, by kind and call. */
  readonly #counts = new Map<string, number>();
  readonly granted = new Set<string>();
  incomplete = 0;
  #console: TestConsole | undefined;
  #seen: { epoch: string | null; cursor: number | null } = { epoch: null, cursor: null };
  readonly #watchers = new Set<() => void>();

  async follow(id: string): Promise<void> {
    const token = await cluster.token(id);
    const { signal } = over;
    const followOn = async () => {
      while (!signal.aborted) await this.#joinOnce(token);
    };
    void followOn();
    await this.until(() => this.#console !== undefined);
  }

  /** Resolves when this connection is over. */
  async #joinOnce(token: string): Promise<void> {
    try {
      const console = await TestConsole.open(balancer.url, token);
      console.hello({ ...this.#seen });
      let taken = 0;
      const take = () => {
        for (const { cursor, body } of console.all('entry').slice(taken)) {
          taken += 1;
          this.#seen.cursor = cursor;
          if (body.type === 'provider')
            this.#note(body.event.kind, `${ACCOUNT}/${body.providerCallId}`);
          if (body.type === 'claimed') this.#note('claimed', body.callId);
        }
        const rings = console.all('ringing').slice(this.#rang);
        this.#rang += rings.length;
        for (const { callId, agents } of rings)
          if (agents.length > 0) void this.#claim(console, callId);
        for (const watcher of this.#watchers) watcher();
        return undefined;
      };
      this.#rang = 0;
      const gone = console.closed.then(({ reason }) => Promise.reject(new Error(reason)));
      const { epoch, complete } = await Promise.race([console.first('welcome'), gone]);
      if (this.#seen.epoch !== null && !complete) this.incomplete += 1;
      this.#seen.epoch = epoch;
      this.#console = console;
      void console.until(take);
      take();
      await console.closed;
    } catch {
      // No node was ready.
      await pause(AGAIN_MS);
    }
  }

  #rang = 0;

  async #claim(console: TestConsole, callId: string): Promise<void> {
    const outcome = await console.claim(callId);
    if (outcome.kind === 'granted') this.granted.add(callId);
  }

  until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!is()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  #note(kind: string, call: string): void {
    this.#counts.set(`${kind} ${call}`, this.count(call, kind) + 1);
  }

  count(call: string, kind: string): number {
    return this.#counts.get(`${kind} ${call}`) ?? 0;
  }

  end(): void {
    this.#console?.terminate();
  }
}

/** Webhooks one after the other, each sent again until it is answered with 200, as providers do. */
function stream(): { acknowledged: readonly string[]; stop: () => Promise<void> } {
  const acknowledged: string[] = [];
  const stopping = new AbortController();
  const { signal } = over;
  const { url } = balancer;
  const send = async () => {
    for (let index = 0; !stopping.signal.aborted; index++) {
      const id = `wacid.${index}`;
      const body = offer(id);
      while ((await post(url, body).catch(() => undefined))?.status !== 200) {
        // The test failed, and nobody will stop this.
        if (signal.aborted) return;
        await pause(AGAIN_MS);
      }
      acknowledged.push(`${ACCOUNT}/${id}`);
    }
  };
  const sent = send();
  return {
    acknowledged,
    async stop() {
      stopping.abort();
      await sent;
    },
  };
}

/** What must not be, whatever happened: something lost or twice, two owners, a console told that it lacks something. */
async function violations(
  consoles: readonly Follower[],
  acknowledged: readonly string[],
  { mayRepeat = false } = {},
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const console of consoles) {
    await console.until(() => acknowledged.every((call) => console.count(call, 'offer') > 0));
    for (const call of acknowledged) {
      if (!mayRepeat && console.count(call, 'offer') > 1) found.push(`${call} rang twice`);
      if (console.count(call, 'claimed') > 1) found.push(`${call} was claimed twice`);
    }
    if (console.incomplete > 0) found.push('a console began afresh');
  }
  const [one, other] = consoles;
  for (const call of one?.granted ?? []) {
    if (other?.granted.has(call)) found.push(`${call} has two owners`);
  }
  for (const console of consoles) console.end();
  return found;
}

async function consolesOf(...ids: string[]): Promise<readonly Follower[]> {
  return Promise.all(
    ids.map(async (id) => {
      const console = new Follower();
      await console.follow(id);
      return console;
    }),
  );
}

/** Six starts of processes on a busy machine, and elections, in ms. */
const PATIENCE_MS = 360_000;

describe('three relays under a steady stream of webhooks', { timeout: PATIENCE_MS }, () => {
  it('are upgraded one by one without a lost event', async () => {
    await open(1);
    const consoles = await consolesOf('ana', 'ben');
    const webhooks = stream();
    for (const index of [0, 1, 2]) {
      const stopped = cluster.node(index).stop();
      await cluster.node(index).logged(({ event }) => event === 'relay.draining');
      await stopped;
      await cluster.start(index);
    }
    await webhooks.stop();
    expect(webhooks.acknowledged.length).toBeGreaterThan(10);
    expect(await violations(consoles, webhooks.acknowledged)).toEqual([]);
  });

  it('are killed one after the other in the middle of their work without a lost event or a second owner', async () => {
    await open(1);
    const consoles = await consolesOf('ana', 'ben');
    const webhooks = stream();
    const [ana] = consoles;
    for (const index of [0, 1, 2]) {
      const before = ana?.granted.size ?? 0;
      await ana?.until(() => ana.granted.size > before);
      await cluster.node(index).kill();
      await cluster.start(index);
    }
    await webhooks.stop();
    expect(await violations(consoles, webhooks.acknowledged)).toEqual([]);
  });

  it('lose one NATS server of three after the other, and nothing else', async () => {
    await open(3);
    const consoles = await consolesOf('ana', 'ben');
    const webhooks = stream();
    for (const index of [0, 1]) {
      const before = webhooks.acknowledged.length;
      await cluster.nats.kill(index);
      const goesOn = consoles[0]?.until(() => webhooks.acknowledged.length > before + 5);
      await cluster.nats.led(Promise.resolve(goesOn));
      await cluster.nats.restart(index);
    }
    await webhooks.stop();
    // What rang in memory meanwhile is told again with the cursor that it has for good.
    expect(await violations(consoles, webhooks.acknowledged, { mayRepeat: true })).toEqual([]);
  });
});
