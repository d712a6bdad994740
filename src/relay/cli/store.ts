import type { RelayConfig } from '../config/schema.ts';
import { createLog } from '../log.ts';
import { copyStore, openStoreBeside } from '../store/open.ts';
import type { Store } from '../store/store.ts';

/** Opens the store beside a relay that may be running, and always closes it. */
export async function withStore<T>(
  config: RelayConfig,
  task: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStoreBeside(config, errorLog());
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

/** Copies one store into another, empty one. */
export async function copyStores(from: RelayConfig, to: RelayConfig): Promise<void> {
  const rows = await copyStore(from, to, errorLog());
  console.error(
    `Copied ${rows} rows. Start the relay with the new config; consoles go on as before.`,
  );
}

/** Standard output is reserved for a command's own output. */
const errorLog = () => createLog((line) => process.stderr.write(line));
