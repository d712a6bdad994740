import { z } from 'zod';
import type { VaultState } from '../../shared/ipc/snapshot.ts';
import { describe, type Log } from '../log.ts';
import type { JsonFile } from '../lib/json-file.ts';
import type { Cipher } from './cipher.ts';

const kept = z.object({ backend: z.string(), cipher: z.base64() });

/** The secrets file: encrypted values, the backend that encrypted each, and the agent's choice. */
export const vaultSchema = z.object({
  version: z.literal(1),
  choice: z.enum(['weak', 'memory-only']).optional(),
  // A damaged secret does not affect the others.
  secrets: z
    .record(z.string(), kept.nullable().catch(null))
    .transform((all) =>
      Object.fromEntries(Object.entries(all).flatMap(([name, one]) => (one ? [[name, one]] : []))),
    ),
});
export type VaultFile = z.infer<typeof vaultSchema>;

const EMPTY: VaultFile = { version: 1, secrets: {} };

/**
 * Tokens, encrypted by the system and kept in a file of this user. If the system has no place for
 * the key, the agent is asked; until then, or if they refuse, secrets stay in memory. A secret that
 * cannot be decrypted stays in the file: the keyring may be back tomorrow.
 */
export class Vault {
  #content: VaultFile;
  readonly #memory = new Map<string, string>();
  #strong = false;
  readonly #file: JsonFile<VaultFile>;
  readonly #cipher: Cipher;
  readonly #log: Log;

  constructor(file: JsonFile<VaultFile>, cipher: Cipher, log: Log) {
    this.#file = file;
    this.#cipher = cipher;
    this.#log = log;
    this.#content = file.read() ?? EMPTY;
  }

  /** Determines the protection and decrypts what is stored. Call it once, before anything else. */
  async open(): Promise<void> {
    this.#strong = await this.#cipher.isStrong().catch(() => false);
    if (this.#content.choice === 'weak' && !this.#strong) this.#cipher.allowWeak();
    for (const [name, { backend, cipher }] of Object.entries(this.#content.secrets)) {
      try {
        this.#memory.set(name, await this.#cipher.decrypt(Buffer.from(cipher, 'base64')));
      } catch (error) {
        this.#log.warn(`vault: ${name} (by ${backend}) cannot be decrypted: ${describe(error)}`);
      }
    }
    this.#log.info(`vault: ${this.state().state}, by ${this.#cipher.backend}`);
  }

  state(): VaultState {
    const { backend } = this.#cipher;
    if (this.#strong) return { state: 'ready', backend };
    return { state: this.#content.choice ?? 'needs-consent', backend };
  }

  /** A secret; undefined if there is none or it could not be decrypted. */
  get(name: string): string | undefined {
    return this.#memory.get(name);
  }

  /** Every secret there is, to find them in what must not have any. */
  all(): readonly string[] {
    return [...this.#memory.values()];
  }

  /** Whether a secret is stored, even one that could not be decrypted. */
  has(name: string): boolean {
    return this.#memory.has(name) || name in this.#content.secrets;
  }

  /** Whether a secret can be read back from the file, so that it will be there at the next start. */
  async keeps(name: string): Promise<boolean> {
    const entry = this.#file.peek()?.secrets[name];
    if (!entry) return false;
    try {
      const back = await this.#cipher.decrypt(Buffer.from(entry.cipher, 'base64'));
      return back === this.#memory.get(name);
    } catch {
      return false;
    }
  }

  /** Keeps secrets, and stores them if that is allowed. */
  async put(secrets: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, secret] of Object.entries(secrets)) this.#memory.set(name, secret);
    if (this.#mayWrite()) await this.#writeAll(Object.keys(secrets));
  }

  /**
   * The agent's choice where protection is weak: store with it, or keep secrets in memory until the
   * app quits.
   */
  async choose(storeWeakly: boolean): Promise<void> {
    if (this.#strong) return;
    if (storeWeakly) {
      this.#cipher.allowWeak();
      this.#content = { ...this.#content, choice: 'weak' };
      await this.#writeAll([...this.#memory.keys()]);
    } else {
      // Refusing also removes what was stored weakly before.
      const secrets = Object.fromEntries(
        Object.entries(this.#content.secrets).filter(([, one]) => one.backend !== 'basic_text'),
      );
      this.#content = { ...this.#content, choice: 'memory-only', secrets };
      this.#file.write(this.#content);
    }
    this.#log.info(`vault: the agent chose ${this.state().state}`);
  }

  #mayWrite(): boolean {
    return this.#strong || this.#content.choice === 'weak';
  }

  async #writeAll(names: readonly string[]): Promise<void> {
    const secrets = { ...this.#content.secrets };
    for (const name of names) {
      const cipher = await this.#cipher.encrypt(this.#memory.get(name) ?? '');
      secrets[name] = { backend: this.#cipher.backend, cipher: cipher.toString('base64') };
    }
    this.#content = { ...this.#content, secrets };
    this.#file.write(this.#content);
  }
}
