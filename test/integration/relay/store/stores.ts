import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createLog } from '../../../../src/relay/log.ts';
import { openNatsStore } from '../../../../src/relay/store/nats/nats-store.ts';
import { openSqliteStore } from '../../../../src/relay/store/sqlite.ts';
import type { Store } from '../../../../src/relay/store/store.ts';
import { openNats } from '../../../helpers/nats.ts';
import { FakeClock } from '../fake-clock.ts';
import { temporaryFolder } from '../harness.ts';

/**
 * The place of a store's data. Several stores may be open on it at once, as in several processes.
 */
export interface StorePlace {
  /** Opens another store as a relay does, or as the command line if only one relay may serve it. */
  open(): Promise<Store>;
  /** Where its bytes are. */
  folders(): readonly string[];
  /** Has the next store read everything again from where others keep it. */
  forget?(): void;
  close(): Promise<void>;
}

/** The kinds of store. `start` brings up what the places of a kind share. */
export const STORES: readonly {
  name: string;
  start: () => Promise<{ place: () => StorePlace; stop: () => Promise<void> }>;
}[] = [
  { name: 'SQLite', start: async () => ({ place: sqlitePlace, stop: async () => undefined }) },
  { name: 'NATS JetStream', start: startNats },
];

const log = createLog(() => undefined);

function sqlitePlace(): StorePlace {
  const folder = temporaryFolder();
  const running = { clock: new FakeClock(), log };
  let isServed = false;
  return {
    async open() {
      if (isServed) return openSqliteStore(folder.dir);
      const store = openSqliteStore(folder.dir, undefined, running);
      isServed = true;
      const close = store.close.bind(store);
      store.close = async () => {
        await close();
        isServed = false;
      };
      return store;
    },
    folders: () => [folder.dir],
    close: async () => folder.remove(),
  };
}

async function startNats() {
  const nats = await openNats();
  let places = 0;
  const place = (): StorePlace => {
    const folder = temporaryFolder();
    places += 1;
    const prefix = `test${places}`;
    const nodes = new Set<string>();
    return {
      // Each node has its own folder, and finds it again after a restart.
      async open() {
        const name = ['a', 'b', 'c'].find((one) => !nodes.has(one)) ?? 'd';
        nodes.add(name);
        const store = await openNatsStore({
          servers: nats.urls,
          replicas: 1,
          prefix,
          retentionDays: 14,
          dataDir: path.join(folder.dir, name),
          log,
        });
        const close = store.close.bind(store);
        store.close = async () => {
          await close();
          nodes.delete(name);
        };
        return store;
      },
      folders: () => [folder.dir, nats.folder],
      forget() {
        for (const name of readdirSync(folder.dir)) {
          rmSync(path.join(folder.dir, name), { recursive: true });
        }
      },
      close: async () => folder.remove(),
    };
  };
  return { place, stop: () => nats.close() };
}
