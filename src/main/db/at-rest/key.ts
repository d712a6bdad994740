import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { Db } from '../../../sqlite/migrate.ts';

/** Which file, and how it is read. */
export interface FileOptions {
  /** Absolute; its folder exists. */
  path: string;
  /** A native addon other than better-sqlite3's own, for runtimes that need one. */
  nativeBinding?: string | undefined;
  /** In hexadecimal; new files are encrypted with the first. None: they are not encrypted. */
  keys?: readonly string[] | undefined;
}

/** How a file says what it is. */
export type FileKind =
  /** There is none. */
  | { kind: 'missing' }
  | { kind: 'plain' }
  /** Encrypted by Ringdesk, with the key of this id. */
  | { kind: 'encrypted'; keyId: string }
  /** Neither: damaged, or not a database. */
  | { kind: 'unknown' };

/** The file is encrypted with a key that the system's key store did not give out. It is left unchanged. */
export class KeyMissingError extends Error {
  override readonly name = 'KeyMissingError';

  constructor(path: string) {
    super(`${path} is encrypted, and its key is not in this system's key store`);
  }
}

const PLAIN = 'SQLite format 3\0';
/** The first bytes of an encrypted file; 12 that tell its key follow. */
const MARK = 'RDK1';
const HEADER_BYTES = 16;

/** Reads the first bytes of a file. */
export function fileKind(path: string): FileKind {
  if (!existsSync(path)) return { kind: 'missing' };
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    return kindOf(header.subarray(0, readSync(file, header)));
  } finally {
    closeSync(file);
  }
}

/** What a file is that begins so. */
export function kindOf(head: Buffer): FileKind {
  if (head.length < HEADER_BYTES) return { kind: 'unknown' };
  const header = head.subarray(0, HEADER_BYTES);
  if (header.toString('latin1') === PLAIN) return { kind: 'plain' };
  if (header.toString('latin1', 0, MARK.length) !== MARK) return { kind: 'unknown' };
  return { kind: 'encrypted', keyId: header.toString('hex', MARK.length) };
}

/** Tells a key without giving it away. @param key 32 bytes in hexadecimal */
export function keyIdOf(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex').slice(0, 24);
}

/**
 * The key of a file; undefined for one that is not encrypted, and for none or a damaged one without any keys.
 *
 * @param keys in hexadecimal, the one for new files first
 * @throws KeyMissingError
 */
export function keyOf(path: string, keys: readonly string[]): string | undefined {
  const file = fileKind(path);
  switch (file.kind) {
    case 'plain':
      return undefined;
    case 'missing':
    case 'unknown':
      return keys[0];
    case 'encrypted': {
      const key = keys.find((one) => keyIdOf(one) === file.keyId);
      if (key === undefined) throw new KeyMissingError(path);
      return key;
    }
    default:
      return file satisfies never;
  }
}

/** Whether a file is there that is not encrypted with the first key, and could be. */
export function needsEncryption(path: string, keys: readonly string[]): boolean {
  const [key] = keys;
  if (key === undefined) return false;
  const file = fileKind(path);
  if (file.kind === 'encrypted') return file.keyId !== keyIdOf(key);
  return file.kind === 'plain';
}

/** Gives a connection the key of its file, before anything is read. */
export function unlock(db: Db, key: string): void {
  db.pragma("cipher = 'chacha20'");
  db.pragma(`key = '${asPragma(key)}'`);
}

/** Encrypts every page of a file that nobody else has open, with a key of its own or another one. */
export function rekey(db: Db, key: string): void {
  // The write-ahead log of one key could not be read with another.
  db.pragma('journal_mode = DELETE');
  db.pragma("cipher = 'chacha20'");
  db.pragma(`rekey = '${asPragma(key)}'`);
}

/** A raw key, and the 16 bytes that the file begins with. */
function asPragma(key: string): string {
  if (!/^[\da-f]{64}$/.test(key)) throw new Error('not a key');
  return `raw:${key}${Buffer.from(MARK, 'latin1').toString('hex')}${keyIdOf(key)}`;
}
