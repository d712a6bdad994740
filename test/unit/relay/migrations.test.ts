import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/relay/store/sqlite.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-relay-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const raw = () => new Database(path.join(dir, 'relay.sqlite'));

describe('the database', () => {
  it('is created, and opened again as it is', async () => {
    const store = openSqliteStore(path.join(dir, 'new', 'folder'));
    const epoch = await store.epoch();
    await store.close();
    const again = openSqliteStore(path.join(dir, 'new', 'folder'));
    expect(await again.epoch()).toBe(epoch);
    expect(await again.extent()).toEqual({ head: 0, prunedTo: 0 });
    await again.close();
  });

  it('keeps its promises: WAL and STRICT tables', async () => {
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

  it('of a newer relay is refused in words', async () => {
    await openSqliteStore(dir).close();
    const db = raw();
    db.pragma('user_version = 99');
    db.close();
    expect(() => openSqliteStore(dir)).toThrow('written by a newer relay');
  });
});
