import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SealedFile, SealedWriter } from './sealed-file.ts';

export interface RecordingFilesOptions {
  folder: string;
  /** In hexadecimal; new files are sealed with the first. None: they are not sealed. */
  keys: readonly string[];
}

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

  constructor(options: RecordingFilesOptions) {
    this.#options = options;
  }

  /** Replaces the track only once it is whole. */
  async create(id: string, track: number): Promise<NewTrack> {
    const { folder, keys } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = this.#pathOf(id, track);
    const part = `${path}.part`;
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
  async remove(id: string): Promise<void> {
    const { folder } = this.#options;
    const begins = `${nameOf(id)}.`;
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names) {
      if (name.startsWith(begins)) await rm(join(folder, name), { force: true });
    }
  }

  #pathOf(id: string, track: number): string {
    return join(this.#options.folder, `${nameOf(id)}.${track}`);
  }
}

/** An id may come from elsewhere, so it never becomes a name. */
function nameOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 40);
}
