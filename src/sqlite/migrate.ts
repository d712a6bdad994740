import type { Database } from 'better-sqlite3';

/** An open database. */
export type Db = Database;

/** One step from a database of version `version - 1`. Never change a released one: add the next. */
export interface Migration {
  version: number;
  name: string;
  up: (db: Db) => void;
}

/** The error for a file that a later version of the program wrote. */
export type NewerError = (db: Db, found: number, known: number) => Error;

/**
 * Migrates a database to the last version of `list`, each step in one transaction together with
 * `user_version`. Several processes may do so at once: a step that another one has done is skipped.
 *
 * @throws what `newer` returns if the file is of a later version than any known; nothing was
 * changed then
 */
export function migrate(db: Db, list: readonly Migration[], newer: NewerError): void {
  list.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new Error(`migration ${migration.name} is out of order`);
    }
  });
  const found = refuseNewer(db, list.length, newer);
  for (const { version, up } of list.slice(found)) {
    db.transaction(() => {
      if (refuseNewer(db, list.length, newer) >= version) return;
      up(db);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}

/**
 * The version of a database. Only reads.
 *
 * @throws what `newer` returns if it is later than `known`
 */
export function refuseNewer(db: Db, known: number, newer: NewerError): number {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > known) throw newer(db, found, known);
  return found;
}
