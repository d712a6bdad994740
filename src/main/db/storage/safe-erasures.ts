import { nothingErased, type ErasedStep, type Subject } from '../erasing/person-erasure.ts';
import type { Erased } from '../../../shared/ipc/erasing.ts';
import type { KeptErasure } from '../erasing/erasures.ts';
import type { ExportedFile } from '../erasing/exported-files.ts';
import type { Storage } from './storage.ts';

/** Erasures of people. While the file cannot be written, none is carried out; they are tried again. */
export class SafeErasures {
  readonly #storage: Storage;
  #kept: readonly KeptErasure[] | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
    storage.register({
      handleNewFile: ({ erasures }) => {
        if (this.#kept) erasures.set(this.#kept);
      },
    });
  }

  all(): readonly KeptErasure[] {
    this.#kept ??= this.#storage.read(({ erasures }) => erasures.get(), []);
    return this.#kept;
  }

  /** Adds one, or replaces the one with its id. */
  put(one: KeptErasure): void {
    const kept = [...this.all().filter(({ id }) => id !== one.id), one];
    this.#kept = kept;
    this.#storage.write(({ erasures }) => erasures.set(kept), undefined);
  }

  /** Whether the file can be written now. */
  isWritable(): boolean {
    return !this.#storage.isBehind();
  }

  step(subject: Subject, most: number): ErasedStep {
    const nothing = { erased: nothingErased, callIds: [], messages: 0, files: [], left: 0 };
    return this.#storage.write(({ erasure }) => erasure.step(subject, most), nothing);
  }

  held(subject: Subject): number {
    return this.#storage.read(({ erasure }) => erasure.held(subject), 0);
  }

  finish(subject: Subject): Erased {
    return this.#storage.write(({ erasure }) => erasure.finish(subject), nothingErased);
  }

  /** A file was exported. */
  noteExport(file: ExportedFile): void {
    this.#storage.write(({ exported }) => exported.note(file), undefined);
  }

  exported(): readonly ExportedFile[] {
    return this.#storage.read(({ exported }) => exported.all(), []);
  }
}
