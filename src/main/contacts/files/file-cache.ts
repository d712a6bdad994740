import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isSealedFile,
  isSealedWith,
  SealedFile,
  SealedFileError,
  SealedWriter,
} from '../../db/at-rest/sealed-file.ts';
import { describe, type Log } from '../../log.ts';

/** All files together, in bytes. */
const MOST_BYTES = 200_000_000;
/** A file is written to this until it is whole. */
const PART = '.part';

export interface FileCacheOptions {
  folder: string;
  /** In hexadecimal; new files are sealed with the first. None: they are not sealed. */
  keys?: readonly string[] | undefined;
  mostBytes?: number;
  /** Unix ms. */
  now: () => number;
  log: Log;
}

/**
 * Files of messages on this computer, sealed, so that each is fetched once and outlives its days at the provider. The
 * files that were not opened for longest make room. Nothing here throws: a file that cannot be kept is
 * fetched again. Its time of change (`mtime`) says since when it is kept, its time of access (`atime`) when it was opened.
 */
export class FileCache {
  readonly #folder: string;
  readonly #keys: readonly string[];
  readonly #mostBytes: number;
  readonly #now: () => number;
  readonly #log: Log;
  /** Being written. */
  readonly #parts = new Set<string>();

  constructor({ folder, keys = [], mostBytes = MOST_BYTES, now, log }: FileCacheOptions) {
    this.#folder = folder;
    this.#keys = keys;
    this.#mostBytes = mostBytes;
    this.#now = now;
    this.#log = log;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const path = this.#pathOf(key);
    try {
      const bytes = await this.#read(path);
      const { mtimeMs } = await stat(path);
      await setTimes(path, { openedAt: this.#now(), keptSince: mtimeMs });
      return bytes;
    } catch {
      return undefined;
    }
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const now = this.#now();
      await this.#replace(this.#pathOf(key), bytes, { openedAt: now, keptSince: now });
      await this.#makeRoom();
    } catch (error) {
      this.#log.warn(`files: not kept: ${describe(error)}`);
    }
  }

  /** @returns whether it was there */
  async remove(key: string): Promise<boolean> {
    try {
      await rm(this.#pathOf(key));
      return true;
    } catch {
      return false;
    }
  }

  /** Removes what has been kept since before a time; Unix ms. @returns how many there were */
  async forget(before: number): Promise<number> {
    let count = 0;
    for (const name of await readdir(this.#folder).catch((): string[] => [])) {
      const path = join(this.#folder, name);
      try {
        if (this.#parts.has(path) || (await stat(path)).mtimeMs >= before) continue;
        await rm(path, { force: true });
        count += 1;
      } catch (error) {
        this.#log.warn(`files: not deleted: ${describe(error)}`);
      }
    }
    return count;
  }

  /**
   * Seals what an earlier version has left open, or an older key has sealed; what no key opens is fetched again.
   *
   * @param isOver asked before each file
   */
  async sealAnew(isOver: () => boolean): Promise<void> {
    const [key] = this.#keys;
    if (key === undefined) return;
    const names = await readdir(this.#folder).catch((): string[] => []);
    for (const name of names) {
      if (isOver()) return;
      const path = join(this.#folder, name);
      try {
        if (this.#parts.has(path)) continue;
        // Of a console that was killed.
        if (name.endsWith(PART)) await rm(path, { force: true });
        else if (!(await isSealedWith(path, key))) {
          const { atimeMs, mtimeMs } = await stat(path);
          const times = { openedAt: atimeMs, keptSince: mtimeMs };
          await this.#replace(path, await this.#read(path), times);
        }
      } catch (error) {
        this.#log.warn(`files: not sealed: ${describe(error)}`);
        // Others stay as they are, such as on a full disk: their provider may no longer have them.
        if (error instanceof SealedFileError) {
          await rm(path, { force: true }).catch(() => undefined);
        }
      }
    }
  }

  async #read(path: string): Promise<Uint8Array> {
    if (!(await isSealedFile(path))) return readFile(path);
    const file = await SealedFile.open(path, this.#keys);
    try {
      return await file.readAll();
    } finally {
      await file.close();
    }
  }

  async #replace(path: string, bytes: Uint8Array, times: Times): Promise<void> {
    const part = `${path}.${randomUUID()}${PART}`;
    this.#parts.add(part);
    try {
      const writer = await SealedWriter.create(part, this.#keys[0]);
      try {
        await writer.write(bytes);
        await writer.finish();
        await setTimes(part, times);
        await rename(part, path);
      } catch (error) {
        await writer.abandon();
        throw error;
      }
    } finally {
      this.#parts.delete(part);
    }
  }

  async #makeRoom(): Promise<void> {
    const names = await readdir(this.#folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        const { size, atimeMs } = await stat(path);
        return { path, size, openedAt: atimeMs };
      }),
    );
    let total = 0;
    for (const { path, size } of files.sort((a, b) => b.openedAt - a.openedAt)) {
      total += size;
      if (total > this.#mostBytes) await rm(path, { force: true });
    }
  }

  /** A provider's id may hold anything, so it never becomes a name. */
  #pathOf(key: string): string {
    return join(this.#folder, createHash('sha256').update(key).digest('hex'));
  }
}

/** Unix ms. */
interface Times {
  openedAt: number;
  keptSince: number;
}

const setTimes = (path: string, { openedAt, keptSince }: Times) =>
  utimes(path, openedAt / 1000, keptSince / 1000);
