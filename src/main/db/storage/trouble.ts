import Database from 'better-sqlite3';
import type { StorageTrouble } from '../../../shared/ipc/model.ts';
import { KeyMissingError } from '../at-rest/key.ts';
import { DatabaseNewerError } from '../migrations.ts';

/** How to handle an error of the database. */
export type Trouble =
  /** The file's content is damaged: it is set aside and replaced. */
  | { kind: 'damaged'; why: string }
  /** It may resolve by itself or by somebody's help: retried. */
  | { kind: StorageTrouble; why: string }
  /** Only this fact cannot be written or read. */
  | { kind: 'fact'; why: string };

/** Meaning of SQLite's primary result codes (sqlite.org/rescode.html). */
const codes: Readonly<Record<string, Trouble['kind']>> = {
  CORRUPT: 'damaged',
  NOTADB: 'damaged',
  FORMAT: 'damaged',
  // The statement was valid when written, so the file does not have the tables that it claims.
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

/** The same for file system errors. */
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

/** Classifies an error of the database or its file. Never throws. */
export function troubleOf(error: unknown): Trouble {
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof DatabaseNewerError) return { kind: 'newer', why };
  if (error instanceof KeyMissingError) return { kind: 'no-key', why };
  if (error instanceof Database.SqliteError) {
    // A row holds something else where we wrote JSON.
    if (/malformed JSON/i.test(why)) return { kind: 'fact', why };
    const primary = /^SQLITE_([A-Z]+)/.exec(error.code)?.[1] ?? '';
    return { kind: codes[primary] ?? 'fact', why: `${why} (${error.code})` };
  }
  const code = systemCode(error);
  if (code !== undefined) return { kind: systemCodes[code] ?? 'disk', why };
  // Thrown by better-sqlite3 itself.
  if (/directory does not exist|connection is not open/.test(why)) return { kind: 'missing', why };
  return { kind: 'fact', why };
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : undefined;
}
