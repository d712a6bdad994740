import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type Log } from '../../log.ts';

/** All files together, in bytes. */
const MOST_BYTES = 200_000_000;

export interface FileCacheOptions {
  folder: string;
  mostBytes?: number;
  /** Unix ms. */
  now: () => number;
  log: Log;
}

/**
 * Files of messages on this computer, so that each is fetched once and outlives its days at the provider. The
 * files that were not opened for longest make room. Nothing here throws: a file that cannot be kept is
 * fetched again.
 */
export class FileCache {
  readonly #folder: string;
  readonly #mostBytes: number;
  readonly #now: () => number;
  readonly #log: Log;

  constructor({ folder, mostBytes = MOST_BYTES, now, log }: FileCacheOptions) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
    this.#now = now;
    this.#log = log;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const path = this.#pathOf(key);
    try {
      const bytes = await readFile(path);
      await this.#used(path);
      return bytes;
    } catch {
      return undefined;
    }
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(key);
    const part = `${path}.${randomUUID()}.part`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(part, bytes, { mode: 0o600 });
      await this.#used(part);
      await rename(part, path);
      await this.#makeRoom();
    } catch (error) {
      this.#log.warn(`files: not kept: ${describe(error)}`);
      await rm(part, { force: true }).catch(() => undefined);
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

  #used(path: string): Promise<void> {
    const seconds = this.#now() / 1000;
    return utimes(path, seconds, seconds);
  }

  async #makeRoom(): Promise<void> {
    const names = await readdir(this.#folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        const { size, mtimeMs } = await stat(path);
        return { path, size, usedAt: mtimeMs };
      }),
    );
    let total = 0;
    for (const { path, size } of files.sort((a, b) => b.usedAt - a.usedAt)) {
      total += size;
      if (total > this.#mostBytes) await rm(path, { force: true });
    }
  }

  /** A provider's id may hold anything, so it never becomes a name. */
  #pathOf(key: string): string {
    return join(this.#folder, createHash('sha256').update(key).digest('hex'));
  }
}
