import { app, safeStorage } from 'electron';
import type { ExportOptions } from './config.ts';
import { Cipher } from './credentials/cipher.ts';
import { knownDatabaseKeys } from './credentials/database-keys.ts';
import { Vault, vaultSchema } from './credentials/vault.ts';
import { JsonFile } from './lib/json-file.ts';
import type { Paths } from './paths.ts';
import { exportWithoutWindow } from './provisioning/headless-export.ts';

/** Exports without a window, with the keys of the key store. @returns one line that says what was written */
export async function exportHeadless(paths: Paths, options: ExportOptions): Promise<string> {
  // The key store can be asked only then.
  await app.whenReady();
  const quiet = () => undefined;
  const vault = new Vault(
    new JsonFile(paths.secretsFile, vaultSchema, { copy: true }),
    new Cipher(safeStorage, process.platform),
    { info: quiet, warn: quiet, error: quiet },
  );
  await vault.open();
  return exportWithoutWindow(paths, options, knownDatabaseKeys(vault));
}
