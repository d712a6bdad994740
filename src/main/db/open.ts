import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { fileKind, type FileOptions, keyOf, unlock } from './at-rest/key.ts';
import { isNetworkFolder } from './network-folder.ts';
import { type Db, migrate, refuseNewer } from '../../sqlite/migrate.ts';
import { DatabaseNewerError, migrations, newerDatabase } from './migrations.ts';

export interface OpenOptions extends FileOptions {
  /** Unix ms, for the name of a file that is set aside. */
  now?: (() => number) | undefined;
  /** Why the file is known to be damaged: it is set aside without being opened. */
  damaged?: string | undefined;
}

export interface Opened {
  db: Db;
  /** Where an unreadable file was moved; a new one took its place. The agent must be told. */
  setAside?: { path: string; why: string } | undefined;
}

/** How long a background thread waits for another connection's lock, in ms. */
const BUSY_TIMEOUT_MS = 5_000;
/** The same in main, where waiting blocks calls and windows; a longer lock is retried later. */
const MAIN_BUSY_TIMEOUT_MS = 250;

/**
 * Opens the console's database for writing and migrates it. A file that is not a sound database is
 * moved aside under a dated name, never deleted.
 *
 * @throws KeyMissingError if it is encrypted with a key that nobody has here; it is left unchanged
 * @throws DatabaseNewerError if a later version of the app wrote the file, which is left unchanged
 * @throws Error if the file cannot be opened at all (permissions, disk)
 */
export function openDatabase(options: OpenOptions): Opened {
  if (options.damaged !== undefined) return beginAnew(options, options.damaged);
  // Checked before SQLite opens it, because opening such a file would delete its write-ahead log.
  if (fileKind(options.path).kind === 'unknown') {
    return beginAnew(options, 'file is not a database');
  }
  try {
    return { db: openAndMigrate(options) };
  } catch (error) {
    if (error instanceof DatabaseNewerError || !isCorrupt(error)) throw error;
    return beginAnew(options, error.message);
  }
}

function beginAnew(options: OpenOptions, why: string): Opened {
  const setAside = { path: moveAside(options), why };
  return { db: openAndMigrate(options), setAside };
}

/**
 * A read-only connection for the reader's thread. The writer has opened and migrated the file
 * before.
 */
export function openReadOnly(options: FileOptions): Db {
  const db = connect(options, { readonly: true, fileMustExist: true });
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  db.pragma('query_only = ON');
  return db;
}

/**
 * A second writing connection, for the thread that rescues calls in the background. A power cut may
 * lose its commits; the rescue would start again.
 */
export function openBeside(options: FileOptions): Db {
  const db = connect(options, { fileMustExist: true });
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  db.pragma('synchronous = NORMAL');
  db.pragma('secure_delete = ON');
  db.pragma('foreign_keys = ON');
  return db;
}

function openAndMigrate(options: OpenOptions): Db {
  const db = connect(options, {});
  try {
    db.pragma(`busy_timeout = ${MAIN_BUSY_TIMEOUT_MS}`);
    // Checks cell sizes: a damaged cell may claim to be longer than its page.
    db.pragma('cell_size_check = ON');
    refuseNewer(db, migrations.length, newerDatabase);
    // A write-ahead log needs memory that computers do not share (sqlite.org/wal.html).
    const journal = isNetworkFolder(dirname(options.path)) ? 'truncate' : 'wal';
    // A file that cannot be written can still be read; the first write reports the error.
    if (db.pragma('journal_mode', { simple: true }) !== journal) {
      db.pragma(`journal_mode = ${journal}`);
    }
    // better-sqlite3 is built with NORMAL for WAL; a call fact must survive a power cut.
    db.pragma('synchronous = FULL');
    // Deleted content (an SDP holds ICE credentials) is overwritten with zeros.
    db.pragma('secure_delete = ON');
    db.pragma('foreign_keys = ON');
    migrate(db, migrations, newerDatabase);
    clearLog(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function connect(options: FileOptions, more: Database.Options): Db {
  const { path, nativeBinding, keys = [] } = options;
  const key = path === ':memory:' ? undefined : keyOf(path, keys);
  const db = new Database(path, nativeBinding === undefined ? more : { ...more, nativeBinding });
  if (key !== undefined) unlock(db, key);
  return db;
}

/** Checkpoints the write-ahead log of a killed console, so that deleted content is gone. */
function clearLog(db: Db): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (isCorrupt(error)) throw error;
    // Not possible right now; the next start tries again.
  }
}

function isCorrupt(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Database.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  );
}

/** The write-ahead log moves with its database, because a rescue may need it. */
function moveAside({ path, now = Date.now }: OpenOptions): string {
  const name = `${path}.unreadable-${new Date(now()).toISOString().replaceAll(':', '-')}`;
  let to = name;
  for (let n = 2; existsSync(to); n++) to = `${name}-${n}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, to + suffix);
  }
  return to;
}
