import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { exportCalls } from '../../../src/main/history/export/export-calls.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { exportFormats } from '../../../src/shared/ipc/export.ts';
import { endedCall, put } from '../../helpers/calls.ts';
import { SmallDisk } from '../../helpers/disks.ts';
import { tempFolder } from '../../helpers/temp.ts';

const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);
const CALLS = 5_000;
const folder = mkdtempSync(join(tmpdir(), 'ringdesk-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let path: string | undefined;

const LONG = 1_200;
let longPath: string | undefined;

/** A page of these calls alone would be more than an export may use. */
function makeLongLog(): string {
  const made = join(folder, 'long.db');
  const { db } = openDatabase({ path: made });
  db.pragma('synchronous = OFF');
  const log = new SqliteCallLog(db);
  const payload = 'ж'.repeat(12_000);
  db.transaction(() => {
    for (let n = 1; n <= LONG; n++) put(log, endedCall(n, { payload }));
  })();
  db.close();
  return made;
}

/** A reader of a log that all tests share. */
function reader(): HistoryReader {
  path ??= makeLog();
  const opened = new HistoryReader({ path, script });
  onTestFinished(() => opened.close());
  return opened;
}

function makeLog(): string {
  const made = join(folder, 'calls.db');
  const { db } = openDatabase({ path: made });
  db.pragma('synchronous = OFF');
  const log = new SqliteCallLog(db);
  db.transaction(() => {
    for (let n = 1; n <= CALLS; n++) {
      // Random, so that compression does not help a full disk.
      put(log, endedCall(n, { payload: Buffer.from(`${n * 7919}`.repeat(9)).toString('base64') }));
    }
  })();
  db.close();
  return made;
}

test.each(exportFormats)('%s of calls with long texts needs no more memory', async (format) => {
  longPath ??= makeLongLog();
  const log = new HistoryReader({ path: longPath, script });
  onTestFinished(() => log.close());
  const path = join(tempFolder(), `calls.${format}`);
  expect(await exportCalls({ reader: log, path, format, filter: {} })).toEqual({ rows: LONG });
});

describe('an export leaves no half file, says why, and the next one is whole', () => {
  test.each(exportFormats)('%s onto a disk that fills up', async (format) => {
    const { folder } = new SmallDisk(1);
    const path = join(folder, `calls.${format}`);
    writeFileSync(path, 'the one before');
    const film = join(folder, 'film.mkv');
    writeFileSync(film, Buffer.alloc(960 * 1024));
    const what = { reader: reader(), path, format, filter: {}, manifest: true };
    await expect(exportCalls(what)).rejects.toThrow(/ENOSPC/);
    expect(readdirSync(folder).toSorted()).toEqual([`calls.${format}`, 'film.mkv']);
    expect(readFileSync(path, 'utf8')).toBe('the one before');
  });

  test.each(exportFormats)('%s into a folder that vanishes', async (format) => {
    const folder = join(tempFolder(), 'exports');
    mkdirSync(folder);
    const path = join(folder, `calls.${format}`);
    const what = { reader: reader(), path, format, filter: {} };
    const onProgress = () => rmSync(folder, { recursive: true, force: true });
    await expect(exportCalls({ ...what, onProgress })).rejects.toThrow(/ENOENT/);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    expect(await exportCalls(what)).toEqual({ rows: CALLS });
  });

  test.each(exportFormats)('%s that is cancelled', async (format) => {
    const folder = tempFolder();
    const path = join(folder, `calls.${format}`);
    const stop = new AbortController();
    const what = { reader: reader(), path, format, filter: {}, manifest: true };
    const onProgress = () => stop.abort();
    await expect(exportCalls({ ...what, onProgress, signal: stop.signal })).rejects.toMatchObject({
      cancelled: true,
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('two exports of one file at once are both whole, and one that was killed leaves nothing for long', async () => {
    const folder = tempFolder();
    const path = join(folder, 'calls.csv');
    const left = [`${path}.00c0ffee.part`, `${path}.other.part`, `${path}.0badcafe.part`];
    for (const part of left) writeFileSync(part, 'half');
    const hour = Date.now() / 1000 - 3600;
    for (const part of left.slice(0, 2)) utimesSync(part, hour, hour);
    const what = { reader: reader(), path, format: 'csv', filter: {} } as const;
    let second: Promise<unknown> | undefined;
    const onProgress = () => void (second ??= exportCalls(what));
    const first = exportCalls({ ...what, onProgress });
    expect(await first).toEqual({ rows: CALLS });
    expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(CALLS + 2);
    expect(await second).toEqual({ rows: CALLS });
    expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(CALLS + 2);
    // The newest may be another program's that writes now.
    expect(readdirSync(folder).toSorted()).toEqual(
      ['calls.csv', 'calls.csv.0badcafe.part', 'calls.csv.other.part'].toSorted(),
    );
  });

  test.each(exportFormats)('%s is what its manifest says, by sha256sum', async (format) => {
    const folder = tempFolder();
    const path = join(folder, `calls.${format}`);
    await exportCalls({ reader: reader(), path, format, filter: {}, manifest: true });
    const text = readFileSync(`${path}.manifest.json`, 'utf8');
    const sums = join(folder, 'SHA256SUMS');
    writeFileSync(sums, text.replace(/.*"file": "([^"]*)".*"sha256": "(\w+)".*/s, '$2  $1\n'));
    const checked = () =>
      execFileSync('sha256sum', ['-c', sums], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(checked()).toBe(`calls.${format}: OK\n`);
    writeFileSync(path, 'changed', { flag: 'a' });
    expect(checked).toThrow('did NOT match');
  });
});
