import type { EncryptedMeasured } from './encrypted.ts';
import type { ExportsMeasured } from './exports.ts';
import type { MaintenanceMeasured } from './maintenance.ts';
import type { Measured } from './queries.ts';
import type { RingsMeasured } from './rings.ts';

/** All that one run measured, as `--json` writes it; parts that were not asked for are missing. */
export interface Run extends Partial<ExportsMeasured>, Partial<MaintenanceMeasured> {
  machine: { cpu: string; cores: number; node: string; load: number };
  calls: number;
  queries: readonly Measured[];
  encrypted?: EncryptedMeasured;
  rings?: RingsMeasured;
  /** The whole run. */
  seconds?: number;
}

const say = (line = '') => void process.stdout.write(`${line}\n`);
const fixed = (value: number, digits = 1) => value.toFixed(digits).padStart(9);
const formats = ['csv', 'xlsx', 'parquet', 'jsonl'] as const;

export function printRun(run: Run): void {
  printQueries(run);
  printExports(run);
  if (run.encrypted) {
    const { seconds, csv } = run.encrypted;
    say(`\nencrypted in ${seconds.toFixed(1)} s; CSV ${csv.seconds.toFixed(1)} s`);
  }
  printMaintenance(run);
  if (run.rings) printRings(run.rings);
}

function printQueries({ queries, encrypted }: Run): void {
  if (queries.length === 0) return;
  const withKey = new Map(encrypted?.queries.map((one) => [one.name, one]));
  say(`\n${'query, ms'.padEnd(40)}      p50      p99      max   p50 and p99 encrypted`);
  for (const { name, p50, p99, max } of queries) {
    const key = withKey.get(name);
    const more = key ? fixed(key.p50) + fixed(key.p99) : '';
    say(`${name.padEnd(40)}${fixed(p50)}${fixed(p99)}${fixed(max)}${more}`);
  }
}

function printExports(run: Run): void {
  say(`\n${'export'.padEnd(10)}  seconds  sqlite3    ratio      MB+    rows/s  file MB`);
  for (const format of formats) {
    const measured = run[format];
    if (!measured) continue;
    const { seconds, cliSeconds, ratio, peakMb, rowsPerSecond, fileMb } = measured;
    const figures = [fixed(seconds), fixed(cliSeconds), fixed(ratio, 2), fixed(peakMb)];
    say(`${format.padEnd(10)}${figures.join('')}${fixed(rowsPerSecond, 0)}${fixed(fileMb)}`);
  }
}

function printMaintenance({ inserts, snapshot, salvage }: Run): void {
  if (inserts) {
    say('\ncommit of a call, ms             p50      p99');
    const { idle, busy } = inserts;
    say(`${'alone'.padEnd(30)}${fixed(idle.p50)}${fixed(idle.p99)}`);
    say(`${'while a file is exported'.padEnd(30)}${fixed(busy.p50)}${fixed(busy.p99)}`);
  }
  if (snapshot) say(`snapshot, checked: ${snapshot.seconds.toFixed(1)} s`);
  if (salvage) {
    const { seconds, cpuSeconds, calls } = salvage;
    say(
      `rescue: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} of the processor, for ${calls} calls`,
    );
  }
}

function printRings({ idle, exporting, rings, calls, exports }: RingsMeasured): void {
  say(`\nring, ms, ${rings} times, ${calls} calls       p50      p99`);
  for (const [name, { painted, sounded }] of Object.entries({ idle, exporting })) {
    say(`${`painted, ${name}`.padEnd(30)}${fixed(painted.p50)}${fixed(painted.p99)}`);
    say(`${`heard, ${name}`.padEnd(30)}${fixed(sounded.p50)}${fixed(sounded.p99)}`);
  }
  say(`${exports} whole workbooks meanwhile`);
}

/** Which goals this run reached. */
export function printGoals({ queries, csv, xlsx, parquet, jsonl, rings }: Run): void {
  say();
  const goal = (what: string, value: number, most: number) =>
    say(`${value <= most ? 'reached' : 'MISSED '}  ${what}: ${value.toFixed(2)} ≤ ${most}`);
  if (queries.length > 0) {
    const slowest = queries.reduce((a, b) => (a.p99 > b.p99 ? a : b));
    goal(`p99 of the slowest, ${slowest.name}, ms`, slowest.p99, 20);
    goal('the slowest of all, ms', Math.max(...queries.map(({ max }) => max)), 100);
  }
  if (csv && xlsx && parquet && jsonl) {
    goal('CSV, times sqlite3', csv.ratio, 1.5);
    goal('XLSX, times sqlite3', xlsx.ratio, 4);
    goal('memory, MB', Math.max(...[csv, xlsx, parquet, jsonl].map(({ peakMb }) => peakMb)), 96);
  }
  if (rings) goal('ring beside an export, times idle', rings.ratio, 1.2);
}
