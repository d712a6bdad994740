import { createLog } from '../../../../src/relay/log.ts';
import { openSqliteStore } from '../../../../src/relay/store/sqlite.ts';
import type { Store } from '../../../../src/relay/store/store.ts';
import { FakeClock } from '../fake-clock.ts';
import { temporaryFolder } from '../harness.ts';

/** Where a store keeps what it is given. Several may be open on it at once, as in several processes. */
export interface StorePlace {
  /** Opens one more store as a relay does. */
  open(): Promise<Store>;
  close(): Promise<void>;
}

/** The kinds of store that there are, each in a place of its own. */
export const STORES: readonly { name: string; place: () => Promise<StorePlace> }[] = [
  { name: 'SQLite', place: sqlitePlace },
];

async function sqlitePlace(): Promise<StorePlace> {
  const folder = temporaryFolder();
  const running = { clock: new FakeClock(), log: createLog(() => undefined) };
  return {
    open: async () => openSqliteStore(folder.dir, undefined, running),
    close: async () => folder.remove(),
  };
}
