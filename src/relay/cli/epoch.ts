import type { RelayConfig } from '../config/schema.ts';
import { withStore } from './store.ts';

/**
 * Gives the log a new epoch after it was restored from an older copy. Cursors are then used a
 * second time, and a console that remembers the first use would miss entries without noticing.
 */
export async function renewEpoch(config: RelayConfig): Promise<void> {
  await withStore(config, (store) => store.renewEpoch());
  console.error('Done. Start the relay; consoles will start afresh.');
}
