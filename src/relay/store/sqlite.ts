import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from './migrations.ts';
import { sqliteAgents } from './sqlite-agents.ts';
import { sqliteAnchored } from './sqlite-anchored.ts';
import { sqliteCalls } from './sqlite-calls.ts';
import { sqliteLog } from './sqlite-log.ts';
import type { Store } from './store.ts';

const FILE_NAME = 'relay.sqlite';
/** How long a writer waits for another process (the CLI), in ms. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the store in `dataDir`, creating both if missing. Several processes may have it open.
 *
 * @param nativeBinding path of better-sqlite3's compiled part, where its own does not fit the runtime
 * @throws Error when the folder or file cannot be used, or a newer relay has written it
 */
export function openSqliteStore(dataDir: string, nativeBinding?: string): Store {
  // Its owner only: the database holds customers' numbers.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Database(path.join(dataDir, FILE_NAME), {
    timeout: BUSY_TIMEOUT_MS,
    ...(nativeBinding !== undefined && { nativeBinding }),
  });
  try {
    db.pragma('journal_mode = WAL');
    // A webhook answered with 200 is not sent again, so it must survive a power cut, not only a crash of ours.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const log = sqliteLog(db);
  return {
    ...log,
    ...sqliteCalls(db, log.write),
    ...sqliteAnchored(db, log.write),
    agents: sqliteAgents(db),
    async close() {
      db.close();
    },
  };
}
