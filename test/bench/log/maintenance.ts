import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { RepairThreads } from '../../../src/main/db/storage/repairs.ts';
import { exportCalls } from '../../../src/main/history/export/export-calls.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { endedCall } from '../../helpers/calls.ts';
import { percentiles } from '../percentiles.ts';

/** In ms. */
interface Commits {
  p50: number;
  p99: number;
}

export interface MaintenanceMeasured {
  inserts: { idle: Commits; busy: Commits };
  snapshot: { seconds: number };
  /** `cpuSeconds`: what a busy machine does not change. */
  salvage: { seconds: number; cpuSeconds: number; calls: number };
}

const COMMITS = 500;
/** Between two calls: far more than any desk has. */
const PAUSE_MS = 20;
/** An export of a small log ends sooner. */
const LONGEST_MS = 20_000;
const repairScript = new URL('../../../src/main/db/repair-worker.ts', import.meta.url);
const readerScript = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);

/** How long it takes to copy the log while it is in use, and to check the copy. */
export async function measureSnapshot(
  path: string,
  folder: string,
): Promise<MaintenanceMeasured['snapshot']> {
  const to = join(folder, 'snapshot.db');
  const begun = performance.now();
  await new RepairThreads(repairScript, undefined).snapshot(path, to);
  const seconds = (performance.now() - begun) / 1000;
  rmSync(to);
  return { seconds };
}

/** How long it takes to bring everything back that can be read of a log that was set aside. */
export async function measureSalvage(
  from: string,
  folder: string,
  say: (line: string) => void,
): Promise<MaintenanceMeasured['salvage']> {
  const to = join(folder, 'fresh.db');
  openDatabase({ path: to }).db.close();
  const begun = performance.now();
  const cpu = process.cpuUsage();
  let told = 0;
  const repairs = new RepairThreads(repairScript, undefined);
  const calls = await repairs.salvage({ from, to }, (share) => {
    const tenth = Math.floor(share * 10);
    if (tenth > told) say(`  ${tenth * 10} %`);
    told = tenth;
  });
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  for (const suffix of ['', '-wal', '-shm']) rmSync(to + suffix, { force: true });
  return { seconds, cpuSeconds: (user + system) / 1e6, calls };
}

/** How long it takes to store a call, alone and while the heaviest export reads the same log. */
export async function measureInserts(
  file: string,
  folder: string,
  say: (line: string) => void,
): Promise<MaintenanceMeasured['inserts']> {
  const path = join(folder, 'written.db');
  copyFileSync(file, path);
  const { db } = openDatabase({ path });
  const log = new SqliteCallLog(db);
  const reader = new HistoryReader({ path, script: readerScript });
  let n = 0;
  const commits = async (until: (count: number) => boolean): Promise<Commits> => {
    const took: number[] = [];
    while (!until(took.length)) {
      const call = endedCall((n += 1), { id: `new ${n}`, createdAt: Date.UTC(2026, 5) + n });
      const begun = performance.now();
      log.commit({
        call,
        callId: call.id,
        event: { from: 'app', kind: 'restarted' },
        at: call.createdAt,
      });
      took.push(performance.now() - begun);
      await setTimeout(PAUSE_MS);
    }
    const { p50Ms, p99Ms } = percentiles(took);
    return { p50: p50Ms, p99: p99Ms };
  };
  try {
    const idle = await commits((count) => count === COMMITS);
    say(`  alone: ${idle.p50.toFixed(2)} ms`);
    const stop = AbortSignal.timeout(LONGEST_MS);
    const to = join(folder, 'busy.xlsx');
    let isDone = false;
    const exporting = exportCalls({ reader, path: to, format: 'xlsx', filter: {}, signal: stop })
      .catch((error: unknown) => {
        if (!stop.aborted) throw error;
      })
      .finally(() => {
        isDone = true;
      });
    const busy = await commits(() => isDone);
    await exporting;
    rmSync(to, { force: true });
    say(`  while a workbook is written: ${busy.p50.toFixed(2)} ms`);
    return { idle, busy };
  } finally {
    await reader.close();
    db.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  }
}
