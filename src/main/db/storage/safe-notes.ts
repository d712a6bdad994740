import type { CallNotes } from '../../../shared/ipc/notes.ts';
import type { Callback, UnsentNote } from '../call-notes.ts';
import type { Storage } from './storage.ts';

/** The notes of calls. While the file cannot be written, those of this run are in memory. */
export class SafeNotes {
  readonly #storage: Storage;
  /** Written in this run and not shared yet. */
  readonly #unsent = new Map<string, UnsentNote>();

  constructor(storage: Storage) {
    this.#storage = storage;
    storage.register({
      handleNewFile: ({ notes }) => {
        for (const note of this.#unsent.values()) notes.set(note);
      },
    });
  }

  set(note: UnsentNote): void {
    this.#unsent.set(note.callId, note);
    this.#storage.write(({ notes }) => notes.set(note), true);
  }

  unsent(): readonly UnsentNote[] {
    const stored = this.#storage.read(({ notes }) => notes.unsent(), []);
    const all = new Map(stored.map((note) => [note.callId, note]));
    for (const [callId, note] of this.#unsent) all.set(callId, note);
    return [...all.values()];
  }

  sent({ callId, at }: UnsentNote): void {
    if (this.#unsent.get(callId)?.at === at) this.#unsent.delete(callId);
    this.#storage.write(({ notes }) => notes.sent(callId, at), undefined);
  }

  callbacks(): readonly Callback[] {
    return this.#storage.read(({ notes }) => notes.callbacks(), []);
  }

  of(callId: string): CallNotes {
    const nothing: CallNotes = { text: '', tags: [], others: [] };
    const { others, ...stored } = this.#storage.read(({ notes }) => notes.of(callId), nothing);
    const { text, disposition, tags, callbackAt } = this.#unsent.get(callId) ?? stored;
    return { text, disposition, tags, callbackAt, others };
  }
}
