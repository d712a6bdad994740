import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { HistoryReader, ReadFailure } from '../../../src/main/history/history-reader.ts';
import { Exports } from '../../../src/main/history/export/export-calls.ts';
import { exportCalls } from '../../../src/main/history/export/export-calls.ts';
import { endedCall, put } from '../../helpers/calls.ts';
import { tempFolder } from '../../helpers/temp.ts';
import { emptyDatabase } from '../../helpers/database.ts';

const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);

function open(calls: number) {
  const folder = tempFolder();
  const path = join(folder, 'calls.db');
  const db = emptyDatabase(path);
  db.pragma('synchronous = OFF');
  const log = new SqliteCallLog(db);
  db.transaction(() => {
    for (let n = 1; n <= calls; n++) put(log, endedCall(n));
  })();
  const reader = new HistoryReader({ path, script });
  onTestFinished(async () => {
    await reader.close();
    db.close();
  });
  return { folder, log, reader };
}

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: unknown) => (error instanceof ReadFailure ? error : undefined),
  );

describe('the reader’s thread', () => {
  test('reads main’s commits at once', async () => {
    const { log, reader } = open(3);
    const page = await reader.list({}, undefined, 2);
    expect(page.rows.map((row) => row.id)).toEqual(['support/wacid.3', 'support/wacid.2']);
    expect((await reader.list({}, page.next, 2)).rows).toHaveLength(1);
    put(log, endedCall(4));
    expect((await reader.list({}, undefined, 9)).rows[0]).toMatchObject({
      id: 'support/wacid.4',
      country: 'US',
    });
    expect(await reader.get('support/wacid.4')).toMatchObject({
      timeline: [{ kind: 'restarted' }],
    });
    expect(await reader.get('nothing')).toBeUndefined();
  });

  test('rejects a failing question, and answers the next', async () => {
    const { reader } = open(1);
    const failure = await failureOf(reader.list({}, 'nonsense', Number.NaN));
    expect(failure?.cancelled).toBe(false);
    expect((await reader.list({}, undefined, 9)).rows).toHaveLength(1);
  });

  test('rejects every question about a missing file, and does not end the app', async () => {
    const reader = new HistoryReader({ path: join(tempFolder(), 'none.db'), script });
    expect(await failureOf(reader.get('any'))).toBeInstanceOf(ReadFailure);
    expect(await failureOf(reader.get('any'))).toBeInstanceOf(ReadFailure);
    await reader.close();
  });

  test('rejects questions once closed', async () => {
    const { reader } = open(1);
    await reader.get('any');
    await reader.close();
    expect((await failureOf(reader.get('any')))?.cancelled).toBe(true);
  });
});

describe('an export', () => {
  test('replaces the file once it is complete, and reports progress', async () => {
    const { folder, reader } = open(2_400);
    const path = join(folder, 'calls.csv');
    writeFileSync(path, 'the one before');
    const progress: [number, number][] = [];
    const { rows } = await exportCalls({
      reader,
      path,
      format: 'csv',
      filter: {},
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(rows).toBe(2_400);
    expect(readFileSync(path, 'utf8').trimEnd().split('\r\n')).toHaveLength(2_401);
    expect(progress.at(-1)).toEqual([2_400, 2_400]);
    expect(progress.length).toBeGreaterThan(1);
  });

  test('leaves the old file and nothing else when cancelled, and questions are answered meanwhile', async () => {
    const { folder, reader } = open(5_000);
    const path = join(folder, 'calls.jsonl');
    writeFileSync(path, 'the one before');
    const controller = new AbortController();
    let answered: Promise<unknown> | undefined;
    const failure = await failureOf(
      exportCalls({
        reader,
        path,
        format: 'jsonl',
        filter: {},
        signal: controller.signal,
        onProgress: () => {
          answered ??= reader.get('support/wacid.1');
          controller.abort();
        },
      }),
    );
    expect(failure?.cancelled).toBe(true);
    expect(await answered).toMatchObject({ id: 'support/wacid.1' });
    expect(readFileSync(path, 'utf8')).toBe('the one before');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('V10 is cancelled by its window’s id, and no other', async () => {
    const { folder, reader } = open(5_000);
    const exports = new Exports();
    const path = join(folder, 'calls.csv');
    const failure = await failureOf(
      exports.run('first', {
        reader,
        path,
        format: 'csv',
        filter: {},
        onProgress: () => {
          exports.cancel('second');
          exports.cancel('first');
        },
      }),
    );
    expect(failure?.cancelled).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('calls.csv'))).toEqual([]);
    expect(await exports.run('second', { reader, path, format: 'xlsx', filter: {} })).toEqual({
      rows: 5_000,
    });
  });

  test('into a missing folder fails with an explanation', async () => {
    const { folder, reader } = open(1);
    const path = join(folder, 'none', 'calls.csv');
    const failure = await failureOf(exportCalls({ reader, path, format: 'csv', filter: {} }));
    expect(failure?.message).toContain('ENOENT');
    expect(existsSync(path)).toBe(false);
  });

  test('has only what the filter selects', async () => {
    const { folder, reader } = open(50);
    const path = join(folder, 'calls.jsonl');
    const filter = { text: 'customer 4', outcome: 'missed' } as const;
    const { rows } = await exportCalls({ reader, path, format: 'jsonl', filter });
    expect(rows).toBe(11);
  });
});
