import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * Holds a data folder for one process, which serves or replaces its store. The lock is that of an
 * empty database, so it ends with the process, however that ends.
 *
 * @returns gives the folder back
 * @throws Error that tells a person what to do if another process holds it
 */
export function holdFolder(dataDir: string, nativeBinding?: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Database(path.join(dataDir, 'relay.lock'), {
    timeout: 0,
    ...(nativeBinding !== undefined && { nativeBinding }),
  });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return () => void db.close();
  } catch (error) {
    db.close();
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) {
      throw error;
    }
    throw new Error(`A relay, or a command of one, holds the store in ${dataDir}. Stop it first.`, {
      cause: error,
    });
  }
}
