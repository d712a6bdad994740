import Database from 'better-sqlite3';
import type { StorageTrouble } from '../../../shared/ipc/model.ts';
import { DatabaseNewerError } from '../migrations.ts';

/** What an error of the database means for what is to be done about it. */
export type Trouble =
  /** The file's content is broken: it is set aside and a new one begun. */
  | { kind: 'damaged'; why: string }
  /** It may work again by itself or when somebody does something: tried again. */
  | { kind: StorageTrouble; why: string }
  /** Only this one fact cannot be written or read. */
  | { kind: 'fact'; why: string };

/** What SQLite's primary result codes mean (sqlite.org/rescode.html). */
const codes: Readonly<Record<string, Trouble['kind']>> = {
  CORRUPT: 'damaged',
  NOTADB: 'damaged',
  FORMAT: 'damaged',
  // A statement that was right when it was written: the file has not the form that it says it has.
  ERROR: 'damaged',
  SCHEMA: 'damaged',
  INTERNAL: 'damaged',
  FULL: 'full',
  BUSY: 'locked',
  LOCKED: 'locked',
  PROTOCOL: 'locked',
  READONLY: 'read-only',
  PERM: 'no-access',
  AUTH: 'no-access',
  CANTOPEN: 'no-access',
  IOERR: 'disk',
  NOMEM: 'disk',
  NOLFS: 'disk',
  INTERRUPT: 'disk',
};

/** The same for errors of the file system. */
const systemCodes: Readonly<Record<string, StorageTrouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'no-access',
  EPERM: 'no-access',
  EISDIR: 'no-access',
  ENOTDIR: 'no-access',
  EEXIST: 'no-access',
  EBUSY: 'locked',
  ETXTBSY: 'locked',
  ENOENT: 'missing',
};

/** Sorts an error that came out of the database or of its file. Never throws. */
export function troubleOf(error: unknown): Trouble {
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof DatabaseNewerError) return { kind: 'newer', why };
  if (error instanceof Database.SqliteError) {
    // A row that holds no JSON where we wrote some.
    if (/malformed JSON/i.test(why)) return { kind: 'fact', why };
    const primary = /^SQLITE_([A-Z]+)/.exec(error.code)?.[1] ?? '';
    return { kind: codes[primary] ?? 'fact', why: `${why} (${error.code})` };
  }
  const code = systemCode(error);
  if (code !== undefined) return { kind: systemCodes[code] ?? 'disk', why };
  // Told by better-sqlite3 itself.
  if (/directory does not exist|connection is not open/.test(why)) return { kind: 'missing', why };
  return { kind: 'fact', why };
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : undefined;
}
