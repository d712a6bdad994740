import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type Db, migrate, type NewerError } from '../../../src/sqlite/migrate.ts';
import { tempFolder } from '../../helpers/temp.ts';

const newer: NewerError = (_db, found, known) => new Error(`newer: ${found} of ${known}`);
const version = (db: Db) => db.pragma('user_version', { simple: true });
const tables = (db: Db) => db.prepare('SELECT name FROM sqlite_schema').pluck().all();

test('refuses migrations that are out of order', () => {
  const lone = { version: 2, name: 'lone', up: () => undefined };
  expect(() => migrate(new Database(':memory:'), [lone], newer)).toThrow('out of order');
});

test('keeps the version before a migration that fails', () => {
  const db = new Database(':memory:');
  const first = { version: 1, name: 'one', up: () => db.exec('CREATE TABLE a (x)') };
  const broken = {
    version: 2,
    name: 'two',
    up: () => {
      db.exec('CREATE TABLE b (x)');
      throw new Error('broken');
    },
  };
  expect(() => migrate(db, [first, broken], newer)).toThrow('broken');
  expect(version(db)).toBe(1);
  expect(tables(db)).toEqual(['a']);
});

test('leaves a database of a later version alone', () => {
  const db = new Database(':memory:');
  db.pragma('user_version = 3');
  expect(() => migrate(db, [], newer)).toThrow('newer: 3 of 0');
  expect(version(db)).toBe(3);
});

test('skips a step that another process has done meanwhile', () => {
  const path = join(tempFolder(), 'shared.db');
  const db = new Database(path);
  const other = new Database(path);
  const second = { version: 2, name: 'two', up: (to: Db) => to.exec('CREATE TABLE b (x)') };
  const first = { version: 1, name: 'one', up: (to: Db) => to.exec('CREATE TABLE a (x)') };
  const interrupted = [first, second].map((step) => ({
    ...step,
    get up() {
      // Between reading the version and the transaction.
      migrate(other, [first, second], newer);
      return step.up;
    },
  }));
  migrate(db, interrupted, newer);
  expect(version(db)).toBe(2);
  expect(tables(db)).toEqual(['a', 'b']);
  other.close();
  db.close();
});
