import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isSealedWith, SealedFile, SealedWriter } from '../db/at-rest/sealed-file.ts';

export interface RecordingFilesOptions {
  folder: string;
  /** In hexadecimal; new files are sealed with the first. None: they are not sealed. */
  keys: readonly string[];
}

/** A track is written to this until it is whole. */
const PART = '.part';
/** A track that is being sealed with another key. */
const ANEW = '.anew';
const TRACK = /^[\da-f]{40}\.\d+$/;

/** Where a file of sound is written to until it is whole. */
export interface NewTrack {
  write: (bytes: Uint8Array) => Promise<void>;
  /** The file is whole, and takes its place. */
  finish: () => Promise<{ bytes: number; sha256: string }>;
  abandon: () => Promise<void>;
}

/** The sound of recordings on this computer, each track a sealed file. */
export class RecordingFiles {
  readonly #options: RecordingFilesOptions;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: RecordingFilesOptions) {
    this.#options = options;
  }

  /** Replaces the track only once it is whole. */
  async create(id: string, track: number): Promise<NewTrack> {
    const { folder, keys } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = this.#pathOf(id, track);
    const part = path + PART;
    const writer = await SealedWriter.create(part, keys[0]);
    return {
      write: (bytes) => writer.write(bytes),
      async finish() {
        const written = await writer.finish();
        await rename(part, path);
        return written;
      },
      abandon: () => writer.abandon(),
    };
  }

  /** @throws SealedFileError, or an error of the system if there is no such file */
  open(id: string, track: number): Promise<SealedFile> {
    return SealedFile.open(this.#pathOf(id, track), this.#options.keys);
  }

  /** Deletes all tracks of a recording. */
  remove(id: string): Promise<void> {
    const begins = `${nameOf(id)}.`;
    return this.#inTurn(() => this.#removeAll((name) => name.startsWith(begins)));
  }

  /** Removes what a console that was killed has not finished; before anything is written. */
  sweep(): Promise<void> {
    return this.#inTurn(() =>
      this.#removeAll((name) => name.endsWith(PART) || name.endsWith(ANEW)),
    );
  }

  /**
   * Seals what an older key has sealed, or none, with the one for new files. Each file is replaced once the new one is
   * whole: whenever the process ends, one of both is there.
   *
   * @param isOver asked before each file
   * @returns how many were sealed, and how many could not be
   */
  async sealAnew(isOver: () => boolean): Promise<{ sealed: number; left: number }> {
    const { folder, keys } = this.#options;
    const [key] = keys;
    const count = { sealed: 0, left: 0 };
    if (key === undefined) return count;
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names) {
      if (isOver()) break;
      if (!TRACK.test(name)) continue;
      const path = join(folder, name);
      try {
        if (await this.#inTurn(() => sealAgain(path, keys, key))) count.sealed++;
      } catch {
        count.left++;
      }
    }
    return count;
  }

  async #removeAll(isMeant: (name: string) => boolean): Promise<void> {
    const { folder } = this.#options;
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter(isMeant)) await rm(join(folder, name), { force: true });
  }

  /** What is deleted must not come back as a copy that was being made. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(task);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  #pathOf(id: string, track: number): string {
    return join(this.#options.folder, `${nameOf(id)}.${track}`);
  }
}

/** An id may come from elsewhere, so it never becomes a name. */
function nameOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 40);
}

/** @returns whether it had to be @throws SealedFileError, or an error of the system */
async function sealAgain(path: string, keys: readonly string[], key: string): Promise<boolean> {
  if (await isSealedWith(path, key)) return false;
  const file = await SealedFile.open(path, keys);
  try {
    const writer = await SealedWriter.create(path + ANEW, key);
    try {
      for (let at = 0; at < file.bytes;) {
        const part = await file.read(at, file.bytes);
        await writer.write(part);
        at += part.length;
      }
      await writer.finish();
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  } finally {
    await file.close();
  }
  await rename(path + ANEW, path);
  return true;
}
