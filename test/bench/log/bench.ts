import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../../src/main/db/open.ts';
import { measureEncrypted } from './encrypted.ts';
import { measureExports } from './exports.ts';
import { measureInserts, measureSalvage, measureSnapshot } from './maintenance.ts';
import { measureQueries } from './queries.ts';
import { printGoals, printRun, type Run } from './report.ts';
import { measureRingsBesideExport } from './rings.ts';
import { makeSampleLog } from './sample-log.ts';

/** What is measured unless parts are named: `encrypted` takes minutes more. */
const PARTS = 'queries,exports,rings,inserts,snapshot,salvage';

/**
 * `npm run bench:log -- [--calls 1000000] [--file FILE] [--json FILE] [--rings 50]
 *   [--only queries,exports,rings,inserts,snapshot,salvage,encrypted]`
 *
 * Measures the call log: pages, searches and details; exports, beside the `sqlite3` command line on the same file; how
 * soon the app rings beside an export; calls that are stored beside one; a snapshot and a rescue; and questions and a
 * CSV of the encrypted log. `--file` keeps the log for the next run.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    file: { type: 'string' },
    json: { type: 'string' },
    rings: { type: 'string', default: '50' },
    only: { type: 'string', default: PARTS },
  },
});
const calls = Number(values.calls);
const parts = new Set(values.only.split(','));
const begun = performance.now();
const say = (line: string) => {
  const seconds = Math.round((performance.now() - begun) / 1000);
  process.stdout.write(`${String(seconds).padStart(5)} s  ${line}\n`);
};

const folder = mkdtempSync(join(tmpdir(), 'ringdesk-bench-log-'));
try {
  const path = values.file ?? join(folder, 'ringdesk.db');
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
  say(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load}`);
  if (!existsSync(path)) {
    say(`makes a log of ${calls} calls`);
    makeSampleLog(path, calls, undefined, say);
  }
  // One of an earlier run may have an earlier format.
  openDatabase({ path }).db.close();
  say(`${calls} calls, ${Math.round(statSync(path).size / 1e6)} MB`);

  const run: Run = { machine, calls, queries: [] };
  /** Each part as soon as it is measured: the next one takes minutes. */
  const measure = async (part: string, what: () => Promise<Partial<Run>>) => {
    if (!parts.has(part)) return;
    say(`${part}:`);
    Object.assign(run, await what());
    run.seconds = Math.round((performance.now() - begun) / 1000);
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify(run, undefined, 2)}\n`);
    }
  };
  await measure('queries', async () => ({ queries: await measureQueries({ path }, say) }));
  await measure('exports', async () => measureExports(path, folder, calls, say));
  await measure('rings', async () => ({
    rings: await measureRingsBesideExport(Number(values.rings), say),
  }));
  await measure('inserts', async () => ({ inserts: await measureInserts(path, folder, say) }));
  await measure('snapshot', async () => ({ snapshot: await measureSnapshot(path, folder) }));
  await measure('salvage', async () => ({ salvage: await measureSalvage(path, folder, say) }));
  await measure('encrypted', async () => ({
    encrypted: await measureEncrypted(path, folder, say),
  }));
  printRun(run);
  printGoals(run);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
