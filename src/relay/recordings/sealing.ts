import { randomBytes } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { readHeader, sealAnew } from '../../recording/format.ts';
import { NONCE_BYTES, type RecordingKey, seal, unseal } from '../../recording/keys.ts';
import { replaceFile } from './replace-file.ts';

/** Enough for any header. */
const HEAD_BYTES = 4_096;

/** What seals a relay's recordings. */
export interface RelayKeys {
  /** Of new recordings. */
  key: RecordingKey;
  /** Some may still be sealed with these. */
  oldKeys: readonly RecordingKey[];
}

/** Every key that may open a recording. */
export const allOf = (keys: RelayKeys | undefined): readonly RecordingKey[] =>
  keys ? [keys.key, ...keys.oldKeys] : [];

/** The id of the key that a file is sealed with; undefined if its header is damaged, or not there yet. */
export async function keyIdOfFile(path: string): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const read = readHeader(buffer.subarray(0, bytesRead));
    return read.ok ? read.header.keyId : undefined;
  } finally {
    await file.close();
  }
}

/**
 * Seals a recording that nobody writes to any more with the key for new ones.
 *
 * @returns false if none of the keys opens it; it stays as it is
 */
export async function sealFileAnew(path: string, { key, oldKeys }: RelayKeys): Promise<boolean> {
  const { mtime, atime } = await stat(path);
  const sealed = sealAnew(await readFile(path), [key, ...oldKeys], key);
  if (!sealed) return false;
  await replaceFile(path, async (file) => {
    await file.writeFile(sealed);
    // Its age tells whether it is still being written.
    await file.utimes(atime, mtime);
  });
  return true;
}

/** A text of a recording that is kept apart from it, sealed with the key for new ones. */
export function sealText(text: string, id: string, { key }: RelayKeys): string {
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = seal(key.key, nonce, Buffer.from(id), Buffer.from(text));
  return Buffer.concat([nonce, sealed]).toString('base64');
}

/** @returns undefined if none of the keys has sealed it, for this recording */
export function unsealText(sealed: string, id: string, keys: RelayKeys): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  for (const { key } of [keys.key, ...keys.oldKeys]) {
    const plain = unseal(key, nonce, Buffer.from(id), bytes.subarray(NONCE_BYTES));
    if (plain) return plain.toString();
  }
  return undefined;
}
