import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileKind } from '../../src/main/db/at-rest/key.ts';
import { Pages } from '../../src/main/db/salvage/pages.ts';

/** Every byte of the files in a folder, databases decrypted. @param keys in hexadecimal */
export function storedBytes(folder: string, keys: readonly string[]): readonly StoredFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, bytes: bytesOf(path, keys) };
    });
}

export interface StoredFile {
  path: string;
  bytes: Buffer;
}

/** Which words stand in which files, in characters of 8 or of 16 bits. */
export function tracesIn(
  files: readonly StoredFile[],
  words: readonly string[],
): readonly string[] {
  const encoded = words.map((word) => ({
    word,
    as: [Buffer.from(word), Buffer.from(word, 'utf16le')],
  }));
  return files.flatMap(({ path, bytes }) =>
    encoded
      .filter(({ as }) => as.some((one) => bytes.includes(one)))
      .map(({ word }) => `${path}: ${word}`),
  );
}

function bytesOf(path: string, keys: readonly string[]): Buffer {
  if (fileKind(path).kind !== 'encrypted') return readFileSync(path);
  const pages = new Pages({ path, keys: [...keys] });
  const all = Array.from({ length: pages.count }, (_, index) => pages.get(index + 1));
  pages.close();
  return Buffer.concat(all.flatMap((page) => page ?? []));
}
