import type { InsightPart, InsightRange } from '../../../src/shared/protocol/insight-question.ts';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packDays } from '../../../src/main/db/insight/pack-days.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { rangeOfDates } from '../../../src/shared/insight/ranges.ts';
import { assertFigures } from '../../bench/insight/compare.ts';
import { expectedOf } from '../../bench/insight/expected.ts';
import { known, knownSample } from '../../bench/insight/known-calls.ts';
import { makeSampleLog } from '../../bench/log/sample-log.ts';
import { tempFolder } from '../../helpers/temp.ts';

const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);
const CALLS = 12_000;
const calls = Array.from({ length: CALLS }, (_, n) => known(n, CALLS));

/** `npm run bench:insight` does the same with a million calls. */
test('the figures of 12,000 known calls are exact, in every time zone, packed or not', async () => {
  const path = join(tempFolder(), 'known.db');
  makeSampleLog(path, CALLS, (n) => knownSample(n, CALLS));
  const reader = new HistoryReader({ path, script });
  onTestFinished(() => reader.close());
  const range = (zone: string, first: string, last: string): InsightRange => {
    const days = rangeOfDates(first, last, zone);
    if (!days) throw new Error('no range');
    return { ...days, zone };
  };
  const check = async (asked: InsightRange) => {
    const counted = calls.filter(
      ({ at, number }) =>
        at >= asked.from && at <= asked.to && (asked.accountId ?? number) === number,
    );
    expect(counted.length).toBeGreaterThan(40);
    const ask = (part: InsightPart, range: InsightRange) => reader.insight(part, range, {});
    await assertFigures(ask, asked, expectedOf(counted, asked.zone));
  };
  // Raw: a month with a change of the clocks.
  await check(range('Europe/Berlin', '2025-03-20', '2025-04-02'));
  const year = range('Asia/Kolkata', '2025-01-01', '2025-12-31');
  const prepared = () => reader.preparedInsight({ view: 'hours' }, year, {});
  expect(await prepared()).toEqual({ figures: { view: 'preparing', share: 0 }, isPacked: false });
  const { db } = openDatabase({ path });
  await packDays(db, new AbortController().signal);
  db.close();
  expect(await prepared()).toMatchObject({ figures: { view: 'hours' }, isPacked: true });
  for (const zone of ['Europe/Berlin', 'Pacific/Chatham']) {
    await check(range(zone, '2025-01-02', '2025-12-30'));
  }
  // Its clocks change by half an hour.
  await check({ ...range('Australia/Lord_Howe', '2025-04-01', '2025-10-10'), accountId: 'vip' });
  await check(range('Europe/Berlin', '2025-03-30', '2025-03-30'));
  await check(range('Europe/Berlin', '2025-10-26', '2025-10-26'));
  await check(range('America/New_York', '2025-11-02', '2025-11-02'));

  // Each figure leads to as many calls.
  const whole = range('Asia/Kolkata', '2025-01-01', '2025-12-31');
  const count = (insight: object) => reader.count({ insight: { ...whole, ...insight } });
  const counted = calls.filter(({ at }) => at >= whole.from && at <= whole.to);
  const expected = expectedOf(counted, 'Asia/Kolkata');
  expect(await count({ weekday: 2, hour: 9, kind: 'missed' })).toBe(
    expected.week.get('2/9')?.missed,
  );
  expect(await count({ by: { dimension: 'country', key: 'ID' }, direction: 'inbound' })).toBe(
    expected.groups.get('country/ID')?.received,
  );
  expect(await count({ measure: 'hold' })).toBe(
    expected.groups.get('all/')?.lengths.get('hold')?.length,
  );
  expect(expected.transfers.size).toBeGreaterThan(1);
  for (const [key, transferred] of expected.transfers) {
    const [to = '', end] = key.split('/');
    expect(await count({ transfer: { to, end } })).toBe(transferred);
  }
  const page = await reader.list(
    { insight: { ...whole, by: { dimension: 'agent', key: 'Caio Dias' } } },
    undefined,
    50,
  );
  expect(page.rows.every(({ outcome }) => outcome === 'elsewhere')).toBe(true);
}, 60_000);
