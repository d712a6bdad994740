import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { RepairThreads } from '../../../src/main/db/storage/repairs.ts';
import { Snapshots, snapshotsOf } from '../../../src/main/db/storage/snapshots.ts';
import { SafeCallLog } from '../../../src/main/db/storage/safe-calls.ts';
import { Storage } from '../../../src/main/db/storage/storage.ts';
import { openStores } from '../../../src/main/db/stores.ts';
import { isLive } from '../../../src/shared/call/model.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { FakeLog } from '../../fakes/log.ts';
import { endedCall, put } from '../../helpers/calls.ts';
import { damagePages, damages } from '../../helpers/damage.ts';
import { tempFolder } from '../../helpers/temp.ts';

const readerScript = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);
const repairScript = new URL('../../../src/main/db/repair-worker.ts', import.meta.url);
const CALLS = 600;
const account = {
  id: 'support',
  provider: 'meta',
  label: 'Support',
  number: '+551150201234',
  phoneNumberId: '1',
  wabaId: '2',
} as const;

/** The key of every second history; the others are not encrypted. */
const KEY = '5a'.repeat(32);
const keysOf = (seed: number) => (seed % 2 === 0 ? [KEY] : []);

const made = new Map<number, { file: Buffer; log: Buffer }>();

/** A history of some weeks; its write-ahead log holds the last of it. */
function aHistory(keys: readonly string[] = []): string {
  const files = made.get(keys.length) ?? makeHistory(keys);
  made.set(keys.length, files);
  const path = join(tempFolder(), 'ringdesk.db');
  writeFileSync(path, files.file);
  writeFileSync(`${path}-wal`, files.log);
  return path;
}

function makeHistory(keys: readonly string[]): { file: Buffer; log: Buffer } {
  const path = join(tempFolder(), 'ringdesk.db');
  const { db } = openDatabase({ path, keys });
  db.pragma('synchronous = OFF');
  db.pragma('wal_autocheckpoint = 0');
  const stores = openStores(db, { log: new FakeLog() });
  stores.accounts.replaceAll([account]);
  stores.settings.set({ theme: 'dark' });
  stores.cursor.reset('epoch', 77);
  db.transaction(() => {
    for (let n = 1; n <= CALLS - 10; n++) put(stores.calls, endedCall(n));
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  for (let n = CALLS - 9; n <= CALLS; n++) put(stores.calls, endedCall(n));
  const files = { file: readFileSync(path), log: readFileSync(`${path}-wal`) };
  db.close();
  return files;
}

/** The storage of a console on this file, with its threads. */
function open(path: string, keys: readonly string[] = []) {
  const log = new FakeLog();
  const repairs = new RepairThreads(repairScript, undefined, keys);
  let settle: () => void = () => undefined;
  const storage = new Storage({ path, keys, clock: systemClock, log, repairs });
  const reader = new HistoryReader({
    path,
    keys,
    script: readerScript,
    damaged: (why) => storage.handleDamage(why),
  });
  storage.register({ releaseFile: (until) => reader.release(until) });
  storage.on('changed', () => settle());
  storage.on('refreshed', () => settle());
  const calls = new SafeCallLog(storage);
  const close = async () => {
    await Promise.all([reader.close(), repairs.release()]);
    storage.close();
  };
  onTestFinished(close);
  const until = async (check: () => boolean) => {
    while (!check()) {
      await new Promise<void>((resolve) => {
        settle = resolve;
      });
    }
  };
  const rescued = () => until(() => storage.view().setAside?.calls !== undefined);
  return { storage, calls, reader, rescued, close };
}

const live = {
  ...endedCall(10_000, { createdAt: 1_800_000_000_000 }),
  phase: { name: 'connected' },
} as const;

/** `npm run test:damage` tries 300 damages, half of them to encrypted files. */
function seedsOf(what: string): readonly number[] {
  if (process.env['RINGDESK_THOROUGH'] !== undefined) {
    return Array.from({ length: 25 }, (_, index) => index + 1);
  }
  return /noise|zeros|bits/.test(what) ? [1, 2] : [1];
}

describe('S1 S2 a damaged history', () => {
  for (const [what, damage] of Object.entries(damages)) {
    for (const seed of seedsOf(what)) {
      test(`S1 S2 ${what} (${seed}): the console has a file at once, and recovers what can be read`, async () => {
        const path = aHistory(keysOf(seed));
        damage(path, seed);
        const { storage, calls, reader, rescued } = open(path, keysOf(seed));
        // A new call is kept whatever was found.
        put(calls, live);
        await storage.check();
        await reader.list({}, undefined, 5).catch(() => undefined);
        const page = await reader.list({}, undefined, 200).catch(() => undefined);
        if (storage.view().setAside || storage.isBehind()) await rescued();
        const { setAside, waiting } = storage.view();
        expect(waiting).toBe(0);
        expect(calls.get(live.id)).toBeDefined();
        const stored = storage.read(({ db }) => new History(db).count({}), -1);
        // Either it was found and reported, or it does no harm.
        expect(setAside ? existsSync(setAside.path) : page !== undefined).toBe(true);
        const rows = storage.read(
          ({ db }) => db.prepare<[], number>('SELECT count(*) FROM call').pluck().get() ?? -1,
          -1,
        );
        // And the live one.
        expect(rows).toBe((setAside?.calls ?? rows - 1) + 1);
        const least =
          {
            empty: 0,
            'noise alone': 0,
            'cut to half': 0.3,
            'its log is noise': 0.95,
            // Their indexes have most of the calls whose own pages are lost.
            '40 % of the pages are noise': 0.7,
            '40 % of the pages are zeros': 0.7,
          }[what] ?? 0.45;
        expect(stored).toBeGreaterThanOrEqual(Math.floor(CALLS * least));
        expect(storage.read(({ db }) => db.pragma('integrity_check', { simple: true }), '')).toBe(
          'ok',
        );
      });
    }
  }

  test('S2 what the damaged file does not give back comes from the newest sound snapshot', async () => {
    const path = aHistory();
    const repairs = new RepairThreads(repairScript, undefined);
    const snapshots = new Snapshots({
      path,
      repairs,
      clock: new FakeClock(),
      log: new FakeLog(),
      isSound: () => true,
    });
    const made = await snapshots.make();
    snapshots.close();
    expect(snapshotsOf(path)).toEqual([made]);
    writeFileSync(`${path}.snapshot-9999`, 'not a database at all');
    damages['noise alone']?.(path, 1);
    damages['its log is lost']?.(path, 1);
    const { storage, rescued } = open(path);
    await rescued();
    expect(storage.view().setAside?.calls).toBe(CALLS);
    expect(storage.read(({ db }) => new History(db).count({}), -1)).toBe(CALLS);
  });

  test('S1 is detected by the reader in use, and a call goes on', async () => {
    const path = aHistory();
    const { storage, calls, reader, rescued } = open(path);
    put(calls, live);
    storage.read(({ db }) => db.pragma('wal_checkpoint(TRUNCATE)'), undefined);
    damagePages(path, 0.6, 4);
    await reader.list({}, undefined, 200).catch(() => undefined);
    await storage.check();
    await rescued();
    expect(
      calls
        .unfinished()
        .filter(isLive)
        .map(({ id }) => id),
    ).toEqual([live.id]);
    const found = storage.read((stores) => stores.calls.unfinished(), []);
    expect(found.map(({ id }) => id)).toEqual([live.id]);
  });

  test('B8 has numbers, settings and the relay’s cursor back at once', () => {
    const path = aHistory();
    damages['the header is text']?.(path, 1);
    const { storage, calls } = open(path);
    expect(storage.view().setAside).toBeDefined();
    expect(storage.read(({ accounts }) => accounts.all(), [])).toEqual([account]);
    expect(storage.read(({ settings }) => settings.get().theme, 'system')).toBe('dark');
    expect(calls.cursor.get()).toEqual({ epoch: 'epoch', cursor: 77 });
  });

  test('S2 an interrupted rescue resumes at the next start, and is remembered', async () => {
    const path = aHistory();
    damages['the header is text']?.(path, 1);
    const first = open(path);
    await first.close();
    const second = open(path);
    await second.rescued();
    const { setAside } = second.storage.view();
    expect(setAside?.calls).toBeGreaterThan(CALLS * 0.9);
    await second.close();
    const third = open(path);
    expect(third.storage.view().setAside).toEqual({
      path: setAside?.path,
      at: setAside?.at,
      calls: setAside?.calls,
    });
  });
});

test('S1 an undamaged history passes the check and stays', async () => {
  const { storage } = open(aHistory());
  await storage.check();
  expect(storage.view()).toMatchObject({ waiting: 0, setAside: undefined, trouble: undefined });
  expect(storage.read(({ db }) => new History(db).count({}), -1)).toBe(CALLS);
});
