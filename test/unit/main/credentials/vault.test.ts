import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cipher, type SafeStorage } from '../../../../src/main/credentials/cipher.ts';
import { Vault, vaultSchema } from '../../../../src/main/credentials/vault.ts';
import { JsonFile } from '../../../../src/main/lib/json-file.ts';
import { memoryLog } from '../fixtures.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  path = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes the text in hexadecimal, and rejects anything else. */
function storage(backend: string, key = 'k'): SafeStorage {
  let plain = false;
  return {
    isEncryptionAvailable: () => backend !== 'basic_text' || plain,
    encryptString: (text) => Buffer.from(`${key}:${Buffer.from(text).toString('hex')}`),
    decryptString(cipher) {
      const [by, text = ''] = cipher.toString().split(':');
      if (by !== key) throw new Error('wrong key');
      return Buffer.from(text, 'hex').toString();
    },
    getSelectedStorageBackend: () => backend,
    setUsePlainTextEncryption(use) {
      plain = use;
    },
  };
}

async function open(of: SafeStorage, platform: NodeJS.Platform = 'linux') {
  const log = memoryLog();
  const vault = new Vault(new JsonFile(path, vaultSchema), new Cipher(of, platform), log);
  await vault.open();
  return { vault, log };
}

const written = () => readFileSync(path, 'utf8');

describe('the vault', () => {
  it('writes only what the system encrypted, for this user alone', async () => {
    const { vault } = await open(storage('gnome_libsecret'));
    expect(vault.state()).toEqual({ state: 'ready', backend: 'gnome_libsecret' });
    await vault.put({ token: 'topsecret' });
    expect(written()).not.toContain('topsecret');
    expect(written()).toContain('"backend": "gnome_libsecret"');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await open(storage('gnome_libsecret'))).vault.get('token')).toBe('topsecret');
  });

  it('H4 asks before it writes with a published password', async () => {
    const { vault } = await open(storage('basic_text'));
    expect(vault.state().state).toBe('needs-consent');
    await vault.put({ token: 'topsecret' });
    expect(vault.get('token')).toBe('topsecret');
    expect(written).toThrow('ENOENT');
    await vault.choose(true);
    expect(vault.state().state).toBe('weak');
    expect((await open(storage('basic_text'))).vault.get('token')).toBe('topsecret');
  });

  it('H4 keeps secrets in memory when refused, and removes stored ones', async () => {
    const { vault } = await open(storage('basic_text'));
    await vault.put({ token: 'topsecret' });
    await vault.choose(true);
    await vault.choose(false);
    expect(vault.state().state).toBe('memory-only');
    expect(vault.get('token')).toBe('topsecret');
    const again = (await open(storage('basic_text'))).vault;
    expect(again.get('token')).toBeUndefined();
    expect(again.state().state).toBe('memory-only');
  });

  it('keeps a secret that cannot be decrypted in the file', async () => {
    await (await open(storage('gnome_libsecret'))).vault.put({ token: 'topsecret' });
    const before = written();
    const { vault, log } = await open(storage('kwallet6', 'another key'));
    expect(vault.get('token')).toBeUndefined();
    expect(log.lines.join()).toContain('cannot be decrypted');
    await vault.put({ other: 'x' });
    expect(written()).toContain(JSON.parse(before).secrets.token.cipher);
  });

  it('uses the asynchronous calls of newer Electron versions', async () => {
    const old = storage('');
    const { vault } = await open(
      {
        ...old,
        isEncryptionAvailable: () => false,
        encryptString: () => {
          throw new Error('blocks');
        },
        isAsyncEncryptionAvailable: () => Promise.resolve(true),
        encryptStringAsync: (text) => Promise.resolve(old.encryptString(text)),
        decryptStringAsync: (cipher) => Promise.resolve({ result: old.decryptString(cipher) }),
      },
      'darwin',
    );
    await vault.put({ token: 'topsecret' });
    expect(vault.state()).toEqual({ state: 'ready', backend: 'keychain' });
  });
});
