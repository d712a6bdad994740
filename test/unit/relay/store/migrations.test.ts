import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RelayedCallRecord } from '../../../../src/relay/store/relayed-call-record.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateStore } from '../../../../src/relay/store/migrations.ts';
import { openSqliteStore } from '../../../../src/relay/store/sqlite.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-relay-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const raw = () => new Database(path.join(dir, 'relay.sqlite'));

describe('the relay’s database', () => {
  it('is created, and opened again unchanged', async () => {
    const store = openSqliteStore(path.join(dir, 'new', 'folder'));
    const epoch = await store.epoch();
    await store.close();
    const again = openSqliteStore(path.join(dir, 'new', 'folder'));
    expect(await again.epoch()).toBe(epoch);
    expect(await again.extent()).toEqual({ head: 0, prunedTo: 0 });
    await again.close();
  });

  it('uses WAL and STRICT tables', async () => {
    await openSqliteStore(dir).close();
    const db = raw();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    const tables = db
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    expect(tables.filter(({ sql }) => !sql.includes('STRICT'))).toEqual([]);
    db.close();
  });

  it('migrates version 1 with its agents and calls, and adds relayed calls', async () => {
    const db = raw();
    migrateStore(db, 1);
    db.exec(`
      INSERT INTO agents (id, name, token_hash, added_at) VALUES ('ana', 'Ana', 'hash', 1);
      INSERT INTO calls (call_id, noted_at, offered_at, offer_cursor) VALUES ('main/1', 1, 1, 1);
    `);
    db.close();
    const store = openSqliteStore(dir);
    expect(await store.agents.byTokenHash('hash')).toEqual({
      id: 'ana',
      name: 'Ana',
      workspace: 'default',
      role: 'agent',
      team: undefined,
      calls: 'all',
      numbers: 'all',
    });
    await store.agents.update('ana', { role: 'supervisor', team: 'support' });
    await store.agents.update('ana', { calls: 'no-transfers' });
    expect(await store.agents.list()).toMatchObject([
      { role: 'supervisor', team: 'support', calls: 'no-transfers' },
    ]);
    await store.agents.wrapUp('ana', 5);
    expect(await store.agents.list()).toMatchObject([{ wrapUpUntil: 5 }]);
    await store.agents.wrapUp('ana', undefined);
    expect((await store.agents.list())[0]?.wrapUpUntil).toBeUndefined();
    await store.agents.update('ana', { role: 'admin', workspace: 'sales', numbers: ['main'] });
    await store.agents.update('ana', { calls: 'outbound-only' });
    expect(await store.agents.list()).toMatchObject([
      { role: 'admin', workspace: 'sales', numbers: ['main'], calls: 'outbound-only' },
    ]);
    await store.agents.update('ana', { team: '', numbers: 'all' });
    expect(await store.agents.list()).toMatchObject([{ numbers: 'all' }]);
    expect((await store.agents.list())[0]?.team).toBeUndefined();
    expect(await store.call('main/1')).toMatchObject({ accountId: undefined, assigned: undefined });

    const ana = { id: 'ana', name: 'Ana' };
    const record: RelayedCallRecord = {
      callId: 'out/1',
      accountId: 'main',
      direction: 'outbound',
      party: { waId: '1' },
      callOffers: [],
      dtmf: '',
      supervisors: [],
      state: { kind: 'placing', owner: ana },
    };
    const key = { type: 'dtmf', callId: 'out/1', digit: '5' } as const;
    const saved = await store.saveRelayedCall(record, [key], 1);
    expect(saved.entries).toMatchObject([{ cursor: 1, accountId: 'main', body: key }]);
    expect(await store.openRelayedCalls()).toEqual([record]);
    await store.saveRelayedCall({ ...record, state: { kind: 'ended' } }, [], 2);
    expect(await store.openRelayedCalls()).toEqual([]);
    await store.prune(3);
    expect(await store.relayedCall('out/1')).toBeUndefined();
    await store.close();
  });

  it('assigns each entry to its account when migrated from a database without workspaces', async () => {
    const db = raw();
    migrateStore(db, 5);
    const ana = { id: 'ana', name: 'Ana' };
    const record = { accountId: 'two', callOffers: ['offer/1'] };
    db.prepare('INSERT INTO calls (call_id, noted_at, account_id) VALUES (?, 1, ?)').run(
      'x/1',
      'x',
    );
    const call = db.prepare(
      'INSERT INTO relayed_calls (call_id, noted_at, record) VALUES (?, 1, ?)',
    );
    call.run('out/1', JSON.stringify(record));
    call.run('out/2', 'damaged');
    const write = db.prepare('INSERT INTO log (at, body) VALUES (1, ?)');
    const bodies = [
      {
        type: 'sent',
        accountId: 'one',
        by: ana,
        at: 1,
        party: {},
        sent: { what: 'text', text: '' },
      },
      { type: 'claimed', callId: 'x/1', by: ana },
      { type: 'dtmf', callId: 'out/1', digit: '1' },
      { type: 'claimed', callId: 'offer/1', by: ana },
      { type: 'claimed', callId: 'unheard/of', by: ana },
    ];
    for (const body of bodies) write.run(JSON.stringify(body));
    write.run('damaged');
    db.close();
    const store = openSqliteStore(dir);
    const entries = await store.entriesAfter(0, 10);
    expect(entries.map(({ accountId }) => accountId)).toEqual([
      'one',
      'x',
      'two',
      'two',
      undefined,
      undefined,
    ]);
    expect(entries.at(-1)?.body).toEqual({ type: 'unreadable' });
    await store.close();
  });

  it('refuses the database of a newer relay with an explanation', async () => {
    await openSqliteStore(dir).close();
    const db = raw();
    db.pragma('user_version = 99');
    db.close();
    expect(() => openSqliteStore(dir)).toThrow('written by a newer relay');
  });
});
