import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import type { LogEntry, Store, Verdict } from '../../../../src/relay/store/store.ts';
import { AT, callIdOf, delivery, offer } from './bodies.ts';
import { STORES, type StorePlace } from './stores.ts';

/** A new store for each test, and as many more of the same place as it opens. */
interface StoreUnderTest {
  readonly store: Store;
  /** Opens another one, as in another process. */
  open: () => Promise<Store>;
  /** Closes all of them, and opens one again. */
  restart: () => Promise<void>;
  /** Every entry of its log. */
  all: (from?: Store) => Promise<readonly LogEntry[]>;
  cursorsOf: (entries: readonly LogEntry[]) => number[];
  bodiesOf: (entries: readonly LogEntry[]) => LogEntry['body'][];
  /** A customer calls. @returns the call's id */
  ring: (id: string, at?: number) => Promise<string>;
  granted: (verdicts: readonly Verdict[]) => Verdict[];
  /** Resolves when a store, perhaps of another node, knows what `store` knows. */
  reached: (other: Store) => Promise<void>;
}

/** Defines what every store must do, whatever it is built on. */
export function everyStore(define: (on: StoreUnderTest) => void): void {
  describe.each(STORES)('a store in $name', ({ start }) => {
    let kind: Awaited<ReturnType<typeof start>>;
    let place: StorePlace;
    let opened: Store[] = [];
    let store: Store;

    const open = async (): Promise<Store> => {
      const another = await place.open();
      opened.push(another);
      return another;
    };
    const closeAll = async (): Promise<void> => {
      await Promise.all(opened.map((one) => one.close()));
      opened = [];
    };

    beforeAll(async () => {
      kind = await start();
    });
    afterAll(() => kind.stop());
    beforeEach(async () => {
      place = kind.place();
      store = await open();
    });
    afterEach(async () => {
      await closeAll();
      await place.close();
    });

    define({
      get store() {
        return store;
      },
      open,
      async restart() {
        await closeAll();
        store = await open();
      },
      all: (from = store) => from.entriesAfter(0, 1_000),
      cursorsOf: (entries) => entries.map(({ cursor }) => cursor),
      bodiesOf: (entries) => entries.map(({ body }) => body),
      async ring(id, at = AT) {
        await store.append(delivery(at), [offer(id, at)]);
        return callIdOf(id);
      },
      granted: (verdicts) => verdicts.filter(({ kind: verdict }) => verdict === 'granted'),
      async reached(other) {
        const { head } = await store.extent();
        await new Promise<void>((resolve, reject) => {
          const look = async () => {
            if ((await other.extent()).head < head) return;
            stop();
            resolve();
          };
          const stop = other.watch(() => void look().catch(reject));
          look().catch(reject);
        });
      },
    });
  });
}
