import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { encryptFile } from '../../../../src/main/db/at-rest/encrypt-file.ts';
import { fileKind, unlock } from '../../../../src/main/db/at-rest/key.ts';
import { DatabaseNewerError, migrations } from '../../../../src/main/db/migrations.ts';
import { openDatabase } from '../../../../src/main/db/open.ts';
import {
  factsOf,
  formatOf,
  FROZEN_KEY,
  frozenLogs,
  schemaOf,
  thaw,
} from '../../../helpers/frozen-logs.ts';
import { tempFolder } from '../../../helpers/temp.ts';

/** Those of `frozen/make.mjs`; the others have tests of their own. */
const alike = frozenLogs.filter((name) => ![1, 3, 6, 7, 8].includes(formatOf(name)));

function opened(path: string, keys: readonly string[]) {
  const { db, setAside } = openDatabase({ path, keys });
  onTestFinished(() => {
    db.close();
  });
  expect(setAside).toBeUndefined();
  return db;
}

let ofNewest: ReturnType<typeof factsOf> | undefined;

/** What a log of this format could hold of all the facts. */
function expected(format: number): ReturnType<typeof factsOf> {
  const newest = Math.max(...alike.map(formatOf));
  ofNewest ??= factsOf(opened(thaw(`format-${newest}`, tempFolder()), []));
  const all = ofNewest;
  const { text, tags, disposition, callbackAt, ...note } = all.note;
  return {
    ...all,
    message: format >= 2 ? all.message : 0,
    company: format >= 12 ? all.company : undefined,
    note: {
      ...note,
      text: format >= 7 ? text : '',
      tags: format >= 8 ? tags : [],
      ...(format >= 8 && { disposition }),
      ...(format >= 9 && { callbackAt }),
    },
  };
}

/** It came in one commit with the next one. */
const NEVER_WRITTEN = 19;

test('there is a frozen file of every format up to the last one that was released', () => {
  const formats = new Set(frozenLogs.map(formatOf));
  const newest = Math.max(...formats);
  expect(newest).toBeLessThanOrEqual(migrations.length);
  const all = Array.from({ length: newest }, (_, index) => index + 1);
  expect(all.filter((format) => !formats.has(format) && format !== NEVER_WRITTEN)).toEqual([]);
});

test('the facts are there at all', () => {
  expect(expected(18)).toMatchObject({
    calls: { length: 20 },
    live: [['support/wacid.21', 'connected']],
    listed: 10,
    cursor: { epoch: 'epoch', cursor: 7 },
    theme: 'dark',
    message: 1,
    company: 'Acme',
    note: { text: 'wants a new cup', tags: ['Shop'], disposition: 'Call again' },
  });
});

let ofFresh: ReturnType<typeof schemaOf> | undefined;

test.each(frozenLogs)('%s becomes a log like a new one, with its facts', (name) => {
  const path = thaw(name, tempFolder());
  const db = opened(path, [FROZEN_KEY]);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  ofFresh ??= schemaOf(opened(':memory:', []));
  expect(schemaOf(db)).toEqual(ofFresh);
  // The others' facts have tests of their own.
  const facts = alike.includes(name) ? expected(formatOf(name)) : factsOf(db);
  expect(factsOf(db)).toEqual(facts);
});

test.each(alike)('%s keeps its facts when it is encrypted before', (name) => {
  const path = thaw(name, tempFolder());
  const key = '11'.repeat(32);
  expect(encryptFile({ path, keys: [key, FROZEN_KEY] })).toBe(true);
  expect(fileKind(path).kind).toBe('encrypted');
  expect(factsOf(opened(path, [key]))).toEqual(expected(formatOf(name)));
});

test.each([
  ['plain', []],
  ['encrypted', [FROZEN_KEY]],
])('H12 a newer file that is %s is refused in words, and not a byte of it changes', (_, keys) => {
  const path = join(tempFolder(), 'ringdesk.db');
  openDatabase({ path, keys }).db.close();
  const later = new Database(path);
  onTestFinished(() => {
    later.close();
  });
  for (const key of keys) unlock(later, key);
  later.pragma('wal_autocheckpoint = 0');
  later.exec('CREATE TABLE what_comes_later (one TEXT)');
  later.pragma(`user_version = ${migrations.length + 1}`);
  const files = () => ['', '-wal'].map((suffix) => readFileSync(path + suffix));
  const before = files();
  expect(() => openDatabase({ path, keys })).toThrow(DatabaseNewerError);
  expect(() => openDatabase({ path, keys })).toThrow(/newer Ringdesk .*Nothing was changed/s);
  expect(files()).toEqual(before);
});
