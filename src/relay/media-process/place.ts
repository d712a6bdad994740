import { createHmac, randomBytes } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WIRE_VERSION } from './wire.ts';

/** Where a data folder's media process listens, and the secret it shares with the relay. */
export interface HostPlace {
  /** Of a Unix socket, or of a Windows pipe. */
  path: string;
  /** 32 random bytes that only the folder's owner can read. */
  secret: Buffer;
}

/** A socket's path has at most 104 bytes on macOS and 108 on Linux. */
const MAX_PATH_BYTES = 100;
const SECRET_BYTES = 32;
/** Readable, writable and searchable by the owner only. */
const PRIVATE = 0o700;
const OTHERS = 0o077;

/**
 * Where a media process listens. Call descriptions pass through this socket, so nobody else may
 * replace it or reach it: it is in a folder that only this user can enter. If the data folder's
 * path is too long for a socket, that folder is in the system's temporary folder, under a random
 * name that the data folder records.
 *
 * @param index of the process, from 0
 * @throws if such a folder belongs to another user
 */
export function hostPlace(dataDir: string, index = 0): HostPlace {
  const folder = path.join(dataDir, 'media');
  mkdirSync(folder, { recursive: true, mode: PRIVATE });
  makePrivate(folder);
  const secret = keep(path.join(folder, 'secret'), isSecret, () => randomBytes(SECRET_BYTES));
  const name = index === 0 ? String(WIRE_VERSION) : `${WIRE_VERSION}-${index}`;
  if (process.platform === 'win32') {
    const pipe = createHmac('sha256', secret).update(`pipe ${name}`).digest('hex');
    return { path: String.raw`\\.\pipe\ringdesk-media-${pipe.slice(0, 32)}`, secret };
  }
  const inside = path.join(folder, `${name}.sock`);
  if (Buffer.byteLength(inside) <= MAX_PATH_BYTES) return { path: inside, secret };
  const elsewhere = keep(path.join(folder, 'place'), isOurFolder, () =>
    Buffer.from(mkdtempSync(path.join(tmpdir(), 'ringdesk-'))),
  ).toString();
  makePrivate(elsewhere);
  return { path: path.join(elsewhere, `${name}.sock`), secret };
}

/** A small file's content if it is usable; otherwise the file is written again, atomically. */
function keep(file: string, isUsable: (kept: Buffer) => boolean, make: () => Buffer): Buffer {
  const kept = read(file);
  if (kept && isUsable(kept)) return kept;
  const fresh = make();
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, fresh, { flag: 'wx', mode: 0o600 });
  renameSync(draft, file);
  return fresh;
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const isSecret = (kept: Buffer): boolean => kept.length === SECRET_BYTES;

function isOurFolder(kept: Buffer): boolean {
  const stat = lstatSync(kept.toString(), { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && stat.uid === process.getuid?.();
}

function makePrivate(folder: string): void {
  // Windows stores permissions elsewhere; there, a user's folders are private.
  if (process.platform === 'win32') return;
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new Error(
      `${folder} belongs to somebody else. Remove it, or name another dataDir in the config, and start again.`,
    );
  }
  if ((stat.mode & OTHERS) !== 0) chmodSync(folder, PRIVATE);
}
