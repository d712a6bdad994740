/**
 * What the vault needs from Electron's `safeStorage`. Only newer Electron versions have the
 * asynchronous calls; the others may block while the system asks for the keyring's password.
 */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(cipher: Buffer): string;
  isAsyncEncryptionAvailable?: () => Promise<boolean>;
  encryptStringAsync?: (text: string) => Promise<Buffer>;
  decryptStringAsync?: (cipher: Buffer) => Promise<{ result: string }>;
  /** Linux only. */
  getSelectedStorageBackend?: () => string;
  setUsePlainTextEncryption?: (use: boolean) => void;
}

/** Names `backend` on systems where Electron does not. */
const BACKENDS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'keychain', win32: 'dpapi' };

/** The system's encryption, through the calls that this Electron version offers. */
export class Cipher {
  /** What holds the key, e.g. `gnome_libsecret` or `keychain`; with `basic_text`, nothing does. */
  readonly backend: string;
  readonly #storage: SafeStorage;

  /** Call it only once the app is ready, because Chromium chooses the backend then. */
  constructor(storage: SafeStorage, platform: NodeJS.Platform) {
    this.#storage = storage;
    this.backend = BACKENDS[platform] ?? storage.getSelectedStorageBackend?.() ?? 'unknown';
  }

  /** Whether the system keeps the key. With `basic_text` it is a published constant. */
  async isStrong(): Promise<boolean> {
    if (this.backend === 'basic_text' || this.backend === 'unknown') return false;
    const storage = this.#storage;
    return storage.isAsyncEncryptionAvailable
      ? storage.isAsyncEncryptionAvailable()
      : storage.isEncryptionAvailable();
  }

  /** Allows Electron's constant key; only after the agent agreed. */
  allowWeak(): void {
    this.#storage.setUsePlainTextEncryption?.(true);
  }

  async encrypt(text: string): Promise<Buffer> {
    return this.#storage.encryptStringAsync
      ? this.#storage.encryptStringAsync(text)
      : this.#storage.encryptString(text);
  }

  async decrypt(cipher: Buffer): Promise<string> {
    return this.#storage.decryptStringAsync
      ? (await this.#storage.decryptStringAsync(cipher)).result
      : this.#storage.decryptString(cipher);
  }
}
