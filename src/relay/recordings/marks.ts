import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from './replace-file.ts';
import { type RelayKeys, sealText, unsealText } from './sealing.ts';

/** What is known of a recording without hearing it. */
export interface KnownFacts {
  accountId: string;
  startedAt: number;
  /** The hash of the call's id, in which there may be a number. */
  call: string;
  /** Keys of the customer. */
  customer: readonly string[];
}

/** As it is stored: nothing about the customer that is not sealed. */
interface Mark extends Omit<KnownFacts, 'customer'> {
  /** Which key has sealed the recording, and `sealed`. */
  keyId?: string;
  /** The customer. */
  sealed?: string;
}

/** The name of a mark ends so. */
export const MARK = '.moved';

/** What stays in the relay's folder of recordings that were moved to the bucket, so that they are found. */
export class Marks {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Rejects if there is none. @returns what it says, and which key has sealed the recording */
  async read(id: string, keys: RelayKeys): Promise<KnownFacts & { keyId: string | undefined }> {
    // Only this class writes them.
    const mark: Mark = JSON.parse(await readFile(this.#pathOf(id), 'utf8'));
    const { keyId, sealed = '', accountId, startedAt, call } = mark;
    const customer = unsealText(sealed, id, keys)?.split('\n') ?? [];
    return { accountId, startedAt, call, customer, keyId };
  }

  /** The recording is sealed with the key for new ones. */
  async write(id: string, facts: KnownFacts, keys: RelayKeys): Promise<void> {
    const { accountId, startedAt, call, customer } = facts;
    const sealed = sealText(customer.join('\n'), id, keys);
    const mark: Mark = { accountId, startedAt, call, keyId: keys.key.id, sealed };
    await replaceFile(this.#pathOf(id), (file) => file.writeFile(JSON.stringify(mark)));
  }

  async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  #pathOf(id: string): string {
    return path.join(this.#folder, id + MARK);
  }
}
