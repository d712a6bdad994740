import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import { sqliteBinding } from './binding.ts';
import { openNatsRows, openNatsStore } from './nats/nats-store.ts';
import type { NatsSettings } from './nats/jetstream.ts';
import { openSqliteRows, openSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';
import { deliveryRow, type RowStore } from './table-rows.ts';

/** Where a store is, as the relay's config names it. */
interface Place {
  dataDir: string;
  store: { kind: 'sqlite' } | ({ kind: 'nats' } & NatsSettings);
  retentionDays: number;
}

/**
 * Opens the store that the config names, for a relay that runs.
 *
 * @param nativeBinding path of better-sqlite3's compiled part, where its own does not fit the runtime
 * @throws Error that tells a person what to do
 */
export async function openStore(
  { dataDir, store, retentionDays }: Place,
  running: {
    clock: Clock;
    log: Log;
    /** The relay that serves it, and whether other relays may serve it too. */
    shared: { node: string | undefined; mayHaveOthers: () => boolean };
  },
  nativeBinding?: string,
): Promise<Store> {
  const binding = sqliteBinding(nativeBinding);
  if (store.kind === 'sqlite') return openSqliteStore(dataDir, binding, running);
  const { log, shared } = running;
  return openNatsStore({
    ...store,
    dataDir,
    retentionDays,
    nativeBinding: binding,
    log,
    shared,
  });
}

/** Opens it for a command, beside a relay that may be running. */
export async function openStoreBeside(
  { dataDir, store, retentionDays }: Place,
  log: Log,
): Promise<Store> {
  const binding = sqliteBinding();
  if (store.kind === 'sqlite') return openSqliteStore(dataDir, binding);
  return openNatsStore({ ...store, retentionDays, nativeBinding: binding, log });
}

/**
 * Copies everything from one store into another one that is empty. No relay may serve either meanwhile.
 *
 * @returns how many rows that were
 * @throws Error that tells a person what to do
 */
export async function copyStore(from: Place, to: Place, log: Log): Promise<number> {
  const source = await openRows(from, log);
  try {
    const target = await openRows(to, log);
    try {
      if (!(await target.isEmpty())) {
        throw new Error('There is something in the store to copy to; it must be empty.');
      }
      let count = 0;
      const counted = async function* () {
        for await (const row of source.rows()) {
          count += 1;
          yield row;
        }
      };
      await target.load(counted());
      return count;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/**
 * The webhooks that are in a store now, oldest first, while relays may serve it.
 *
 * @throws Error that tells a person what to do
 */
export async function* storedWebhooks(
  place: Place,
  log: Log,
): AsyncGenerator<{ accountId: string; receivedAt: number; body: Uint8Array }> {
  const source = await openRows(place, log);
  try {
    for await (const { table, row } of source.rows()) {
      if (table === 'meta') continue;
      if (table !== 'deliveries') return;
      const { account_id: accountId, received_at: receivedAt, body } = deliveryRow.parse(row);
      yield { accountId, receivedAt, body };
    }
  } finally {
    await source.close();
  }
}

async function openRows({ dataDir, store, retentionDays }: Place, log: Log): Promise<RowStore> {
  const nativeBinding = sqliteBinding();
  if (store.kind === 'sqlite') return openSqliteRows(dataDir, nativeBinding);
  return openNatsRows({ ...store, retentionDays, nativeBinding, log });
}
