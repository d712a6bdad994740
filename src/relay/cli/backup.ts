import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RelayConfig } from '../config/schema.ts';
import { backUpStore, restoreStore } from '../store/backup.ts';
import { sqliteBinding } from '../store/binding.ts';
import { copyStores, whileUnserved } from './store.ts';

/** Copies the store into a file while the relay goes on; one in NATS as one file, too. */
export async function backUp(config: RelayConfig, file: string): Promise<void> {
  if (config.store.kind === 'sqlite') await backUpStore(config.dataDir, file, sqliteBinding());
  else {
    await inPassing(config, async (passing) => {
      await copyStores(config, passing);
      await backUpStore(passing.dataDir, file, sqliteBinding());
    });
  }
  console.error(`Everything is in ${file} now. It holds customers' numbers.`);
}

/** Puts a backup in the place of the store of a relay that does not run; in NATS where nothing is yet. */
export async function restore(config: RelayConfig, file: string): Promise<void> {
  await whileUnserved([config], () => putBack(config, file));
  console.error('Done. Start the relay; consoles will start afresh.');
}

async function putBack(config: RelayConfig, file: string): Promise<void> {
  const put = ({ dataDir }: RelayConfig) =>
    restoreStore(dataDir, file, Date.now(), sqliteBinding());
  if (config.store.kind === 'sqlite') {
    const kept = put(config);
    if (kept !== undefined) console.error(`What was there is in ${kept}.`);
  } else {
    await inPassing(config, async (passing) => {
      put(passing);
      await copyStores(passing, config);
    });
  }
}

/** A store in a file that is gone afterwards. */
async function inPassing(
  config: RelayConfig,
  task: (passing: RelayConfig) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ringdesk-store-'));
  try {
    await task({ ...config, dataDir, store: { kind: 'sqlite' } });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
