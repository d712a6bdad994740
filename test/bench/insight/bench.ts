import { dimensions, type InsightPart } from '../../../src/shared/protocol/insight-question.ts';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encryptFile } from '../../../src/main/db/at-rest/encrypt-file.ts';
import { packDays } from '../../../src/main/db/insight/pack-days.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { rangeOfDates } from '../../../src/shared/insight/ranges.ts';
import { makeSampleLog } from '../log/sample-log.ts';
import { percentiles } from '../percentiles.ts';
import { assertFigures } from './compare.ts';
import { expectedOf } from './expected.ts';
import { known, knownSample } from './known-calls.ts';

/**
 * `node test/bench/insight/bench.ts [--calls 1000000] [--file FILE] [--json FILE] [--rounds 20] [--plain]`
 *
 * Makes a year of known calls, encrypted as the console's log is (not with `--plain`, nor a FILE that is there), measures
 * how long each view takes for 7, 30, 90 and 364 days, all calls and those of one number, beside the count of the same
 * calls by SQLite, and asserts that every figure is exact in time zones of all kinds.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    file: { type: 'string' },
    json: { type: 'string' },
    plain: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '20' },
  },
});
/** Whole hours with and without summer, and clocks ahead by 30 and 45 minutes that change by 30 and 60. */
const zones = [
  'America/Sao_Paulo',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
];
const calls = Number(values.calls);
const rounds = Number(values.rounds);
const say = (line: string) => process.stdout.write(`${line}\n`);
const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'ringdesk-bench-insight-'));
try {
  const path = values.file ?? join(folder, 'ringdesk.db');
  say(`${cpus()[0]?.model ?? ''}, Node ${process.version}, load ${loadavg()[0] ?? 0}`);
  if (!existsSync(path)) makeSampleLog(path, calls, (n) => knownSample(n, calls));
  // The key of a bench protects nothing.
  const keys = ['5a'.repeat(32)];
  if (!values.plain && values.file === undefined) encryptFile({ path, keys });
  const { db } = openDatabase({ path, keys });
  let begun = performance.now();
  await packDays(db, new AbortController().signal);
  const packSeconds = (performance.now() - begun) / 1000;
  begun = performance.now();
  db.prepare('SELECT count(*) FROM call WHERE outcome IS NOT NULL AND covered IS NULL').get();
  const countMs = performance.now() - begun;
  db.close();
  say(`packed in ${packSeconds.toFixed(1)} s; SQLite counts all in ${countMs.toFixed(0)} ms`);

  const reader = new HistoryReader({ path, keys, script });
  try {
    const rangeOfDays = (days: number, zone: string) => {
      const last = Date.UTC(2025, 11, 30);
      const first = new Date(last - (days - 1) * 86_400_000).toISOString().slice(0, 10);
      const range = rangeOfDates(first, '2025-12-30', zone);
      if (!range) throw new Error('no range');
      return { ...range, zone };
    };
    await reader.list({}, undefined, 1);
    const parts: readonly InsightPart[] = [
      ...(['hours', 'pickUp', 'cost', 'quality', 'transfers'] as const).map((view) => ({ view })),
      ...dimensions.map((dimension) => ({ view: 'breakdown' as const, dimension })),
    ];
    const asked: readonly (readonly [days: number, accountId?: string])[] = [
      [7],
      [30],
      [90],
      [364],
      [364, 'vip'],
    ];
    const views = [];
    say(`\n${'view, days'.padEnd(34)}      p50      p99      max      CPU  × count`);
    for (const part of parts) {
      for (const [days, accountId] of asked) {
        const took: number[] = [];
        const before = process.cpuUsage();
        for (let round = 0; round < rounds; round++) {
          const asked = performance.now();
          const range = { ...rangeOfDays(days, 'America/Sao_Paulo'), accountId };
          const { figures } = await reader.preparedInsight(part, range, {});
          if (figures.view === 'preparing') throw new Error('not packed');
          took.push(performance.now() - asked);
        }
        const { user, system } = process.cpuUsage(before);
        const cpu = (user + system) / 1000 / rounds;
        const { p50Ms: p50, p99Ms: p99 } = percentiles(took);
        const max = Math.max(...took);
        const what = part.view === 'breakdown' ? `by ${part.dimension}` : part.view;
        const name = `${what}, ${days}${accountId === undefined ? '' : `, ${accountId}`}`;
        views.push({ name, days, p50, p99, max, cpu, ratio: p50 / countMs });
        const shown = [p50, p99, max, cpu].map((ms) => ms.toFixed(1).padStart(9)).join('');
        say(`${name.padEnd(34)}${shown}${(p50 / countMs).toFixed(2).padStart(9)}`);
      }
    }
    const slowest = views.reduce((a, b) => (a.max > b.max ? a : b));
    say(`slowest: ${slowest.name}, ${slowest.max.toFixed(0)} ms (goal 300)`);
    for (const zone of zones) {
      const range = rangeOfDays(364, zone);
      const counted = function* () {
        for (let n = 0; n < calls; n++) {
          const one = known(n, calls);
          if (one.at >= range.from && one.at <= range.to) yield one;
        }
      };
      await assertFigures(
        (part, asked) => reader.insight(part, asked, {}),
        range,
        expectedOf(counted(), zone),
      );
      say(`exact in ${zone}`);
    }
    if (values.json !== undefined) {
      const report = { calls, packSeconds, countMs, views };
      writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
    }
  } finally {
    await reader.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
