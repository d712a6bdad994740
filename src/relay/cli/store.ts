import type { RelayConfig } from '../config/schema.ts';
import { sqliteBinding } from '../store/binding.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';

/** Opens the store beside a relay that may be running, and always closes it. */
export async function withStore<T>(
  config: RelayConfig,
  task: (store: Store) => Promise<T>,
): Promise<T> {
  const store = openSqliteStore(config.dataDir, sqliteBinding());
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}
