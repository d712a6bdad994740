import {
  chmodSync,
  copyFileSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database, { type Database as Db } from 'better-sqlite3';
import { SERVED } from './with-standby.ts';
import { migrateStore } from './migrations.ts';
import { STORE_FILE } from './sqlite.ts';

const open = (file: string, nativeBinding: string | undefined, readonly: boolean): Db =>
  new Database(file, {
    readonly,
    fileMustExist: true,
    ...(nativeBinding !== undefined && { nativeBinding }),
  });

/**
 * Copies the store to a file, complete and consistent, even while a relay writes to it.
 *
 * @throws Error that says what to do if the file already exists or the copy is damaged
 */
export async function backUpStore(
  dataDir: string,
  file: string,
  nativeBinding?: string,
): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} is there already. Name another file.`);
  // What is under its name is whole, whenever the power goes.
  const draft = `${file}.unfinished`;
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(draft + part, { force: true });
  // It contains customers' numbers.
  writeFileSync(draft, '', { flag: 'wx', mode: 0o600 });
  try {
    const db = open(path.join(dataDir, STORE_FILE), nativeBinding, true);
    try {
      await db.backup(draft);
    } finally {
      db.close();
    }
    const copy = open(draft, nativeBinding, false);
    try {
      // A single file, without a write-ahead log beside it.
      copy.pragma('journal_mode = DELETE');
      checkWhole(copy, file);
    } finally {
      copy.close();
    }
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Replaces the store with a backup. The former store is kept beside it, and the log gets a new
 * epoch, because cursors will be used a second time and consoles must start over.
 *
 * @returns where the former store is kept; undefined if there was none
 * @throws Error that says what to do; the store is then unchanged
 */
export function restoreStore(
  dataDir: string,
  file: string,
  at: number,
  nativeBinding?: string,
): string | undefined {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const target = path.join(dataDir, STORE_FILE);
  const draft = `${target}.restoring`;
  rmSync(draft, { force: true });
  try {
    copyFileSync(file, draft, constants.COPYFILE_EXCL);
    chmodSync(draft, 0o600);
    const db = open(draft, nativeBinding, false);
    try {
      checkWhole(db, file);
      migrateStore(db);
      db.exec(`UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'epoch'`);
      db.prepare('DELETE FROM meta WHERE key = ?').run(SERVED);
    } finally {
      db.close();
    }
    const kept = existsSync(target) ? setAside(target, at, nativeBinding) : undefined;
    renameSync(draft, target);
    return kept;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the store away, even a damaged one, unless another process has it open. */
function setAside(target: string, at: number, nativeBinding: string | undefined): string {
  const db = open(target, nativeBinding, false);
  try {
    db.pragma('busy_timeout = 0');
    // Removing the write-ahead log requires exclusive access.
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') {
      throw new Error('A relay, or a command of one, has the store open. Stop it first.', {
        cause: error,
      });
    }
  } finally {
    db.close();
  }
  const kept = `${target}.before-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`;
  renameSync(target, kept);
  for (const part of ['-wal', '-shm']) {
    if (existsSync(target + part)) renameSync(target + part, kept + part);
  }
  return kept;
}

function checkWhole(db: Db, file: string): void {
  let found: unknown;
  try {
    found = db.pragma('quick_check(1)', { simple: true });
  } catch (error) {
    throw new Error(`${file} is no backup of a relay.`, { cause: error });
  }
  if (found !== 'ok') throw new Error(`${file} is damaged: ${String(found)}.`);
  const isStore = db
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'deliveries'`)
    .get();
  if (!isStore) throw new Error(`${file} is no backup of a relay.`);
}
