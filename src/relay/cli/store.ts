import { listenUnserved, type Unserved } from '../cluster/unserved.ts';
import type { RelayConfig } from '../config/schema.ts';
import { createLog } from '../log.ts';
import { sqliteBinding } from '../store/binding.ts';
import { copyStore, openStoreBeside } from '../store/open.ts';
import { holdFolder } from '../store/served-folder.ts';
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

/**
 * Carries out what no relay may serve these stores for.
 *
 * @throws Error that tells a person what to do if one does, or begins to meanwhile
 */
export async function whileUnserved(
  configs: readonly RelayConfig[],
  task: () => Promise<void>,
): Promise<void> {
  const held = await Promise.allSettled(configs.map(hold));
  const guards = held.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  try {
    for (const one of held) if (one.status === 'rejected') throw one.reason;
    await task();
    for (const guard of guards) guard.check();
  } finally {
    await Promise.all(guards.map((guard) => guard.close()));
  }
}

async function hold({ dataDir, store }: RelayConfig): Promise<Unserved> {
  if (store.kind === 'nats') return listenUnserved(store);
  const giveBack = holdFolder(dataDir, sqliteBinding());
  return { check: () => undefined, close: async () => giveBack() };
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
