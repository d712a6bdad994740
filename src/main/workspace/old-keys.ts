import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { recordingKeyOf } from '../../recording/keys.ts';
import { readHeader } from '../../recording/format.ts';
import { RECORDING_EXTENSION } from '../../shared/recording/model.ts';
import { keyIdOf, kindOf } from '../db/at-rest/key.ts';
import { sealedKeyId } from '../db/at-rest/sealed-file.ts';

/** Enough of a file to tell which key it needs. */
const HEAD_BYTES = 4_096;

/**
 * Which keys the files of these databases need: the databases themselves, their copies, what was set aside, and the
 * recordings and files of messages beside them. A file that does not tell its key may need any.
 *
 * @param keys in hexadecimal
 */
export async function keysNeeded(
  databases: readonly string[],
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  const byId = new Map(
    keys.flatMap((key) => [
      [keyIdOf(key), key],
      [recordingKeyOf(key).id, key],
    ]),
  );
  for (const database of databases) {
    for (const path of await filesOf(database)) {
      const id = await keyIdIn(path);
      if (id === 'unknown') return new Set(keys);
      const key = id === undefined ? undefined : byId.get(id);
      if (key !== undefined) needed.add(key);
    }
  }
  return needed;
}

/** @returns undefined if it needs none */
async function keyIdIn(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  // It was removed meanwhile, or is for somebody else to say.
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    if (path.endsWith(RECORDING_EXTENSION)) {
      const read = readHeader(head);
      return read.ok ? read.header.keyId : undefined;
    }
    return databaseKeyId(path, head) ?? sealedKeyId(head);
  } finally {
    await file.close();
  }
}

/** An encrypted database begins with its key's id; one that was set aside may begin with anything. */
function databaseKeyId(path: string, head: Buffer): string | undefined {
  const file = kindOf(head);
  if (file.kind === 'encrypted') return file.keyId;
  // Write-ahead logs go with the file whose name they bear.
  const isAside = path.includes('.unreadable-') && !/-(?:wal|shm)$/.test(path);
  return isAside && file.kind === 'unknown' ? 'unknown' : undefined;
}

async function filesOf(database: string): Promise<readonly string[]> {
  const folder = dirname(database);
  const names = async (at: string, recursive = false) => {
    const found = await readdir(at, { recursive, withFileTypes: true }).catch(() => []);
    return found.flatMap((one) => (one.isFile() ? join(one.parentPath, one.name) : []));
  };
  const beside = (await names(folder)).filter((path) =>
    basename(path).startsWith(basename(database)),
  );
  return [
    ...beside,
    ...(await names(join(folder, 'recordings'))),
    ...(await names(join(folder, 'message-files'))),
    ...(await names(join(folder, 'updates'), true)),
  ];
}
