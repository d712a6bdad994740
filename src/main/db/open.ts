import { closeSync, existsSync, openSync, readSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { DatabaseNewerError, migrate, refuseNewer } from './migrate.ts';

/** An open database of ours. Only this folder knows what is in it. */
export type Db = Database.Database;

export interface OpenOptions {
  /** Absolute path of the file; its folder exists. */
  path: string;
  /** Another native addon than better-sqlite3's own, for runtimes that its own does not fit. */
  nativeBinding?: string | undefined;
  /** Unix ms, for the name of a file that is set aside. */
  now?: (() => number) | undefined;
}

export interface Opened {
  db: Db;
  /** Where a file that could not be read was moved to; a new one was begun in its place. Tell the person. */
  setAside?: { path: string; why: string } | undefined;
}

/** How long a statement waits for another connection's lock, in ms. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the console's database for writing and brings it to this version's form. A file that is not a sound database is
 * moved aside with its name kept, never erased.
 *
 * @throws DatabaseNewerError when a later version of the app wrote the file; nothing was changed then
 * @throws Error when the file cannot be opened at all (rights, disk)
 */
export function openDatabase(options: OpenOptions): Opened {
  // Checked before SQLite sees it: opening such a file would already clear its write-ahead log away.
  if (!isSqlite(options.path)) return beginAnew(options, 'file is not a database');
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

const HEADER = 'SQLite format 3\0';

/** An absent or empty file becomes a database. */
function isSqlite(path: string): boolean {
  if (!existsSync(path)) return true;
  const start = Buffer.alloc(HEADER.length);
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, start);
    return read === 0 || start.toString('latin1', 0, read) === HEADER;
  } finally {
    closeSync(file);
  }
}

/** A connection that only reads, for the reader's thread. The writer has opened and migrated the file before. */
export function openReadOnly(options: Omit<OpenOptions, 'now'>): Db {
  const db = connect(options, { readonly: true, fileMustExist: true });
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  db.pragma('query_only = ON');
  return db;
}

function openAndMigrate(options: OpenOptions): Db {
  const db = connect(options, {});
  try {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    refuseNewer(db);
    db.pragma('journal_mode = WAL');
    // better-sqlite3 is built with NORMAL for WAL; a call fact must survive a power cut.
    db.pragma('synchronous = FULL');
    // Deleted content (an SDP holds ICE credentials) is overwritten with zeros.
    db.pragma('secure_delete = ON');
    db.pragma('foreign_keys = ON');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function connect(options: Omit<OpenOptions, 'now'>, more: Database.Options): Db {
  const { path, nativeBinding } = options;
  return new Database(path, nativeBinding === undefined ? more : { ...more, nativeBinding });
}

function isCorrupt(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Database.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  );
}

/** The write-ahead log goes with its database: it may hold what a rescue needs. */
function moveAside({ path, now = Date.now }: OpenOptions): string {
  const to = `${path}.unreadable-${new Date(now()).toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, to + suffix);
  }
  return to;
}
