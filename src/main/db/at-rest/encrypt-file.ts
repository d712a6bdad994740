import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type FileOptions, keyOf, needsEncryption, rekey, unlock } from './key.ts';

/**
 * Encrypts a file with the first key, whether it is plain or has an older key. The work is done on a copy that takes
 * the file's place once it was read through: whenever the process ends, one whole file stands there. Nobody else has
 * the file open.
 *
 * @returns whether the file was changed
 * @throws if it cannot be done; the file is as it was
 */
export function encryptFile({ path, keys = [], nativeBinding }: FileOptions): boolean {
  const [key] = keys;
  const beside = `${path}.encrypting`;
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(beside + suffix, { force: true });
  if (key === undefined || !needsEncryption(path, keys)) return false;

  const binding = nativeBinding === undefined ? {} : { nativeBinding };
  const before = keyOf(path, keys);
  const open = (name: string, its: string | undefined) => {
    const db = new Database(name, { ...binding, fileMustExist: true });
    if (its !== undefined) unlock(db, its);
    return db;
  };
  const whole = open(path, before);
  let calls: unknown;
  try {
    whole.pragma('wal_checkpoint(TRUNCATE)');
    calls = whole.prepare('SELECT count(*) FROM call').pluck().get();
  } finally {
    whole.close();
  }
  // Something of it would be lost, or stay readable.
  if (isFilled(`${path}-wal`)) throw new Error('the write-ahead log is in use');
  try {
    copyFileSync(path, beside);
    const copy = open(beside, before);
    try {
      rekey(copy, key);
    } finally {
      copy.close();
    }
    if (needsEncryption(beside, keys)) throw new Error('this SQLite cannot encrypt');
    const checked = open(beside, key);
    try {
      const problem = checked.pragma('quick_check(1)', { simple: true });
      if (problem !== 'ok') throw new Error(String(problem));
      if (checked.prepare('SELECT count(*) FROM call').pluck().get() !== calls) {
        throw new Error('the copy has not all calls');
      }
    } finally {
      checked.close();
    }
    flush(beside);
    renameSync(beside, path);
    flush(dirname(path));
  } finally {
    for (const suffix of ['', '-journal']) rmSync(beside + suffix, { force: true });
  }
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  return true;
}

function isFilled(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}

/** Makes sure that a file, or the names in a folder, are on the disk. */
function flush(path: string): void {
  // Windows cannot flush a folder.
  if (process.platform === 'win32' && statSync(path).isDirectory()) return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
