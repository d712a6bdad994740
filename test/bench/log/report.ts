import type { ExportsMeasured } from './exports.ts';
import type { MaintenanceMeasured } from './maintenance.ts';
import type { Measured } from './queries.ts';

const say = (line = '') => void process.stdout.write(`${line}\n`);
const fixed = (value: number, digits = 1) => value.toFixed(digits).padStart(9);

export function printQueries(queries: readonly Measured[]): void {
  if (queries.length === 0) return;
  say(`\n${'query, ms'.padEnd(40)}      p50      p99      max`);
  for (const { name, p50, p99, max } of queries) {
    say(`${name.padEnd(40)}${fixed(p50)}${fixed(p99)}${fixed(max)}`);
  }
}

const formats = ['csv', 'xlsx', 'parquet', 'jsonl'] as const;

export function printExports(exports: ExportsMeasured): void {
  say(`\nsqlite3 ${exports.sqlite3}`);
  say(`${'export'.padEnd(10)}  seconds  sqlite3    ratio     MB+    rows/s   file MB`);
  for (const format of formats) {
    const { seconds, cliSeconds, ratio, peakMb, rowsPerSecond, fileMb } = exports[format];
    say(
      `${format.padEnd(10)}${fixed(seconds)}${fixed(cliSeconds)}${fixed(ratio, 2)}${fixed(peakMb)}${fixed(rowsPerSecond, 0)}${fixed(fileMb)}`,
    );
  }
}

export function printMaintenance({ inserts, snapshot, salvage }: MaintenanceMeasured): void {
  say('\ncommit of a call, ms             p50      p99');
  say(`${'alone'.padEnd(30)}${fixed(inserts.idle.p50)}${fixed(inserts.idle.p99)}`);
  say(
    `${'while a file is exported'.padEnd(30)}${fixed(inserts.busy.p50)}${fixed(inserts.busy.p99)}`,
  );
  say(`snapshot, checked: ${snapshot.seconds.toFixed(1)} s`);
  say(`rescue: ${salvage.seconds.toFixed(1)} s for ${salvage.calls} calls`);
}

/** Which goals this run reached. */
export function printGoals(
  queries: readonly Measured[],
  exports: ExportsMeasured | undefined,
): void {
  say();
  const goal = (what: string, value: number, most: number) =>
    say(`${value <= most ? 'reached' : 'MISSED '}  ${what}: ${value.toFixed(2)} ≤ ${most}`);
  if (queries.length > 0) {
    const slowest = queries.reduce((a, b) => (a.p99 > b.p99 ? a : b));
    goal(`p99 of the slowest, ${slowest.name}, ms`, slowest.p99, 20);
    goal('the slowest of all, ms', Math.max(...queries.map(({ max }) => max)), 100);
  }
  if (!exports) return;
  goal('CSV, times sqlite3', exports.csv.ratio, 1.5);
  goal('XLSX, times sqlite3', exports.xlsx.ratio, 4);
  goal('memory, MB', Math.max(...formats.map((format) => exports[format].peakMb)), 96);
}
