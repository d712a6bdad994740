import { dimensions, type InsightPart } from '../../../src/shared/protocol/insight-question.ts';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
 * `node test/bench/insight/bench.ts [--calls 1000000] [--file FILE] [--json FILE] [--rounds 20]`
 *
 * Makes a year of known calls, asserts that every figure of Insight is exact in four time zones, and measures how long
 * each view takes for 7, 30, 90 and 365 days, beside the count of the same calls by SQLite.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    file: { type: 'string' },
    json: { type: 'string' },
    rounds: { type: 'string', default: '20' },
  },
});
const calls = Number(values.calls);
const rounds = Number(values.rounds);
const say = (line: string) => process.stdout.write(`${line}\n`);
const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'ringdesk-bench-insight-'));
try {
  const path = values.file ?? join(folder, 'ringdesk.db');
  say(`${cpus()[0]?.model ?? ''}, Node ${process.version}, load ${loadavg()[0] ?? 0}`);
  if (!existsSync(path)) makeSampleLog(path, calls, (n) => knownSample(n, calls));
  const { db } = openDatabase({ path });
  let begun = performance.now();
  await packDays(db, new AbortController().signal);
  const packSeconds = (performance.now() - begun) / 1000;
  begun = performance.now();
  db.prepare('SELECT count(*) FROM call WHERE outcome IS NOT NULL AND covered IS NULL').get();
  const countMs = performance.now() - begun;
  db.close();
  say(`packed in ${packSeconds.toFixed(1)} s; SQLite counts all in ${countMs.toFixed(0)} ms`);

  const reader = new HistoryReader({ path, script });
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
    const views = [];
    say(`\n${'view, days'.padEnd(34)}      p50      p99      max      CPU  × count`);
    for (const part of parts) {
      for (const days of [7, 30, 90, 364]) {
        const took: number[] = [];
        const before = process.cpuUsage();
        for (let round = 0; round < rounds; round++) {
          const asked = performance.now();
          await reader.insight(part, rangeOfDays(days, 'America/Sao_Paulo'), {});
          took.push(performance.now() - asked);
        }
        const { user, system } = process.cpuUsage(before);
        const cpu = (user + system) / 1000 / rounds;
        const { p50Ms: p50, p99Ms: p99 } = percentiles(took);
        const max = Math.max(...took);
        const name = `${part.view === 'breakdown' ? `by ${part.dimension}` : part.view}, ${days}`;
        views.push({ name, days, p50, p99, max, cpu, ratio: p50 / countMs });
        const shown = [p50, p99, max, cpu].map((ms) => ms.toFixed(1).padStart(9)).join('');
        say(`${name.padEnd(34)}${shown}${(p50 / countMs).toFixed(2).padStart(9)}`);
      }
    }
    const slowest = views.reduce((a, b) => (a.max > b.max ? a : b));
    say(`slowest: ${slowest.name}, ${slowest.max.toFixed(0)} ms (goal 300)`);
    for (const zone of ['America/Sao_Paulo', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Jakarta']) {
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
