import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ensureInstalled, SQLITE } from '../../../scripts/runtime/debian.mjs';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { CallNoteStore } from '../../../src/main/db/call-notes.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { clockOf } from '../../../src/main/history/export/columns.ts';
import { exportCalls } from '../../../src/main/history/export/export-calls.ts';
import type { CsvSeparator, ExportFormat } from '../../../src/shared/ipc/export.ts';
import { endedCall, put } from '../../helpers/calls.ts';
import { openInLibreOffice, type SheetCell } from '../../helpers/spreadsheet.ts';
import { tempFolder } from '../../helpers/temp.ts';

const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);
/** Texts that spreadsheets like to reinterpret. */
const names = ['007', '1/2', 'TRUE', '1E5', '4.3', '12345678901234567', '_x0041_', ' two  blanks'];

/** What a customer's link may bring, and how a workbook shows it. */
const hostile: readonly (readonly [text: string, shown: string])[] = [
  ['=1+1', '=1+1'],
  ['+HYPERLINK("x")', '+HYPERLINK("x")'],
  ['-2+3', '-2+3'],
  ['@SUM(A1)', '@SUM(A1)'],
  ['\t=1', '=1'],
  ['a\0b\u0001', 'a b '],
  ['\ud83d end', '\ufffd end'],
  ['\u202Eabc\u202C', '\u202Eabc\u202C'],
];

async function exported(format: ExportFormat, separator?: CsvSeparator): Promise<string> {
  const folder = tempFolder();
  const database = join(folder, 'calls.db');
  const { db } = openDatabase({ path: database });
  const log = new SqliteCallLog(db);
  // Newest first in the file.
  for (const [index, name] of names.toReversed().entries()) {
    const quality = { packetsReceived: 9, packetsLost: 0, packetsSent: 9, mos: 4.3 };
    const [payload] = hostile[names.length - 1 - index] ?? [];
    const call = endedCall(index + 1, { payload, party: { waId: '5511987654321', name } });
    put(log, call);
    log.saveQuality(call.id, quality);
  }
  const reader = new HistoryReader({ path: database, script });
  onTestFinished(async () => {
    await reader.close();
    db.close();
  });
  const path = join(folder, `calls.${format}`);
  await exportCalls({ reader, path, format, separator, filter: {} });
  return path;
}

/** A column's cells, by the name in the first row. */
function column(sheet: SheetCell[][], name: string, most = names.length): SheetCell[] {
  const [head = [], ...rows] = sheet;
  const index = head.findIndex(({ text }) => text === name);
  return rows.slice(0, most).map((row) => row[index] ?? { type: 'empty', text: '' });
}

const strings = (texts: readonly string[]) => texts.map((text) => ({ type: 'string', text }));

test('X1 V6 a workbook opens with every cell in its type', async () => {
  const sheet = await openInLibreOffice(await exported('xlsx'));
  expect(column(sheet, 'customer_name').map(({ type }) => type)).toEqual(names.map(() => 'string'));
  expect(column(sheet, 'customer_name').slice(0, 7)).toEqual(strings(names.slice(0, 7)));
  expect(column(sheet, 'phone_e164')).toEqual(strings(names.map(() => '+5511987654321')));
  expect(column(sheet, 'phone')).toEqual(strings(names.map(() => '5511987654321')));
  expect(new Set(column(sheet, 'mos').map(({ type }) => type))).toEqual(new Set(['float']));
  expect(new Set(column(sheet, 'started_local').map(({ type }) => type))).toEqual(
    new Set(['date']),
  );
});

test('a workbook shows each moment and each duration to the second', async () => {
  const folder = tempFolder();
  const database = join(folder, 'calls.db');
  const { db } = openDatabase({ path: database });
  const log = new SqliteCallLog(db);
  const notes = new CallNoteStore(db);
  const some = 300;
  db.transaction(() => {
    for (let n = 1; n <= some; n += 1) {
      const createdAt = Date.UTC(2026, 2, 29) + n * 7_919_317;
      const talkMs = n * 1000;
      const phase = {
        name: 'ended',
        at: createdAt + talkMs,
        reason: { kind: 'customer-hung-up' },
      } as const;
      const call = endedCall(n, { createdAt, connectedAt: createdAt, phase });
      put(log, call);
      // Those without a note are written by SQLite.
      if (n % 2 === 0) notes.set({ callId: call.id, text: 'a note', tags: [], at: createdAt });
    }
  })();
  const reader = new HistoryReader({ path: database, script });
  onTestFinished(async () => {
    await reader.close();
    db.close();
  });
  const path = join(folder, 'calls.xlsx');
  await exportCalls({ reader, path, format: 'xlsx', filter: {} });
  const sheet = await openInLibreOffice(path);
  const texts = (name: string) => column(sheet, name, some).map(({ text }) => text);
  expect(texts('started_local')).toEqual(
    texts('started_at').map((text) => text.slice(0, 19).replace('T', ' ')),
  );
  expect(texts('talk_time')).toEqual(texts('talk_seconds').map((text) => clockOf(Number(text))));
});

test('X1 nothing in a workbook becomes a formula, whatever a customer sends', async () => {
  const cells = column(await openInLibreOffice(await exported('xlsx')), 'button_payload');
  expect(cells.map(({ type }) => type)).toEqual(hostile.map(() => 'string'));
  const words = (text: string) => text.replaceAll(/<[^>]*>/g, ' ').trim();
  expect(cells.map(({ text }) => words(text))).toEqual(
    hostile.map(([, shown]) => words(shown.replaceAll('"', '&quot;'))),
  );
});

test.each([
  ['a Brazilian', 1046],
  ['a German', 1031],
])('X1 V6 a file with semicolons opens in %s spreadsheet', async (_, language) => {
  const path = await exported('csv', 'semicolon');
  const sheet = await openInLibreOffice(path, { separator: 59, language });
  expect(column(sheet, 'customer_name').slice(0, 7)).toEqual(strings(names.slice(0, 7)));
  expect(column(sheet, 'phone_e164')).toEqual(strings(names.map(() => '+5511987654321')));
  expect(column(sheet, 'mos')[0]).toEqual({ type: 'float', text: '4.3' });
  const payloads = column(sheet, 'button_payload');
  expect(payloads.map(({ type }) => type)).toEqual(hostile.map(() => 'string'));
});

test('X1 another parser of CSV reads each text as it is', async () => {
  await ensureInstalled([SQLITE], () => undefined);
  const path = await exported('csv');
  // Its own reader of RFC 4180; the first line names the columns.
  const commands = [`.import --csv "${path}" calls`, '.mode json', 'SELECT * FROM calls'];
  const { stdout } = await promisify(execFile)('sqlite3', [':memory:', ...commands]);
  const rows = z.array(z.record(z.string(), z.string())).parse(JSON.parse(stdout));
  expect(rows.map((row) => row['customer_name']).slice(0, 7)).toEqual(names.slice(0, 7));
  expect(new Set(rows.map((row) => row['phone']))).toEqual(new Set(['5511987654321']));
  // What could be a formula has an apostrophe before it.
  const formulas = hostile.slice(0, 4).map(([text]) => `'${text}`);
  expect(rows.map((row) => row['button_payload']).slice(0, 4)).toEqual(formulas);
});

test('L12 an export follows no link in its way', async () => {
  const folder = tempFolder();
  const precious = join(folder, 'precious');
  writeFileSync(precious, 'mine');
  const database = join(folder, 'calls.db');
  const { db } = openDatabase({ path: database });
  const reader = new HistoryReader({ path: database, script });
  onTestFinished(async () => {
    await reader.close();
    db.close();
  });
  const path = join(folder, 'calls.csv');
  symlinkSync(precious, `${path}.part`);
  symlinkSync(precious, path);
  await exportCalls({ reader, path, format: 'csv', filter: {} });
  expect(readFileSync(precious, 'utf8')).toBe('mine');
  expect(readFileSync(path, 'utf8')).toContain('call_id');
});
