import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../../../src/main/db/call-log.ts';
import { columns } from '../../../../../src/main/history/export/columns.ts';
import { parquetOf, typedValueOf } from '../../../../../src/main/history/export/parquet.ts';
import type { PlainValue } from '../../../../../src/main/history/export/plain-lines.ts';
import { History } from '../../../../../src/main/history/history.ts';
import { endedCall, put } from '../../../../helpers/calls.ts';
import { emptyDatabase } from '../../../../helpers/database.ts';

/** A file of these rows, so many of them in each group. */
async function fileOf(
  rows: readonly (readonly PlainValue[])[],
  groupSize?: number,
): Promise<ArrayBuffer> {
  async function* pages() {
    for (const row of rows) yield [row];
  }
  const parts: Uint8Array[] = [];
  for await (const part of parquetOf(pages(), columns, groupSize)) parts.push(part);
  const bytes = Buffer.concat(parts);
  return Uint8Array.from(bytes).buffer;
}

/** A row with one value, in the first column. */
const rowOf = (id: string): PlainValue[] => columns.map((_, at) => (at === 0 ? id : null));

/** As the reader gives them: moments as dates. */
const asRead = (row: readonly PlainValue[]) =>
  Object.fromEntries(
    columns.map(({ name, kind }, at) => {
      const value = row[at] ?? null;
      return [name, kind === 'moment' && typeof value === 'number' ? new Date(value) : value];
    }),
  );

test.each([0, 1, 14, 15, 16, 200])('a file of %i groups has all its rows', async (groups) => {
  const ids = Array.from({ length: groups * 2 }, (_, n) => `call ${n}`);
  const file = await fileOf(ids.map(rowOf), 2);
  const about = parquetMetadata(file);
  expect(about.row_groups).toHaveLength(groups);
  expect(about).toMatchObject({ num_rows: BigInt(ids.length), created_by: 'Ringdesk' });
  const rows = await parquetReadObjects({ file });
  expect(rows.map((row) => row['call_id'])).toEqual(ids);
});

test('readers may skip groups by their times and numbers', async () => {
  const at = columns.findIndex(({ name }) => name === 'started_local');
  const rows = [5_000, 1_000, 9_000].map((ms) =>
    columns.map((_, column) => (column === at ? ms : null)),
  );
  const { row_groups: groups } = parquetMetadata(await fileOf(rows, 2));
  const known = groups.map((group) => group.columns[at]?.meta_data?.statistics);
  expect(known).toMatchObject([
    { min_value: new Date(1_000), max_value: new Date(5_000) },
    { min_value: new Date(9_000), max_value: new Date(9_000) },
  ]);
});

test('plain calls and others have their values in their types, whatever they hold', async () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  const odd = ['=1+1', '\u202Eabc', '😀', 'two\nlines', `long ${'é'.repeat(40_000)}`, '007', ''];
  for (const [n, name] of odd.entries()) {
    const call = endedCall(n, {
      party: { waId: '5511987654321', name },
      payload: name,
      connectedAt: 1_700_000_000_000 + n * 60_000 + 1_500,
    });
    put(log, call);
    log.saveQuality(call.id, { packetsReceived: 9, packetsLost: n, packetsSent: 9, mos: 4.3 });
  }
  put(log, endedCall(90, { party: {}, providerCallId: 'wacid.1' }));
  const history = new History(db);
  const wanted = { filter: {}, columns: columns.map(({ name }) => name) };
  const found = history.values(wanted, undefined, 99);
  expect(found.some(({ values }) => values !== null)).toBe(true);
  const rows = found.flatMap(({ seq, values }) => {
    const record = history.record(seq);
    if (!record) return [];
    const written = columns.map((column) => typedValueOf(column, record));
    expect(values ?? written).toEqual(written);
    return [written];
  });
  expect(await parquetReadObjects({ file: await fileOf(rows) })).toEqual(rows.map(asRead));
});
