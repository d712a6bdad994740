import type { RelayConfig } from '../config/schema.ts';
import { backUpStore, restoreStore } from '../store/backup.ts';
import { sqliteBinding } from '../store/binding.ts';

/** Copies the store to a file while the relay keeps running. */
export async function backUp(config: RelayConfig, file: string): Promise<void> {
  await backUpStore(fileStoreOf(config), file, sqliteBinding());
  console.error(`Everything is in ${file} now. It holds customers' numbers.`);
}

/** Replaces the store of a stopped relay with a backup. */
export function restore(config: RelayConfig, file: string): void {
  const kept = restoreStore(fileStoreOf(config), file, Date.now(), sqliteBinding());
  if (kept !== undefined) console.error(`What was there is in ${kept}.`);
  console.error('Done. Start the relay; consoles will start afresh.');
}

/** @throws Error if the store is not a file */
function fileStoreOf({ dataDir, store }: RelayConfig): string {
  if (store.kind === 'sqlite') return dataDir;
  throw new Error(
    'The store is in NATS. Back up and restore its streams with "nats stream", or copy them with "store copy".',
  );
}
