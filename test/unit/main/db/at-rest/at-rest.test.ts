import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chacha20 } from '../../../../../src/main/db/at-rest/chacha20.ts';
import { encryptFile } from '../../../../../src/main/db/at-rest/encrypt-file.ts';
import { fileKind, KeyMissingError, keyIdOf } from '../../../../../src/main/db/at-rest/key.ts';
import { SqliteCallLog } from '../../../../../src/main/db/call-log.ts';
import { makeSnapshot } from '../../../../../src/main/db/make-snapshot.ts';
import { openDatabase } from '../../../../../src/main/db/open.ts';
import { salvage } from '../../../../../src/main/db/salvage/salvage.ts';
import { troubleOf } from '../../../../../src/main/db/storage/trouble.ts';
import { damages } from '../../../../helpers/damage.ts';
import { endedCall, put } from '../../../../helpers/calls.ts';
import { tempFolder } from '../../../../helpers/temp.ts';

const FIRST = '11'.repeat(32);
const SECOND = '22'.repeat(32);
const CALLS = 150;
const never = new AbortController().signal;

function fileWithCalls(keys: readonly string[]): string {
  const path = join(tempFolder(), 'calls.db');
  const { db } = openDatabase({ path, keys });
  const log = new SqliteCallLog(db);
  db.transaction(() => {
    for (let n = 0; n < CALLS; n++) put(log, endedCall(n));
  })();
  db.close();
  return path;
}

function opened(path: string, keys: readonly string[]) {
  const { db, setAside } = openDatabase({ path, keys });
  onTestFinished(() => {
    db.close();
  });
  return { db, setAside, calls: () => db.prepare('SELECT count(*) FROM call').pluck().get() };
}

const readable = (path: string) => readFileSync(path).includes('Customer 7');

test('a new file is encrypted, and opens with its key only', () => {
  const path = fileWithCalls([FIRST]);
  expect(readable(path)).toBe(false);
  expect(fileKind(path)).toEqual({ kind: 'encrypted', keyId: keyIdOf(FIRST) });
  const before = readFileSync(path);
  for (const keys of [[], [SECOND]]) {
    expect(() => openDatabase({ path, keys })).toThrow(KeyMissingError);
  }
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(troubleOf(new KeyMissingError(path)).kind).toBe('no-key');
  expect(opened(path, [SECOND, FIRST]).calls()).toBe(CALLS);
});

test('today’s file is encrypted in its place, and again with the next key', () => {
  const path = fileWithCalls([]);
  expect(readable(path)).toBe(true);
  expect(encryptFile({ path, keys: [FIRST] })).toBe(true);
  expect(encryptFile({ path, keys: [FIRST] })).toBe(false);
  expect(readable(path)).toBe(false);
  expect(encryptFile({ path, keys: [SECOND, FIRST] })).toBe(true);
  expect(fileKind(path)).toEqual({ kind: 'encrypted', keyId: keyIdOf(SECOND) });
  expect(opened(path, [SECOND]).calls()).toBe(CALLS);
});

test('facts that a killed console left in the write-ahead log are encrypted as well', () => {
  const from = join(tempFolder(), 'killed.db');
  const killed = opened(from, []);
  put(new SqliteCallLog(killed.db), endedCall(7));
  const path = join(tempFolder(), 'calls.db');
  for (const suffix of ['', '-wal']) copyFileSync(from + suffix, path + suffix);
  expect(readable(`${path}-wal`)).toBe(true);
  encryptFile({ path, keys: [FIRST] });
  expect(existsSync(`${path}-wal`)).toBe(false);
  expect(readable(path)).toBe(false);
  expect(opened(path, [FIRST]).calls()).toBe(1);
});

test('what an interrupted encryption left behind is removed, and the file is the old one', () => {
  const path = fileWithCalls([]);
  writeFileSync(`${path}.encrypting`, 'half of it');
  writeFileSync(`${path}.encrypting-journal`, 'half of it');
  expect(encryptFile({ path, keys: [FIRST] })).toBe(true);
  expect(existsSync(`${path}.encrypting`)).toBe(false);
  expect(existsSync(`${path}.encrypting-journal`)).toBe(false);
  expect(opened(path, [FIRST]).calls()).toBe(CALLS);
});

test('a snapshot has the key of its file and all its calls', async () => {
  const path = fileWithCalls([FIRST]);
  const to = `${path}.snapshot`;
  expect(await makeSnapshot({ path, keys: [FIRST] }, to, never)).toBe(CALLS);
  expect(fileKind(to)).toEqual(fileKind(path));
});

test.each(Object.entries(damages))(
  'an encrypted file gives back what can be read: %s',
  async (name, damage) => {
    const path = fileWithCalls([FIRST]);
    damage(path, 3);
    const fresh = join(tempFolder(), 'fresh.db');
    const { db, calls } = opened(fresh, [SECOND]);
    const { calls: found } = await salvage(
      { path, keys: [SECOND, FIRST] },
      db,
      never,
      () => undefined,
    );
    expect(calls()).toBe(found);
    // The first half of so small a file has no whole table.
    const least = ['empty', 'noise alone', 'cut to half'].includes(name) ? 0 : 1;
    expect(found).toBeGreaterThanOrEqual(least);
  },
);

test('ChaCha20 encrypts the example of RFC 8439, 2.4.2', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
  const nonce = Buffer.from('000000000000004a00000000', 'hex');
  const text = Buffer.from(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  );
  const cipher = chacha20(key, nonce, 1, text);
  expect(cipher.subarray(0, 16).toString('hex')).toBe('6e2e359a2568f98041ba0728dd0d6981');
  expect(chacha20(key, nonce, 1, cipher).equals(text)).toBe(true);
});
