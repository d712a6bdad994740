import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encryptFile } from '../../../src/main/db/at-rest/encrypt-file.ts';
import { measureExport } from './exports.ts';
import type { ExportMeasured } from './exports.ts';
import { measureQueries, type Measured } from './queries.ts';

/** The same log with a key. The command line cannot open it, so its times are the plain file's. */
export interface EncryptedMeasured {
  /** To encrypt the file in its place. */
  seconds: number;
  queries: readonly Measured[];
  csv: Pick<ExportMeasured, 'seconds' | 'peakMb'>;
}

/** Fewer than of the other log: what matters is the difference. */
const ROUNDS = 20;
const KEY = '5a'.repeat(32);

/** What the cipher adds: the same questions and exports, asked of an encrypted copy. */
export async function measureEncrypted(
  file: string,
  folder: string,
  say: (line: string) => void,
): Promise<EncryptedMeasured> {
  const path = join(folder, 'encrypted.db');
  copyFileSync(file, path);
  try {
    const begun = performance.now();
    encryptFile({ path, keys: [KEY] });
    const seconds = (performance.now() - begun) / 1000;
    say(`  encrypted in ${seconds.toFixed(1)} s`);
    const queries = await measureQueries({ path, keys: [KEY] }, () => undefined, ROUNDS);
    const to = join(folder, 'calls.encrypted');
    const csv = await measureExport({ path, keys: [KEY] }, 'csv', to);
    say(`  csv in ${csv.seconds.toFixed(1)} s`);
    return { seconds, queries, csv };
  } finally {
    rmSync(path, { force: true });
  }
}
