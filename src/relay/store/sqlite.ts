import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { migrateStore } from './migrations.ts';
import { holdFolder } from './served-folder.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import { tellOnce } from './readable.ts';
import { sqliteStore } from './sqlite-store.ts';
import { withStandby } from './with-standby.ts';
import type { Store } from './store.ts';
import { sqliteRows, type RowStore } from './table-rows.ts';

/** The store's file name in the data folder. */
export const STORE_FILE = 'relay.sqlite';
/**
 * How long a writer waits for another process (the CLI), in ms. Everything else waits meanwhile.
 */
const BUSY_TIMEOUT_MS = 1000;

/** What a store needs from a running relay. */
interface Running {
  clock: Clock;
  log: Log;
}

/**
 * Opens the store in `dataDir`, and creates both if missing. Several processes may open it.
 *
 * @param running omitted by the command line, whose writes fail if the disk cannot be written; a
 *   relay continues in memory
 * @param nativeBinding path of better-sqlite3's compiled addon, if its own does not fit the runtime
 * @throws Error if the folder or file cannot be used, another relay serves it, or a newer one has
 *   written it
 */
export function openSqliteStore(dataDir: string, nativeBinding?: string, running?: Running): Store {
  if (!running) return sqliteStore(openDatabase(dataDir, nativeBinding), () => undefined);
  const giveBack = holdFolder(dataDir, nativeBinding);
  try {
    const db = openDatabase(dataDir, nativeBinding);
    const unreadable = tellOnce(running.log);
    const disk = sqliteStore(db, unreadable);
    const store = withStandby(db, disk, { ...running, nativeBinding, unreadable });
    return { ...store, close: () => store.close().finally(giveBack) };
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** Opens such a store to copy its rows while no relay serves it. */
export function openSqliteRows(dataDir: string, nativeBinding?: string): RowStore {
  return sqliteRows(openDatabase(dataDir, nativeBinding));
}

function openDatabase(dataDir: string, nativeBinding?: string): Database.Database {
  // Readable by the owner only: the database contains customers' numbers.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Database(path.join(dataDir, STORE_FILE), {
    timeout: BUSY_TIMEOUT_MS,
    ...(nativeBinding !== undefined && { nativeBinding }),
  });
  try {
    db.pragma('journal_mode = WAL');
    // A webhook answered with 200 is not sent again, so it must survive a power cut, not only a
    // crash.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // Deleted content is overwritten with zeros.
    db.pragma('secure_delete = ON');
    migrateStore(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}
