import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openDatabase } from '../../src/main/db/open.ts';
import type { Db } from '../../src/sqlite/migrate.ts';

let image: Buffer | undefined;

/**
 * The console's database without calls, in memory or in a new file. All migrations run once, since
 * they take longer than most tests; what this opens is a copy.
 */
export function emptyDatabase(path = ':memory:'): Db {
  image ??= openDatabase({ path: ':memory:' }).db.serialize();
  if (path !== ':memory:') {
    writeFileSync(path, image, { flag: 'wx' });
    return openDatabase({ path }).db;
  }
  const db = new Database(image);
  db.pragma('secure_delete = ON');
  db.pragma('foreign_keys = ON');
  return db;
}
