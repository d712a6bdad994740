import Database from 'better-sqlite3';

/**
 * Errors that the disk or another process's lock can cause in any statement. Anything else is a bug
 * of ours.
 */
const DISK_TROUBLE =
  /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED|CORRUPT|NOTADB|PERM|AUTH|NOMEM|PROTOCOL)/;

/** Whether a statement failed because of the disk or another process's lock. */
export function isDiskTrouble(error: unknown): boolean {
  return error instanceof Database.SqliteError && DISK_TROUBLE.test(error.code);
}
