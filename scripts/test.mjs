import './runtime/node24.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases, resultsOf, tableOf } from './cases/results.mjs';
import { startChaos } from './chaos-beside.mjs';
import { startPatient } from './patient-beside.mjs';
import { TEST_PROGRAMS, ensureInstalled } from './runtime/debian.mjs';
import { ensureNats } from './runtime/nats.mjs';
import { prepare } from './runtime/prepare.mjs';
import { seconds } from './runtime/progress.mjs';
import { childEnv } from './runtime/project.mjs';
import { follow, tool } from './runtime/run.mjs';

/**
 * npm test: all checks, quick ones first; stops at the first failure. Chaos runs beside the tests in
 * Node, and then patient integration tests do. Ends with the table of cases; its last line counts the tests of all stages in a form for machines.
 */

/** @typedef {{ passed: number, failed: number }} Counts */

const reports = mkdtempSync(join(tmpdir(), 'ringdesk-reports-'));
/** @param {string} name */
const report = (name) => join(reports, `${name}.json`);

/** @param {string} name */
const reported = (name) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report(name)}`,
];

/** @param {string} name @param {string[]} [projects] @param {string[]} [switches] */
const vitest = (name, projects = [name], switches = []) => ({
  script: `test:${name}`,
  command: tool('vitest', [
    'run',
    ...switches,
    ...projects.map((project) => `--project=${project}`),
    ...reported(name),
  ]),
  env: {},
  count: () => countVitest(report(name)),
});

const stages = [
  { script: 'format:check' },
  { script: 'lint' },
  { script: 'circles' },
  { script: 'typecheck' },
  { script: 'docs' },
  vitest('unit', ['unit', 'unit-renderer']),
  // They wait more than they compute.
  vitest('integration', ['integration'], [`--maxWorkers=${availableParallelism() + 1}`]),
  {
    script: 'test:e2e',
    env: { RINGDESK_E2E_JSON: report('e2e') },
    count: () => countPlaywright(report('e2e')),
  },
];

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
  let code = 0;
  /** @type {ReturnType<typeof startChaos> | undefined} */
  let chaos;
  /** @type {ReturnType<typeof startPatient> | undefined} */
  let patient;
  /** @param {string} name @param {number} code @param {Counts | undefined} counts @param {number} tookMs */
  const sum = (name, code, counts, tookMs) => {
    if (counts) {
      total.passed += counts.passed;
      total.failed += counts.failed;
    }
    const result = code === 0 ? 'ok' : `FAILED (exit code ${code})`;
    const tests = counts ? `, ${counts.passed} passed, ${counts.failed} failed` : '';
    summary.push(`${name.padEnd(18)} ${result}${tests}, ${seconds(tookMs)}`);
  };
  for (const { script, command, env = {}, count } of stages) {
    if (script === 'test:unit') chaos = startChaos();
    if (script === 'test:integration') {
      patient = startPatient(reported('patient'), chaos?.ended);
    }
    process.stdout.write(`\n=== ${script}\n`);
    const started = performance.now();
    const [program, ...args] = command ?? [npm(), 'run', '--silent', script];
    code = await follow(program, args, { env: childEnv(env) });
    sum(script, code, count?.(), performance.now() - started);
    if (code !== 0) break;
    if (script !== 'test:integration' || !chaos || !patient) continue;
    /** @type {Map<string, string>} */
    const results = new Map();
    for (const { name, result, output, tookMs } of await chaos.ended) {
      process.stdout.write(`\n=== ${name}\n${output}`);
      summary.push(`${name.padEnd(18)} ${result}, ${seconds(tookMs)}`);
      results.set(name, result);
    }
    for (const result of results.values()) {
      if (result === 'ok') total.passed += 1;
      if (result !== 'failed') continue;
      total.failed += 1;
      code = 1;
    }
    const patients = await patient.ended;
    process.stdout.write(`\n=== patient tests\n${patients.output}`);
    sum('patient tests', patients.code, countVitest(report('patient')), patients.tookMs);
    if (patients.code !== 0) code = patients.code;
    if (code !== 0) break;
  }
  chaos?.stop();
  patient?.stop();
  await Promise.all([chaos?.ended, patient?.ended]);
  if (code === 0) {
    const results = resultsOf(['unit', 'integration', 'patient'].map(report), report('e2e'));
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
