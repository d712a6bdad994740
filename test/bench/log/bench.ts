import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureExports } from './exports.ts';
import { measureMaintenance } from './maintenance.ts';
import { measureQueries } from './queries.ts';
import { printGoals, printMaintenance, printQueries, printExports } from './report.ts';
import { makeSampleLog } from './sample-log.ts';

/**
 * `node test/bench/log/bench.ts [--calls 1000000] [--file FILE] [--json FILE] [--only queries,exports,maintenance]`
 *
 * Measures the call log: pages, searches and details; exports, beside the `sqlite3` command line on the same file;
 * calls that are stored while an export runs; a snapshot and a rescue. `--file` keeps the log for the next run.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    file: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string', default: 'queries,exports,maintenance' },
  },
});
const calls = Number(values.calls);
const parts = new Set(values.only.split(','));

const folder = mkdtempSync(join(tmpdir(), 'ringdesk-bench-log-'));
try {
  const file = values.file ?? join(folder, 'ringdesk.db');
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
  say(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load}`);
  if (!existsSync(file)) {
    say(`Making a log of ${calls} calls`);
    makeSampleLog(file, calls);
  }
  say(`${calls} calls, ${Math.round(statSync(file).size / 1e6)} MB`);

  const queries = parts.has('queries') ? await measureQueries(file) : [];
  printQueries(queries);
  const exports = parts.has('exports') ? await measureExports(file, folder, calls) : undefined;
  if (exports) printExports(exports);
  const maintenance = parts.has('maintenance') ? await measureMaintenance(file, folder) : undefined;
  if (maintenance) printMaintenance(maintenance);
  printGoals(queries, exports);
  if (values.json !== undefined) {
    const report = { machine, calls, queries, ...exports, ...maintenance };
    writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
