import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { copyStore, openStoreBeside } from '../../../../src/relay/store/open.ts';
import type { Store } from '../../../../src/relay/store/store.ts';
import { openNats, type Nats } from '../../../helpers/nats.ts';
import { temporaryFolder } from '../harness.ts';
import { ana, AT, ben, callIdOf, delivery, member, message, offer, talking } from './bodies.ts';

let nats: Nats;
let folder: ReturnType<typeof temporaryFolder>;
const log = createLog(() => undefined);

beforeEach(async () => {
  nats = await openNats();
  folder = temporaryFolder();
});
afterEach(async () => {
  await nats.close();
  folder.remove();
});

const sqlite = (name: string) => ({
  dataDir: path.join(folder.dir, name),
  store: { kind: 'sqlite' as const },
  retentionDays: 14,
});
const jetStream = (prefix: string) => ({
  dataDir: path.join(folder.dir, prefix),
  store: { kind: 'nats' as const, servers: nats.urls, replicas: 1, prefix },
  retentionDays: 14,
});
type Place = ReturnType<typeof sqlite> | ReturnType<typeof jetStream>;

async function withStore<T>(place: Place, task: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStoreBeside(place, log);
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

const form = { outcomes: ['Solved', 'Open'], tags: ['VIP'], required: true };

/** Something of every kind, some of it pruned. */
const fill = (place: Place) =>
  withStore(place, async (store) => {
    await store.append(delivery(AT - 1_000), [message('old')]);
    await store.prune(AT);
    await store.append(delivery(), [offer('1'), offer('2'), message('1')]);
    await store.append({ ...delivery(AT + 1), body: Buffer.from([0, 255, 7]), problems: [] }, []);
    await store.claim(callIdOf('1'), ana, AT + 2);
    await store.reserve(callIdOf('2'), ben);
    await store.decline(callIdOf('2'), 'ana');
    await store.saveRelayedCall(talking('3'), [{ type: 'dtmf', callId: '3', digit: '1' }], AT + 3);
    await store.agents.add(
      [
        { ...member('ana', { team: 'sales', numbers: ['main'] }), tokenHash: 'hash-a' },
        { ...member('ben', { role: 'admin' }), tokenHash: 'hash-b' },
      ],
      AT,
    );
    await store.agents.wrapUp('ana', AT + 9_000);
    await store.agents.setWrapUpForm('default', form);
  });

/** Everything that a store answers. */
const look = (place: Place) =>
  withStore(place, async (store) => ({
    epoch: await store.epoch(),
    extent: await store.extent(),
    entries: await store.entriesAfter(0, 1_000),
    calls: await Promise.all(['1', '2', '3'].map((id) => store.call(callIdOf(id)))),
    ringing: await store.ringing(0),
    relayed: await store.openRelayedCalls(),
    reserved: await store.agentsWithReservations(),
    agents: await store.agents.list(),
    wrapUpForms: await store.agents.wrapUpForms(),
    byToken: await store.agents.byTokenHash('hash-a'),
  }));

/** Every row of a database, the deliveries' bytes among them. */
function rowsOf({ dataDir }: Place): Record<string, unknown[]> {
  const db = new Database(path.join(dataDir, 'relay.sqlite'), { readonly: true });
  try {
    const tables = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .pluck()
      .all()
      .map(String);
    return Object.fromEntries(
      tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]),
    );
  } finally {
    db.close();
  }
}

describe('a store that is copied', () => {
  it('is the same in NATS, and row by row the same when it is copied back', async () => {
    await fill(sqlite('first'));
    await copyStore(sqlite('first'), jetStream('copy'), log);
    expect(await look(jetStream('copy'))).toEqual(await look(sqlite('first')));
    await copyStore(jetStream('copy'), sqlite('second'), log);
    expect(rowsOf(sqlite('second'))).toEqual(rowsOf(sqlite('first')));
    expect(rowsOf(sqlite('first'))).toMatchObject({
      deliveries: [{ body: Buffer.from('{"any":"thing"}') }, { body: Buffer.from([0, 255, 7]) }],
    });
  });

  it('is the same in SQLite, and again in another stream', async () => {
    await fill(jetStream('first'));
    const before = await look(jetStream('first'));
    expect(before.entries).toHaveLength(5);
    await copyStore(jetStream('first'), sqlite('copy'), log);
    expect(await look(sqlite('copy'))).toEqual(before);
    await copyStore(sqlite('copy'), jetStream('second'), log);
    expect(await look(jetStream('second'))).toEqual(before);
  });

  it.each([
    ['NATS', () => jetStream('to')],
    ['SQLite', () => sqlite('to')],
  ])('continues in %s with higher cursors and all its content', async (_name, to) => {
    await fill(sqlite('from'));
    await copyStore(sqlite('from'), to(), log);
    await withStore(to(), async (store) => {
      const { head } = await store.extent();
      expect(await store.append(delivery(), [message('1')])).toEqual([]);
      const [added] = await store.append(delivery(), [message('2')]);
      expect(added?.cursor).toBeGreaterThan(head);
      expect(await store.entriesAfter(head, 10)).toHaveLength(1);
      expect(await store.claim(callIdOf('1'), ben, AT)).toMatchObject({ why: 'taken', by: ana });
    });
  });

  it('is refused unless the target is empty', async () => {
    await fill(sqlite('one'));
    await fill(sqlite('two'));
    await fill(jetStream('three'));
    for (const to of [sqlite('two'), jetStream('three')]) {
      await expect(copyStore(sqlite('one'), to, log)).rejects.toThrow('must be empty');
    }
  });
});
