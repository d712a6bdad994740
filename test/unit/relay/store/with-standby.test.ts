import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database, { type Database as Db } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { migrateStore } from '../../../../src/relay/store/migrations.ts';
import { sqliteStore } from '../../../../src/relay/store/sqlite-store.ts';
import { withStandby } from '../../../../src/relay/store/with-standby.ts';
import type { IdentifiedBody, Store } from '../../../../src/relay/store/store.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { RIGHTS } from '../../../helpers/rights.ts';

const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };

let dir: string;
let db: Db;
let clock: FakeClock;
let store: Store;
let events: string[];

function open(): void {
  db = new Database(path.join(dir, 'relay.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('busy_timeout = 1');
  migrateStore(db);
  const log = createLog((line) => events.push(JSON.parse(line).event));
  const unreadable = (table: string) => log.error('store.unreadable', { table });
  store = withStandby(db, sqliteStore(db, unreadable), { clock, log, unreadable });
}

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-standby-'));
  clock = new FakeClock();
  events = [];
  open();
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The disk accepts nothing more: SQLITE_FULL from SQLite itself. */
function fill(): void {
  db.exec('CREATE TABLE IF NOT EXISTS ballast (bytes BLOB)');
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  try {
    for (;;) db.prepare('INSERT INTO ballast VALUES (zeroblob(100))').run();
  } catch {
    // Full.
  }
}

const empty = () => void db.pragma('max_page_count = 1000000');

/** Another process holds the lock: SQLITE_BUSY. */
function lock(): () => void {
  const other = new Database(path.join(dir, 'relay.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

/** Nothing can be written: SQLITE_READONLY. */
function forbid(): () => void {
  db.pragma('query_only = ON');
  return () => void db.pragma('query_only = OFF');
}

const offer = (id: string): IdentifiedBody => ({
  identity: `main/${id}/offer`,
  body: {
    type: 'provider',
    accountId: 'main',
    providerCallId: id,
    event: { kind: 'offer', at: clock.now(), party: { waId: '5511999991234' }, sdp: 'v=0' },
  },
});

const delivered = (...found: readonly IdentifiedBody[]) =>
  store.append(
    {
      accountId: 'main',
      receivedAt: clock.now(),
      headers: {},
      body: new Uint8Array(9_000),
      problems: [],
    },
    found,
  );

const troubles = [
  { name: 'full', begin: () => (fill(), empty) },
  { name: 'locked', begin: lock },
  { name: 'read-only', begin: forbid },
];

describe.each(troubles)('a disk that is $name', ({ begin }) => {
  it('B7 does not keep calls from ringing, being taken or ending', async () => {
    const [before] = await delivered(offer('before'));
    const end = begin();
    const [entry] = await delivered(offer('1'));
    expect(store.durable()).toBe(false);
    expect(entry?.cursor).toBeGreaterThan(before?.cursor ?? 0);
    const ringing = await store.ringing(clock.now() - 60_000);
    expect(ringing.map(({ callId }) => callId)).toEqual(['main/before', 'main/1']);
    expect(await store.claim('main/1', ana, clock.now())).toMatchObject({ kind: 'granted' });
    expect(await store.claim('main/1', ben, clock.now())).toMatchObject({ why: 'taken', by: ana });
    expect(await store.claim('main/before', ben, clock.now())).toMatchObject({ kind: 'granted' });
    // A repeated delivery is recognised, whether it is on the disk or in memory.
    expect(await delivered(offer('1'), offer('before'))).toEqual([]);
    const entries = await store.entriesAfter(0, 100);
    expect(entries.map(({ body }) => body.type)).toEqual([
      'provider',
      'provider',
      'claimed',
      'claimed',
    ]);
    expect(await store.extent()).toMatchObject({ head: entries.at(-1)?.cursor });
    end();
    clock.advance(5_000);
    expect(store.durable()).toBe(true);
    expect(events).toContain('store.back');
    expect(await store.entriesAfter(0, 100)).toEqual(entries);
    await store.close();
    open();
    expect(await store.entriesAfter(0, 100)).toEqual(entries);
    expect(await store.call('main/1')).toMatchObject({ claimedBy: ana });
    expect(await delivered(offer('1'))).toEqual([]);
    const [next] = await delivered(offer('2'));
    expect(next?.cursor).toBe((entries.at(-1)?.cursor ?? 0) + 1);
  });

  it('B7 is retried until everything is stored', async () => {
    const end = begin();
    await delivered(offer('1'));
    clock.advance(60_000);
    expect(store.durable()).toBe(false);
    await delivered(offer('2'));
    end();
    clock.advance(5_000);
    expect(store.durable()).toBe(true);
    expect(await store.entriesAfter(0, 10)).toHaveLength(2);
  });

  it('B7 loses no relayed call’s record and no agent', async () => {
    await store.agents.add([{ ...ana, ...RIGHTS, tokenHash: 'hash' }], clock.now());
    const record = {
      callId: 'main/1',
      accountId: 'main',
      providerCallId: '1',
      direction: 'inbound',
      party: {},
      callOffers: [],
      dtmf: '',
      supervisors: [],
      state: { kind: 'talking', owner: ana, onHold: false },
    } as const;
    await store.saveRelayedCall({ ...record, callOffers: [], supervisors: [] }, [], clock.now());
    const end = begin();
    const ended = {
      ...record,
      callOffers: [],
      supervisors: [],
      state: { kind: 'ended' } as const,
    };
    const body = { type: 'ended', callId: 'main/1', by: ana, why: 'hung-up' } as const;
    await store.saveRelayedCall(ended, [body], clock.now());
    expect(await store.openRelayedCalls()).toEqual([]);
    expect(await store.agents.byTokenHash('hash')).toMatchObject({ id: 'ana' });
    await store.agents.wrapUp('ana', clock.now() + 1_000);
    end();
    clock.advance(5_000);
    expect(await store.openRelayedCalls()).toEqual([]);
    expect(await store.agents.list()).toMatchObject([
      { id: 'ana', wrapUpUntil: clock.now() - 4_000 },
    ]);
  });

  it('grants no change of rights that it would forget', async () => {
    await store.agents.add([{ ...ana, ...RIGHTS, tokenHash: 'hash' }], clock.now());
    const end = begin();
    await delivered(offer('1'));
    // The disk may have room for so little.
    const isChanged = await store.agents.update('ana', { calls: 'none' }).catch(() => false);
    const isRemoved = await store.agents.remove('ana').catch(() => false);
    const expected = isChanged ? [{ id: 'ana', calls: 'none' }] : [{ id: 'ana', calls: 'all' }];
    expect(await store.agents.list()).toMatchObject(isRemoved ? [] : expected);
    end();
    clock.advance(5_000);
    expect(store.durable()).toBe(true);
    expect(await store.agents.list()).toMatchObject(isRemoved ? [] : expected);
  });
});

describe('a disk that can be read no more, either', () => {
  it('leaves agents what they choose from after a call', async () => {
    const form = { outcomes: ['Solved'], tags: [], required: true };
    await store.agents.setWrapUpForm('default', form);
    const end = forbid();
    await delivered(offer('1'));
    end();
    db.exec('DROP TABLE wrap_up_forms');
    expect(await store.agents.wrapUpForms()).toEqual(new Map([['default', form]]));
  });
});

describe('a programming error', () => {
  it('B7 does not count as disk trouble', async () => {
    await store.agents.add([{ ...ana, ...RIGHTS, tokenHash: 'hash' }], clock.now());
    const taken = store.agents.add([{ ...ben, ...RIGHTS, tokenHash: 'hash' }], clock.now());
    await expect(taken).rejects.toThrow('UNIQUE');
    expect(store.durable()).toBe(true);
  });
});

describe('a process that ends before the disk recovers', () => {
  it('B7 gives no cursor twice', async () => {
    await delivered(offer('1'));
    fill();
    const [lost] = await delivered(offer('2'));
    await store.close();
    expect(events).toContain('store.lost');
    open();
    const [next] = await delivered(offer('3'));
    expect(next?.cursor).toBeGreaterThan(lost?.cursor ?? Infinity);
  });

  it('gives no cursor twice if the disk takes nothing at the next start, either', async () => {
    await delivered(offer('1'));
    fill();
    const [lost] = await delivered(offer('2'));
    await store.close();
    const unlock = lock();
    open();
    expect(store.durable()).toBe(false);
    unlock();
    clock.advance(5_000);
    expect(store.durable()).toBe(true);
    const [next] = await delivered(offer('3'));
    expect(next?.cursor).toBeGreaterThan(lost?.cursor ?? Infinity);
  });
});
