import { writeFileSync } from 'node:fs';
import { ensureNats } from '../../scripts/runtime/nats.mjs';
import { parseArgs } from 'node:util';
import { check } from './checker/check.ts';
import { Conductor } from './conductor.ts';
import { whyNoNetwork } from './network.ts';
import { faultKinds } from './faults.ts';
import { makePlan } from './plan.ts';
import { reportOf, textOf } from './report.ts';

/**
 * `npm run chaos -- [--seed N] [--minutes M] [--store sqlite|nats] [--only KIND,KIND]
 * [--without KIND,KIND] [--plan]
 * [--json FILE] [--keep]`
 *
 * Simulates calls and messages with a real relay and real consoles, injects faults, and then checks
 * everybody's records for broken promises: docs/relay/chaos.md. The exit code is 1 if it finds any,
 * and 2 if it cannot run.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '2' },
    store: { type: 'string', default: 'sqlite' },
    only: { type: 'string' },
    without: { type: 'string' },
    plan: { type: 'boolean', default: false },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

const store = values.store === 'nats' ? 'nats' : 'sqlite';
/** A store in SQLite serves one. */
const relays = store === 'nats' ? 3 : 1;
const only = faultKinds.filter(
  (kind) =>
    (values.only?.split(',').includes(kind) ?? true) && !values.without?.split(',').includes(kind),
);
const plan = makePlan({
  seed: Number(values.seed),
  minutes: Number(values.minutes),
  store,
  relays,
  only,
});

if (values.plan) process.stdout.write(`${JSON.stringify(plan, undefined, 2)}\n`);
else process.exitCode = await run();

async function run(): Promise<number> {
  const why = whyNoNetwork();
  if (why !== undefined) {
    process.stderr.write(
      `This needs network namespaces, which root on Linux can make (iproute2): ${why}\n`,
    );
    return 2;
  }
  if (store === 'nats') await ensureNats((line) => void process.stdout.write(`${line}\n`));
  const conductor = new Conductor(plan);
  let isGood = false;
  const interrupt = () => {
    void conductor.close().then(() => process.exit(130));
  };
  // Thrown where nobody waits for it, it would leave everything running.
  process.once('uncaughtException', (thrown) => {
    process.stderr.write(`${thrown.stack ?? thrown.message}\n`);
    void conductor.close().then(() => process.exit(2));
  });
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    await conductor.open(relays);
    await conductor.play();
    const history = await conductor.history();
    const report = reportOf(plan, relays, history, check(history));
    process.stdout.write(textOf(report));
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    isGood = report.violations.length === 0;
    return isGood ? 0 : 1;
  } finally {
    await conductor.close();
    if (isGood && !values.keep) conductor.discard();
    else process.stdout.write(`\nThe histories are in ${conductor.folder}\n`);
  }
}
