import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCallLog } from '../../../src/main/db/call-log.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { RepairThreads } from '../../../src/main/db/storage/repairs.ts';
import { exportCalls } from '../../../src/main/history/export/export-calls.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { endedCall } from '../../helpers/calls.ts';
import { percentiles } from '../percentiles.ts';

export interface MaintenanceMeasured {
  inserts: { idle: { p50: number; p99: number }; busy: { p50: number; p99: number } };
  snapshot: { seconds: number };
  salvage: { seconds: number; calls: number };
}

const COMMITS = 500;
const repairScript = new URL('../../../src/main/db/repair-worker.ts', import.meta.url);
const readerScript = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);

/** What happens beside the reading: calls that are stored meanwhile, a snapshot, and a rescue. */
export async function measureMaintenance(
  file: string,
  folder: string,
  say: (line: string) => void,
): Promise<MaintenanceMeasured> {
  const path = join(folder, 'maintained.db');
  copyFileSync(file, path);
  const inserts = await measureInserts(path, folder);
  say('  calls are stored');
  const repairs = new RepairThreads(repairScript, undefined);
  const fresh = join(folder, 'fresh.db');
  openDatabase({ path: fresh }).db.close();
  let begun = performance.now();
  const told = new Set<number>();
  const calls = await repairs.salvage({ from: path, to: fresh }, (share) => {
    const tenth = Math.floor(share * 10);
    if (!told.has(tenth)) say(`  rescue: ${tenth * 10} %`);
    told.add(tenth);
  });
  const salvage = { seconds: (performance.now() - begun) / 1000, calls };
  rmSync(fresh);
  begun = performance.now();
  await repairs.snapshot(path, join(folder, 'snapshot.db'));
  const snapshot = { seconds: (performance.now() - begun) / 1000 };
  return { inserts, snapshot, salvage };
}

async function measureInserts(
  path: string,
  folder: string,
): Promise<MaintenanceMeasured['inserts']> {
  const { db } = openDatabase({ path });
  const log = createCallLog(db);
  const reader = new HistoryReader({ path, script: readerScript });
  let n = 0;
  const commits = async (until: () => boolean) => {
    const took: number[] = [];
    while (!until()) {
      const call = endedCall((n += 1), { id: `new ${n}`, createdAt: Date.UTC(2026, 5) + n });
      const begun = performance.now();
      log.commit({
        call,
        callId: call.id,
        event: { from: 'app', kind: 'restarted' },
        at: call.createdAt,
      });
      took.push(performance.now() - begun);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { p50Ms, p99Ms } = percentiles(took);
    return { p50: p50Ms, p99: p99Ms };
  };
  const idle = await commits(() => n === COMMITS);
  let isDone = false;
  const exporting = exportCalls({
    reader,
    path: join(folder, 'busy.xlsx'),
    format: 'xlsx',
    filter: {},
  }).finally(() => {
    isDone = true;
  });
  const busy = await commits(() => isDone);
  await exporting;
  await reader.close();
  db.close();
  return { idle, busy };
}
