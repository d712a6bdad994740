import './runtime/node24.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases, resultsOf, tableOf } from './cases/results.mjs';
import { TEST_PROGRAMS, ensureInstalled } from './runtime/debian.mjs';
import { ensureNats } from './runtime/nats.mjs';
import { prepare } from './runtime/prepare.mjs';
import { seconds } from './runtime/progress.mjs';
import { childEnv } from './runtime/project.mjs';
import { beside, follow } from './runtime/run.mjs';

/**
 * npm test: all checks, quick ones first; stops at the first failure. Chaos, which mostly waits, runs
 * beside the tests in Node. Ends with the table of cases; the last line counts the tests of all stages
 * in a form for machines.
 */

/** @typedef {{ passed: number, failed: number }} Counts */

const reports = mkdtempSync(join(tmpdir(), 'ringdesk-reports-'));
/** @param {string} name */
const report = (name) => join(reports, `${name}.json`);

/** @param {string} name */
const vitest = (name) => ({
  script: `test:${name}`,
  args: ['--reporter=default', '--reporter=json', `--outputFile.json=${report(name)}`],
  env: {},
  count: () => countVitest(report(name)),
});

const stages = [
  { script: 'format:check' },
  { script: 'lint' },
  { script: 'circles' },
  { script: 'typecheck' },
  vitest('unit'),
  vitest('integration'),
  {
    script: 'test:e2e',
    env: { RINGDESK_E2E_JSON: report('e2e') },
    count: () => countPlaywright(report('e2e')),
  },
];

/** Runs of docs/relay/chaos.md, one after the other. Each seed has been run often. */
const CHAOS = [{ store: 'sqlite', seed: '4' }];
const CHAOS_MINUTES = '2';
/** What it ends with on a machine where it cannot run. */
const NO_NETWORK = 2;

// Installed first, because the integration tests use some of it as well.
const runtime = await prepare({ display: true, isolated: true, keyring: true });
await runtime.dispose();
/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);
await ensureInstalled(TEST_PROGRAMS, say);
await ensureNats(say);

process.exitCode = await runStages();

async function runStages() {
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const summary = [];
  /** @param {string} name @param {number} code @param {Counts | undefined} counts @param {number} tookMs */
  const sumUp = (name, code, counts, tookMs) => {
    if (counts) {
      total.passed += counts.passed;
      total.failed += counts.failed;
    }
    const result = code === 0 ? 'ok' : `FAILED (exit code ${code})`;
    const tests = counts ? `, ${counts.passed} passed, ${counts.failed} failed` : '';
    summary.push(`${name.padEnd(18)} ${result}${tests}, ${seconds(tookMs)}`);
  };
  let code = 0;
  /** @type {ReturnType<typeof startChaos> | undefined} */
  let chaos;
  for (const { script, args = [], env = {}, count } of stages) {
    if (script === 'test:unit') chaos = startChaos();
    process.stdout.write(`\n=== ${script}\n`);
    const started = performance.now();
    const separator = args.length > 0 ? ['--'] : [];
    code = await follow(npm(), ['run', '--silent', script, ...separator, ...args], {
      env: childEnv(env),
    });
    sumUp(script, code, count?.(), performance.now() - started);
    if (code !== 0) break;
    if (script !== 'test:integration' || !chaos) continue;
    process.stdout.write('\n=== chaos\n');
    for (const { name, code: its, output, tookMs } of await chaos.ended) {
      process.stdout.write(`${output}\n`);
      if (its === NO_NETWORK && !process.env.CI) {
        summary.push(`${name.padEnd(18)} not run: this machine allows no network namespaces`);
        continue;
      }
      sumUp(name, its, { passed: its === 0 ? 1 : 0, failed: its === 0 ? 0 : 1 }, tookMs);
      code ||= its;
    }
    if (code !== 0) break;
  }
  chaos?.stop();
  await chaos?.ended;
  if (code === 0) {
    const results = resultsOf([report('unit'), report('integration')], report('e2e'));
    const { text, ok } = tableOf(allCases(), results);
    process.stdout.write(`\n=== Cases of test/cases.json\n${text}\n`);
    if (!ok) code = 1;
  }
  rmSync(reports, { recursive: true, force: true });
  const skipped = stages
    .filter(({ script }) => !summary.some((line) => line.startsWith(`${script} `)))
    .map(({ script }) => `${script.padEnd(18)} not run`);
  process.stdout.write(`\n=== Summary\n${[...summary, ...skipped].join('\n')}\n\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return code;
}

/** Starts the runs of chaos beside the stages. */
function startChaos() {
  let isStopped = false;
  let stop = () => {};
  const run = async () => {
    const results = [];
    for (const { store, seed } of CHAOS) {
      const started = performance.now();
      const args = ['--seed', seed, '--minutes', CHAOS_MINUTES, '--store', store];
      const one = beside(process.execPath, ['test/chaos/chaos.ts', ...args]);
      stop = one.stop;
      const ended = await one.ended;
      results.push({ name: `chaos ${store}`, ...ended, tookMs: performance.now() - started });
      if (isStopped) break;
    }
    return results;
  };
  return {
    ended: run(),
    stop: () => {
      isStopped = true;
      stop();
    },
  };
}

function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

/**
 * A report that was never written counts nothing: its stage's exit code shows the failure.
 * @param {string} file
 */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @param {string} file @returns {Counts | undefined} */
function countVitest(file) {
  const result = readReport(file);
  return result && { passed: result.numPassedTests, failed: result.numFailedTests };
}

/** @param {string} file @returns {Counts | undefined} */
function countPlaywright(file) {
  const stats = readReport(file)?.stats;
  return stats && { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}
