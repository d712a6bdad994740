import type { Db } from './open.ts';
import { initial } from './migrations/0001-initial.ts';
import { contacts } from './migrations/0002-contacts.ts';
import { callAlias } from './migrations/0003-call-alias.ts';
import { persons } from './migrations/0004-persons.ts';
import { fieldWords } from './migrations/0005-field-words.ts';

/** One step from a database of version `version - 1`. Never changed once released: write the next one. */
export interface Migration {
  version: number;
  name: string;
  up: (db: Db) => void;
}

export const migrations: readonly Migration[] = [initial, contacts, callAlias, persons, fieldWords];

/** The file was written by a later version of the app. */
export class DatabaseNewerError extends Error {
  override readonly name = 'DatabaseNewerError';
  readonly found: number;
  readonly known: number;

  constructor(path: string, found: number, known: number) {
    super(
      `The call history in ${path} was written by a newer Ringdesk (format ${found}; this one knows up to ${known}). ` +
        'Nothing was changed. Install the newer version again, or move the file away to begin an empty history.',
    );
    this.found = found;
    this.known = known;
  }
}

/**
 * Brings the database to the last version of `list`, each step in one transaction together with `user_version`.
 *
 * @throws DatabaseNewerError when the file is of a later version than any known
 */
export function migrate(db: Db, list: readonly Migration[] = migrations): void {
  list.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new Error(`migration ${migration.name} is out of order`);
    }
  });
  const found = refuseNewer(db, list.length);
  for (const migration of list.slice(found)) {
    db.transaction(() => {
      migration.up(db);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}

/**
 * The version of the file. Only reads.
 *
 * @throws DatabaseNewerError when it is later than `known`
 */
export function refuseNewer(db: Db, known = migrations.length): number {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > known) throw new DatabaseNewerError(db.name, found, known);
  return found;
}
