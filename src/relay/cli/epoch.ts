import type { RelayConfig } from '../config/schema.ts';
import { withStore } from './store.ts';

/**
 * Gives the log a new name after it was restored from an older copy. Cursors are then given a second time, and a
 * console that remembers the first meaning would miss entries without noticing.
 */
export async function renewEpoch(config: RelayConfig): Promise<void> {
  await withStore(config, (store) => store.renewEpoch());
  console.error('Done. Start the relay; consoles will start afresh.');
}
