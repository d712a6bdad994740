import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/main/db/open.ts';
import { RepairThreads } from '../../../src/main/db/storage/repairs.ts';
import { SafeCallLog } from '../../../src/main/db/storage/safe-calls.ts';
import { Storage } from '../../../src/main/db/storage/storage.ts';
import { exportCalls } from '../../../src/main/history/export/export-calls.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { History } from '../../../src/main/history/history.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { FakeLog } from '../../fakes/log.ts';
import { endedCall, put } from '../../helpers/calls.ts';
import { SmallDisk } from '../../helpers/disks.ts';
import { tempFolder } from '../../helpers/temp.ts';

const CALLS = 50;
/** Longer than the longest pause before an attempt, in ms. */
const LATER_MS = 11_000;
const live = {
  ...endedCall(900, { createdAt: 1_800_000_000_000 }),
  phase: { name: 'connected' },
} as const;

/** A console's storage on this file. */
function open(path: string) {
  const clock = new FakeClock();
  const storage = new Storage({ path, clock, log: new FakeLog() });
  onTestFinished(() => storage.close());
  return { clock, storage, calls: new SafeCallLog(storage) };
}

function fill(path: string): void {
  const { storage, calls } = open(path);
  for (let n = 1; n <= CALLS; n++) put(calls, endedCall(n));
  storage.close();
}

/** What stands on the disk, read by a start that finds nothing wrong. */
function stored(path: string): { ended: number; live: readonly string[] } {
  const { db, setAside } = openDatabase({ path });
  expect(setAside).toBeUndefined();
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const rings = db.prepare<[], string>('SELECT id FROM call WHERE outcome IS NULL').pluck().all();
  const found = { ended: new History(db).count({}), live: rings };
  db.close();
  return found;
}

/** Takes all that is left of a disk. @returns the file that has it */
function fillDisk(folder: string): string {
  const path = join(folder, 'film.mkv');
  const file = fs.openSync(path, 'w');
  try {
    for (const size of [65_536, 512]) {
      const part = Buffer.alloc(size, 1);
      try {
        while (writeSync(file, part) > 0);
      } catch {
        // Full.
      }
    }
  } finally {
    fs.closeSync(file);
  }
  return path;
}

/** A call comes and goes on, whatever the disk does. */
function callGoesOn({ storage, calls }: ReturnType<typeof open>): void {
  put(calls, live);
  for (let n = 1; n <= 200; n++) put(calls, endedCall(1_000 + n));
  expect(calls.get(live.id)?.phase.name).toBe('connected');
  expect(calls.unfinished().map(({ id }) => id)).toContain(live.id);
  expect(storage.view().waiting).toBeGreaterThan(0);
}

/** Everything is stored, and nothing is said any more. */
function allIsStored({ storage, clock }: ReturnType<typeof open>, path: string, before: number) {
  clock.advance(LATER_MS);
  expect(storage.view()).toMatchObject({ waiting: 0, trouble: undefined });
  storage.close();
  expect(stored(path)).toEqual({ ended: before + 200, live: [live.id] });
}

describe('S3 a real disk', () => {
  test('that fills up during a call keeps it in memory, says so, and has it once there is room', () => {
    const { folder } = new SmallDisk(24);
    const path = join(folder, 'ringdesk.db');
    fill(path);
    const desk = open(path);
    const film = fillDisk(folder);
    callGoesOn(desk);
    desk.clock.advance(LATER_MS);
    expect(desk.storage.view().trouble?.kind).toBe('full');
    rmSync(film);
    allIsStored(desk, path, CALLS);
  });

  test('that is full at the start is named, and has the call later', () => {
    const { folder } = new SmallDisk(24);
    const path = join(folder, 'ringdesk.db');
    fill(path);
    const film = fillDisk(folder);
    const desk = open(path);
    callGoesOn(desk);
    expect(desk.storage.view().trouble?.kind).toBe('full');
    rmSync(film);
    allIsStored(desk, path, CALLS);
  });

  test('that is full before there is a history has one later', () => {
    const { folder } = new SmallDisk(24);
    const path = join(folder, 'ringdesk.db');
    const film = fillDisk(folder);
    const desk = open(path);
    callGoesOn(desk);
    expect(desk.storage.view().trouble?.kind).toBe('full');
    rmSync(film);
    allIsStored(desk, path, 0);
  });

  test('that is read-only is named, and has the call once it can be written', () => {
    const disk = new SmallDisk(24);
    const path = join(disk.folder, 'ringdesk.db');
    fill(path);
    disk.setReadOnly(true);
    const desk = open(path);
    callGoesOn(desk);
    expect(desk.storage.view().trouble?.kind).toBe('read-only');
    disk.setReadOnly(false);
    allIsStored(desk, path, CALLS);
  });
});

test('S3 a lock that another program holds is named, blocks nothing, and ends', async () => {
  const path = join(tempFolder(), 'ringdesk.db');
  fill(path);
  const desk = open(path);
  const script = fileURLToPath(new URL('../../helpers/hold-lock.ts', import.meta.url));
  const other = spawn(process.execPath, ['--no-warnings', script, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  callGoesOn(desk);
  desk.clock.advance(LATER_MS);
  expect(desk.storage.view().trouble?.kind).toBe('locked');
  other.stdin.end();
  await once(other, 'exit');
  allIsStored(desk, path, CALLS);
});

/** As if every folder were on NFS until the test ends, or until it is told otherwise. */
function mountNfs(): { unmount: () => void } {
  const { statfsSync } = fs;
  const unmount = () => {
    fs.statfsSync = statfsSync;
    syncBuiltinESMExports();
  };
  Reflect.set(fs, 'statfsSync', (path: string) =>
    Object.assign(statfsSync(path), { type: 0x6969 }),
  );
  syncBuiltinESMExports();
  onTestFinished(unmount);
  return { unmount };
}

describe('S3 a network folder', () => {
  test('is named, has no write-ahead log, and a local one has it again', () => {
    const path = join(tempFolder(), 'ringdesk.db');
    fill(path);
    const { unmount } = mountNfs();
    const there = open(path);
    expect(there.storage.view().isOnNetwork).toBe(true);
    put(there.calls, live);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(there.storage.view().waiting).toBe(0);
    there.storage.close();
    unmount();
    const here = open(path);
    expect(here.storage.view().isOnNetwork).toBe(false);
    put(here.calls, endedCall(901));
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    here.storage.close();
    expect(stored(path)).toEqual({ ended: CALLS + 1, live: [live.id] });
  });

  test('has every call although they are read, copied and exported meanwhile', async () => {
    mountNfs();
    const folder = tempFolder();
    const path = join(folder, 'ringdesk.db');
    fill(path);
    const desk = open(path);
    const script = (name: string) => new URL(`../../../src/main/${name}.ts`, import.meta.url);
    const reader = new HistoryReader({ path, script: script('history/reader-worker') });
    const repairs = new RepairThreads(script('db/repair-worker'), undefined);
    onTestFinished(async () => {
      await reader.close();
      await repairs.release();
    });
    const done = new AbortController();
    const reading = Promise.all([
      exportCalls({ reader, path: join(folder, 'calls.csv'), format: 'csv', filter: {} }),
      repairs.check(path),
      repairs.snapshot(path, join(folder, 'copy.db')),
    ]).finally(() => done.abort());
    let n = 0;
    while (!done.signal.aborted || n < 200) {
      put(desk.calls, endedCall(1_000 + (n += 1)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await reading;
    desk.clock.advance(LATER_MS);
    expect(desk.storage.view()).toMatchObject({ waiting: 0, trouble: undefined });
    desk.storage.close();
    expect(stored(path).ended).toBe(CALLS + n);
  });
});

test('S3 a folder that is no disk at all leaves the call in memory, in words', () => {
  const path = join(tempFolder(), 'not-a-folder', 'ringdesk.db');
  writeFileSync(join(path, '..'), '');
  const desk = open(path);
  callGoesOn(desk);
  expect(desk.storage.view().trouble?.kind).toBe('no-access');
});
