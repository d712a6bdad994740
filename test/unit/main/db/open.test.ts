import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { DatabaseNewerError, migrations } from '../../../../src/main/db/migrations.ts';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { tempFolder } from '../../../helpers/temp.ts';

const file = () => join(tempFolder(), 'calls.db');

describe('opening', () => {
  test('creates this version’s tables, and keeps what is written', () => {
    const path = file();
    const { db, setAside } = openDatabase({ path });
    expect(setAside).toBeUndefined();
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.exec(`INSERT INTO setting VALUES ('k', '1')`);
    db.close();
    const again = openDatabase({ path }).db;
    expect(again.prepare('SELECT count(*) AS n FROM setting').get()).toEqual({ n: 1 });
    again.close();
  });

  test('H12 refuses a newer version’s file with a message, and does not touch it', () => {
    const path = file();
    const newer = new Database(path);
    newer.pragma('user_version = 99');
    newer.close();
    const before = readFileSync(path);
    expect(() => openDatabase({ path })).toThrow(DatabaseNewerError);
    expect(() => openDatabase({ path })).toThrow(/newer Ringdesk .*Nothing was changed/s);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('sets aside a file that is no database, and keeps it', () => {
    const path = file();
    writeFileSync(path, 'precious, though not a database '.repeat(100));
    writeFileSync(`${path}-wal`, 'its log');
    const { db, setAside } = openDatabase({ path, now: () => Date.UTC(2026, 0, 2) });
    db.close();
    expect(setAside?.path).toBe(`${path}.unreadable-2026-01-02T00-00-00.000Z`);
    expect(setAside?.why).toContain('not a database');
    expect(readFileSync(setAside?.path ?? '', 'utf8')).toContain('precious');
    expect(existsSync(`${setAside?.path}-wal`)).toBe(true);
  });

  test('detects a torn page when it is read', () => {
    const path = file();
    openDatabase({ path }).db.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 4096);
    writeFileSync(path, bytes);
    const { db, setAside } = openDatabase({ path });
    db.close();
    expect(setAside).toBeDefined();
  });

  test('reports a missing folder as an error, not as data loss', () => {
    expect(() => openDatabase({ path: join(tempFolder(), 'none', 'calls.db') })).toThrow(
      'directory',
    );
  });
});

describe('migrations', () => {
  test('have consecutive numbers', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(
      migrations.map((_, index) => index + 1),
    );
  });
});
