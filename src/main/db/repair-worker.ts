import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { openBeside, openReadOnly } from './open.ts';
import { encryptFile } from './at-rest/encrypt-file.ts';
import { indexOlderCalls } from './index-older-calls.ts';
import { packDays } from './insight/pack-days.ts';
import { purgeIndexes } from './erasing/purge-indexes.ts';
import { quickCheck } from './quick-check.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { salvage, salvageRemnants } from './salvage/salvage.ts';
import type { FromRepair } from './storage/repairs.ts';

/** The thread that does one piece of work on a whole file, then ends. */
const task = z
  .object({
    nativeBinding: z.string().optional(),
    keys: z.array(z.string()).optional(),
    job: z.discriminatedUnion('do', [
      z.object({ do: z.literal('check'), path: z.string() }),
      z.object({ do: z.literal('encrypt'), path: z.string() }),
      z.object({ do: z.literal('snapshot'), path: z.string(), to: z.string() }),
      z.object({ do: z.literal('index'), path: z.string() }),
      z.object({ do: z.literal('purge'), path: z.string() }),
      z.object({
        do: z.literal('salvage'),
        from: z.string(),
        to: z.string(),
        isNew: z.boolean().optional(),
        isRemnants: z.boolean().optional(),
      }),
    ]),
  })
  .parse(workerData);

const RESCUE_CACHE_KB = 65_536;
/** So that a checkpoint, which the console's next commit may have to make, takes no longer than some 50 ms. */
const RESCUE_LOG_PAGES = 4_000;

const stop = new AbortController();
parentPort?.once('message', () => stop.abort(new Error('stopped')));

async function run(): Promise<FromRepair> {
  const { job, ...how } = task;
  switch (job.do) {
    case 'check': {
      const db = openReadOnly({ path: job.path, ...how });
      try {
        return { kind: 'checked', problem: await quickCheck(db, stop.signal) };
      } finally {
        db.close();
      }
    }
    case 'encrypt':
      return { kind: 'encrypted', changed: encryptFile({ path: job.path, ...how }) };
    case 'snapshot':
      return {
        kind: 'snapshot-made',
        calls: await makeSnapshot({ path: job.path, ...how }, job.to, stop.signal),
      };
    case 'index': {
      const db = openBeside({ path: job.path, ...how });
      try {
        await indexOlderCalls(db, stop.signal);
        await packDays(db, stop.signal);
        return { kind: 'indexed' };
      } finally {
        db.close();
      }
    }
    case 'purge': {
      const db = openBeside({ path: job.path, ...how });
      try {
        await purgeIndexes(db, stop.signal);
        return { kind: 'purged' };
      } finally {
        db.close();
      }
    }
    case 'salvage': {
      const db = openBeside({ path: job.to, ...how });
      forManyRows(db);
      const from = { path: job.from, keys: how.keys };
      try {
        if (job.isRemnants === true) {
          return { kind: 'salvaged', calls: await salvageRemnants(from, db, stop.signal) };
        }
        const { calls, added } = await salvage(from, db, stop.signal, (share) =>
          send({ kind: 'progress', share }),
        );
        return { kind: 'salvaged', calls: job.isNew === true ? added : calls };
      } finally {
        db.close();
      }
    }
    default:
      return assertNever(job, 'job');
  }
}

/**
 * Rows of one call are in many indexes, each at another place: their pages are kept for the next rows, and written once
 * for many. What would undo a statement with triggers is kept in memory: in a file, it took a third of the time.
 */
function forManyRows(db: Db): void {
  db.pragma('temp_store = MEMORY');
  db.pragma(`cache_size = -${RESCUE_CACHE_KB}`);
  db.pragma(`wal_autocheckpoint = ${RESCUE_LOG_PAGES}`);
}

function send(message: FromRepair): void {
  // A thread's port takes no target origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

run()
  .then(send, (error: unknown) => {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  })
  // A listener keeps the thread alive.
  .finally(() => parentPort?.close());
