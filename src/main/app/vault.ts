import { safeStorage } from 'electron';
import { Cipher } from '../credentials/cipher.ts';
import { needsEncryption } from '../db/at-rest/key.ts';
import { databaseKeys, forgetKeys, knownDatabaseKeys } from '../credentials/database-keys.ts';
import { Vault, vaultSchema } from '../credentials/vault.ts';
import type { RepairThreads } from '../db/storage/repairs.ts';
import { JsonFile } from '../lib/json-file.ts';
import { describe } from '../log.ts';
import { TrialFolder } from '../updates/trial.ts';
import { keysNeeded } from '../workspace/old-keys.ts';
import type { Base } from './base.ts';

/** The tokens and keys. */
export async function openVault({ paths, log, handleFileTrouble }: Base): Promise<Vault> {
  const vault = new Vault(
    new JsonFile(paths.secretsFile, vaultSchema, {
      copy: true,
      trouble: handleFileTrouble,
    }),
    new Cipher(safeStorage, process.platform),
    log,
  );
  await vault.open();
  return vault;
}

/** The keys of the databases; none where nothing is stored. */
export async function openDatabaseKeys(
  { clock, memoryOnly, rotateKey, paths }: Base,
  vault: Vault,
): Promise<readonly string[]> {
  if (memoryOnly !== undefined) return [];
  // The version before would come back with the keys of its time.
  const mayRotate = new TrialFolder(paths.userData).read() === undefined;
  return databaseKeys(vault, { now: clock.now(), rotate: rotateKey, mayRotate });
}

/** Forgets keys that no file needs any more. */
export async function forgetOldKeys({ paths, log }: Base, vault: Vault): Promise<void> {
  const keys = knownDatabaseKeys(vault);
  if (keys.length < 2) return;
  const databases = [paths.database('profile'), paths.database('demo')];
  const gone = await forgetKeys(vault, await keysNeeded(databases, keys));
  if (gone > 0) log.info(`database: ${gone} old keys, which nothing needs any more, are forgotten`);
}

/** Encrypts the databases with the first key, before anything opens them. */
export async function encryptDatabases(
  { paths, log, memoryOnly }: Base,
  keys: readonly string[],
  repairs: Pick<RepairThreads, 'encrypt'>,
): Promise<void> {
  if (memoryOnly !== undefined) return;
  for (const kind of ['profile', 'demo'] as const) {
    const path = paths.database(kind);
    try {
      // A thread takes longer to start than most starts need it.
      if (!needsEncryption(path, keys)) continue;
      if (await repairs.encrypt(path)) log.info(`database: ${path} is encrypted with a new key`);
    } catch (error) {
      // It is opened as it is; the next start tries again.
      log.error(`database: ${path} could not be encrypted: ${describe(error)}`);
    }
  }
  log.info(`database: ${keys.length === 0 ? 'no key to encrypt it with' : 'encrypted at rest'}`);
}
