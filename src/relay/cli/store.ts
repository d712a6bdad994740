import type { RelayConfig } from '../config/schema.ts';
import { createLog } from '../log.ts';
import { openStoreBeside } from '../store/open.ts';
import type { Store } from '../store/store.ts';

/** Opens the store beside a relay that may be running, and always closes it. */
export async function withStore<T>(
  config: RelayConfig,
  task: (store: Store) => Promise<T>,
): Promise<T> {
  // Standard output is for the command's own answer.
  const log = createLog((line) => process.stderr.write(line));
  const store = await openStoreBeside(config, log);
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}
