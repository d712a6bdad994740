import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Bench, type Row } from './measure.ts';
import { measureFairness } from './fairness.ts';
import { goalsOf } from './goals.ts';
import {
  printFairness,
  printGoals,
  printHead,
  printIngest,
  printRow,
  printStorm,
} from './report.ts';
import { kinds, workspacesFor } from './wire.ts';

/**
 * `node test/bench/relay/bench.ts [--consoles 100,300] [--webhooks 200] [--workspace 300] [--quick] [--kinds relay,ws]
 * [--json FILE] [--profile DIR]`
 *
 * Measures the cost of sending webhooks' events to consoles: Ringdesk's relay beside socket.io, which keeps the last
 * minutes in memory, and a plain broadcast over `ws`, which keeps nothing. Each runs in its own process; this one
 * generates the load: providers and consoles. At the end it prints which goals were reached.
 */
const { values } = parseArgs({
  options: {
    consoles: { type: 'string' },
    webhooks: { type: 'string', default: '200' },
    workspace: { type: 'string', default: '300' },
    kinds: { type: 'string', default: kinds.join(',') },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
});

/** Webhooks that arrive while all consoles are offline. */
const STORM_GAP = 100;
const INGESTED = values.quick ? 2_000 : 10_000;

const consoles = values.consoles ?? (values.quick ? '100,300' : '100,300,1000,3000');
const counts = consoles.split(',').map(Number);
const webhooks = Number(values.webhooks);
/** Consoles of one workspace: they receive the same webhooks and see each other. */
const perWorkspace = Number(values.workspace);
const nodeOptions =
  values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  load: loadavg()[0] ?? 0,
};
printHead(machine, webhooks);

const rows: Row[] = [];
for (const count of counts) {
  for (const kind of kinds) {
    if (!values.kinds.split(',').includes(kind)) continue;
    const workspaces = workspacesFor(count, perWorkspace);
    const bench = await Bench.start({ kind, consoles: count, workspaces, nodeOptions });
    const row = await bench.row(webhooks);
    await bench.end();
    printRow(row);
    rows.push(row);
  }
}

const most = Math.max(...counts);
const stormed = await Bench.start({
  kind: 'relay',
  consoles: most,
  workspaces: workspacesFor(most, perWorkspace),
  nodeOptions,
});
await stormed.row(1);
const storm = await stormed.storm(STORM_GAP);
await stormed.end();
printStorm(storm);

const ingesting = await Bench.start({ kind: 'relay', consoles: 0, workspaces: 1, nodeOptions });
const ingest = await ingesting.ingest(INGESTED);
await ingesting.end();
printIngest(ingest);

printFairness(await measureFairness(nodeOptions));
printGoals(goalsOf(rows, storm, ingest));

if (values.json !== undefined) {
  const report = { machine, rows, ingest, storm };
  writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}
