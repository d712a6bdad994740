import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { StorageTrouble } from '../../../shared/ipc/storage.ts';
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

/** Classifies an error of the database or its file. Never throws. @param path of the file */
export function troubleOf(error: unknown, path?: string): Trouble {
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof DatabaseNewerError) return { kind: 'newer', why };
  if (error instanceof KeyMissingError) return { kind: 'no-key', why };
  if (error instanceof Database.SqliteError) {
    // A row holds something else where we wrote JSON.
    if (/malformed JSON/i.test(why)) return { kind: 'fact', why };
    const primary = /^SQLITE_([A-Z]+)/.exec(error.code)?.[1] ?? '';
    const kind = diskTrouble(codes[primary] ?? 'fact', path);
    return { kind, why: `${why} (${error.code})` };
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

/** So little is as good as nothing: a write-ahead log begins with twice as much. */
const FULL_BYTES = 32_768;

/**
 * What the disk says, where SQLite only says that it cannot open a file on a read-only disk, and that a full one fails
 * while it opens.
 */
function diskTrouble(kind: Trouble['kind'], path: string | undefined): Trouble['kind'] {
  if (path === undefined || (kind !== 'no-access' && kind !== 'disk')) return kind;
  try {
    accessSync(dirname(path), constants.W_OK);
    const { bavail, bsize } = statfsSync(dirname(path));
    return kind === 'disk' && bavail * bsize < FULL_BYTES ? 'full' : kind;
  } catch (error) {
    return systemCode(error) === 'EROFS' ? 'read-only' : kind;
  }
}
