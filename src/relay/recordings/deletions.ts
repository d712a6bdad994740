import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** Who deleted a recording while its call went on. */
const deletion = z.object({ accountId: z.string(), by: z.string(), at: z.number() });
export type Deletion = z.infer<typeof deletion>;

const DELETED = '.deleted';

/**
 * Notes which recordings agents have deleted, in the folder where these were: a console whose agent had the call earlier
 * would wait for one of them. Nothing of the customer is in a note.
 */
export class Deletions {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async note(id: string, by: Deletion): Promise<void> {
    await writeFile(this.#pathOf(id), JSON.stringify(by), { mode: 0o600 });
  }

  /** @returns undefined if nobody deleted it, or the note was cut by a kill */
  async of(id: string): Promise<Deletion | undefined> {
    try {
      return deletion.parse(JSON.parse(await readFile(this.#pathOf(id), 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** Removes notes whose recordings would be gone by now in any case. */
  async forget(isOld: (deletion: Deletion) => boolean): Promise<void> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    for (const name of names.filter((one) => one.endsWith(DELETED))) {
      const id = name.slice(0, -DELETED.length);
      const note = await this.of(id);
      if (!note || isOld(note)) await rm(this.#pathOf(id), { force: true });
    }
  }

  #pathOf(id: string): string {
    return path.join(this.#folder, id + DELETED);
  }
}
