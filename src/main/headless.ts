import { app, safeStorage } from 'electron';
import type { ExportOptions } from './config.ts';
import { Cipher } from './credentials/cipher.ts';
import { knownDatabaseKeys } from './credentials/database-keys.ts';
import { Vault, vaultSchema } from './credentials/vault.ts';
import { JsonFile } from './lib/json-file.ts';
import type { Paths } from './paths.ts';
import { exportWithoutWindow, importWithoutWindow } from './provisioning/headless-export.ts';

/** Exports without a window, with the keys of the key store. @returns one line that says what was written */
export async function exportHeadless(paths: Paths, options: ExportOptions): Promise<string> {
  return exportWithoutWindow(paths, options, await knownKeys(paths));
}

/** Imports calls without a window. @returns one line that says what was read */
export async function importHeadless(paths: Paths, file: string): Promise<string> {
  return importWithoutWindow(paths, file, await knownKeys(paths));
}

async function knownKeys(paths: Paths): Promise<readonly string[]> {
  // The key store can be asked only then.
  await app.whenReady();
  const quiet = () => undefined;
  const vault = new Vault(
    new JsonFile(paths.secretsFile, vaultSchema, { copy: true }),
    new Cipher(safeStorage, process.platform),
    { info: quiet, warn: quiet, error: quiet },
  );
  await vault.open();
  return knownDatabaseKeys(vault);
}
