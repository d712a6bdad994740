import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import {
  openNatsStore,
  type NatsStoreOptions,
} from '../../../../src/relay/store/nats/nats-store.ts';
import type { AddedEntry, Store } from '../../../../src/relay/store/store.ts';
import { openNats, type Nats } from '../../../helpers/nats.ts';
import { temporaryFolder } from '../harness.ts';
import {
  ana,
  AT,
  ben,
  callIdOf,
  delivery,
  message,
  offer,
  relayedOffer,
  talking,
} from './bodies.ts';

/** Elections of three servers take their time on a busy machine, in ms. */
const ELECTION_MS = 120_000;
let nats: Nats;
let folder: ReturnType<typeof temporaryFolder>;
let stores: Store[];
let lines: { event: string; why?: string; written?: number }[];
let heard: Set<() => void>;

beforeEach(async () => {
  nats = await openNats();
  folder = temporaryFolder();
  [stores, lines, heard] = [[], [], new Set()];
});
afterEach(async () => {
  await Promise.all(stores.map((one) => one.close()));
  await nats.close();
  folder.remove();
});

const log = createLog((line) => {
  lines.push(JSON.parse(line));
  for (const look of heard) look();
});

async function open(node = 'a', more: Partial<NatsStoreOptions> = {}): Promise<Store> {
  const store = await openNatsStore({
    servers: nats.urls,
    replicas: 1,
    prefix: 'test',
    retentionDays: 14,
    dataDir: path.join(folder.dir, node),
    log,
    ...more,
  });
  stores.push(store);
  return store;
}

async function close(store: Store): Promise<void> {
  stores.splice(stores.indexOf(store), 1);
  await store.close();
}

/** Resolves when an event was logged. */
const logged = (event: string) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!lines.some((line) => line.event === event)) return;
      heard.delete(look);
      resolve();
    };
    heard.add(look);
    look();
  });

/** Everything that a store knows. */
const look = async (store: Store) => ({
  entries: await store.entriesAfter(0, 1_000),
  extent: await store.extent(),
  ringing: await store.ringing(0),
  relayed: await store.openRelayedCalls(),
  agents: await store.agents.list(),
  reserved: await store.agentsWithReservations(),
});

describe('a store whose server is gone', () => {
  it('keeps working in memory, reports it, and writes everything once when the server is back', async () => {
    const store = await open();
    await store.append(delivery(), [offer('1')]);
    await nats.kill();
    await store.append(delivery(), [offer('2'), message('1')]);
    expect(store.durable()).toBe(false);
    expect(lines.map(({ event }) => event)).toContain('store.in-memory');
    // Delivered again, whether it was stored before or is in memory.
    expect(await store.append(delivery(), [offer('1'), offer('2')])).toEqual([]);
    expect(await store.ringing(0)).toMatchObject([
      { callId: callIdOf('1') },
      { callId: callIdOf('2') },
    ]);
    expect(await store.claim(callIdOf('1'), ana, AT)).toMatchObject({ kind: 'granted' });
    expect(await store.claim(callIdOf('1'), ben, AT)).toMatchObject({ why: 'taken', by: ana });
    await store.saveRelayedCall(talking('3'), [{ type: 'dtmf', callId: '3', digit: '1' }], AT);
    const during = await look(store);
    expect(during.entries).toHaveLength(5);
    await nats.restart();
    await logged('store.back');
    expect(store.durable()).toBe(true);
    const after = await look(store);
    expect(after.entries.map(({ body }) => body)).toEqual(during.entries.map(({ body }) => body));
    expect(after.relayed).toEqual(during.relayed);
    // Cursors given in memory are below all later ones.
    expect(after.entries.at(-1)?.cursor).toBeGreaterThan(during.extent.head);
    expect(lines.find(({ event }) => event === 'store.back')).toMatchObject({ written: 4 });
    // Another node reads the same.
    expect(await look(await open('b'))).toEqual(after);
  });

  it('does not write again what the server stored before it fell silent', async () => {
    const store = await open();
    await store.append(delivery(), [offer('1'), offer('2')]);
    nats.pause();
    const claims = [store.claim(callIdOf('1'), ana, AT), store.claim(callIdOf('2'), ben, AT)];
    expect(await Promise.all(claims)).toMatchObject([{ kind: 'granted' }, { kind: 'granted' }]);
    await store.saveRelayedCall(talking('3'), [{ type: 'dtmf', callId: '3', digit: '1' }], AT);
    nats.resume();
    await logged('store.back');
    const { entries } = await look(store);
    expect(entries.map(({ body }) => body.type)).toEqual([
      'provider',
      'provider',
      'claimed',
      'claimed',
      'dtmf',
    ]);
  });

  it('becomes durable again even while new entries keep coming', async () => {
    const store = await open();
    await nats.kill();
    await store.append(delivery(), [offer('1')]);
    let count = 0;
    const back = logged('store.back');
    const write = async () => {
      while (!store.durable()) {
        await store.append(delivery(), [message(String(count++))]);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const writing = Promise.all([write(), write(), write(), write()]);
    await nats.restart();
    await back;
    await writing;
    const entries = await (await open('b')).entriesAfter(0, count + 2);
    expect(entries).toHaveLength(count + 1);
  });

  it('holds back a claim that another relay could also grant until the server is back', async () => {
    const shared = { node: 'here', mayHaveOthers: () => true };
    const store = await open('a', { shared });
    await store.append(delivery(), [offer('1'), { ...relayedOffer('2'), node: 'here' }]);
    await nats.kill();
    await store.append(delivery(), [message('1')]);
    const claims = [store.claim(callIdOf('1'), ana, AT), store.claim(callIdOf('2'), ben, AT)];
    expect(await claims[1]).toMatchObject({ kind: 'granted' });
    await nats.restart();
    expect(await claims[0]).toMatchObject({ kind: 'granted' });
    expect(store.durable()).toBe(true);
  });

  it('lets no call ring from memory that another relay could begin as well, and nobody claim it', async () => {
    const shared = { node: 'here', mayHaveOthers: () => true };
    const store = await open('a', { shared });
    await nats.kill();
    const reports = [{ ...relayedOffer('1'), node: 'here' }, offer('2'), message('1')];
    const added = await store.append(delivery(), reports);
    expect(added.map(({ body }) => body)).toMatchObject([{ event: { kind: 'message' } }]);
    expect(await store.ringing(0)).toEqual([]);
    expect(await store.openRelayedCalls()).toEqual([]);
    const claim = store.claim(callIdOf('1'), ana, AT);
    const heard = heardOf(store, 3);
    await nats.restart();
    // As soon as the server has them, they ring.
    expect((await heard).map(({ body }) => body)).toEqual(reports.map(({ body }) => body));
    expect(await claim).toMatchObject({ kind: 'granted' });
  });

  it('refuses to change agents, whose tokens no other relay would know', async () => {
    const store = await open();
    await nats.kill();
    await expect(store.agents.remove('ana')).rejects.toThrow('NATS');
    await nats.restart();
  });
});

describe('a node', () => {
  it(
    'keeps what counts about people when the log’s stream has forgotten it, and no more',
    async () => {
      const store = await open('a');
      const wrote = (value: string, at: number) => ({
        type: 'described' as const,
        accountId: 'main',
        by: ana,
        at,
        party: { waId: '5511999991234' },
        fields: [{ field: 'name' as const, value }],
      });
      await store.people.add([wrote('Rui', AT)], AT);
      await store.prune(AT);
      const connection = await connect({ servers: [...nats.urls] });
      const manager = await jetstreamManager(connection);
      await manager.streams.purge('test-log');
      const known = async (node: string) => (await (await open(node)).people.page(0, 9)).entries;
      expect(await known('b')).toEqual([wrote('Rui', AT)]);
      // A stream that is full of what was written over is written anew.
      const versions = Array.from({ length: 2_001 }, (_, n) => wrote(`Rui ${n}`, AT + n));
      await Promise.all(versions.map((one) => store.people.carry([one])));
      await store.prune(AT);
      expect(await known('c')).toEqual(versions.slice(-1));
      const { state } = await manager.streams.info('test-agents');
      expect(state.messages).toBe(1);
      await connection.close();
    },
    ELECTION_MS,
  );

  it('rebuilds its projection from an older copy or from nothing', async () => {
    const file = path.join(folder.dir, 'a', 'projection.sqlite');
    const copy = path.join(folder.dir, 'copy.sqlite');
    const first = await open();
    await first.append(delivery(), [offer('1'), message('1')]);
    await close(first);
    copyFileSync(file, copy);
    const second = await open();
    await second.append(delivery(), [message('1'), message('2')]);
    await second.claim(callIdOf('1'), ana, AT);
    const before = await look(second);
    await close(second);
    rmSync(path.join(folder.dir, 'a'), { recursive: true });
    mkdirSync(path.join(folder.dir, 'a'));
    const afresh = await open();
    expect(await look(afresh)).toEqual(before);
    await close(afresh);
    copyFileSync(copy, file);
    expect(await look(await open())).toEqual(before);
  });

  it('locks its folder', async () => {
    await open();
    await expect(open()).rejects.toThrow('give each node its own dataDir');
  });

  it('explains that no server answers', async () => {
    await nats.kill();
    await expect(open()).rejects.toThrow(/No NATS server answers at nats:/);
  });

  it('receives what other nodes write', async () => {
    const [here, there] = [await open('a'), await open('b')];
    const heard = new Promise((resolve) => here.watch(resolve));
    const [entry] = await there.append(delivery(), [offer('1')]);
    expect(await heard).toEqual([entry]);
    expect(await here.ringing(0)).toEqual(await there.ringing(0));
  });
});

/** Resolves with the first entries that were written elsewhere. */
const heardOf = (store: Store, count: number) =>
  new Promise<readonly AddedEntry[]>((resolve) => {
    const all: AddedEntry[] = [];
    store.watch((entries) => {
      all.push(...entries);
      if (all.length >= count) resolve(all);
    });
  });

describe('a node of a cluster of three servers', () => {
  let cluster: Nats;
  beforeEach(async () => {
    cluster = await openNats({ servers: 3 });
  }, ELECTION_MS);
  afterEach(async () => {
    await cluster.close();
  });

  const openAt = async (node: string, servers: readonly string[]) => {
    const store = await openNatsStore({
      servers,
      replicas: 3,
      prefix: 'test',
      retentionDays: 14,
      dataDir: path.join(folder.dir, node),
      log,
    });
    stores.push(store);
    return store;
  };

  /** The server that feeds the latest follower of the log. Earlier ones stay for minutes after they have gone. */
  const feederOf = async (url: string) => {
    const connection = await connect({ servers: url });
    const manager = await jetstreamManager(connection);
    const followers = [];
    for await (const info of manager.consumers.list('test-log')) followers.push(info);
    await connection.close();
    const [latest] = followers.toSorted((a, b) => b.created.localeCompare(a.created));
    return latest?.cluster?.leader;
  };

  it('keeps following the log when the server that fed it is gone, not the one it is connected to', async () => {
    const [first = '', second = ''] = cluster.urls;
    let here = await openAt('a', [first]);
    let feeder = await feederOf(first);
    while (feeder === 'n0') {
      await close(here);
      here = await openAt('a', [first]);
      feeder = await feederOf(first);
    }
    const gone = feeder === 'n1' ? 1 : 2;
    const there = await openAt('b', [cluster.urls[3 - gone] ?? second]);
    const heard = heardOf(here, 1);
    await cluster.kill(gone);
    const added = await there.append(delivery(), [message('1')]);
    expect((await heard).map(({ body }) => body)).toEqual(added.map(({ body }) => body));
  });

  it('is opened while its servers are still finding each other', async () => {
    await Promise.all([0, 1, 2].map((index) => cluster.kill(index)));
    await cluster.restart(0);
    const opening = openAt('a', cluster.urls);
    await Promise.all([cluster.restart(1), cluster.restart(2)]);
    const store = await opening;
    expect(await store.append(delivery(), [message('1')])).toHaveLength(1);
  });
});
