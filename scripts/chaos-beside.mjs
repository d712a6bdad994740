import { spawn } from 'node:child_process';
import { childEnv, projectRoot } from './runtime/project.mjs';
import { outcomeOf } from './runtime/run.mjs';

/** Two minutes with each store; docs/relay/chaos.md. */
const RUNS = [
  { store: 'sqlite', seed: 4 },
  { store: 'nats', seed: 6 },
];
const MINUTES = 2;
/** What a run ends with on a machine where it cannot run. */
const NO_NETWORK = 2;

/** @typedef {{ name: string, result: 'ok' | 'failed' | 'not possible here', output: string, tookMs: number }} ChaosRun */

/**
 * Starts the runs of chaos, one after the other, beside the tests: they mostly wait. What they print is
 * kept until they have ended. In CI one that failed is repeated once, as tests are, and both are shown.
 *
 * @returns {{ ended: Promise<ChaosRun[]>, stop: () => void }}
 */
export function startChaos() {
  let isStopped = false;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  const runAll = async () => {
    /** @type {ChaosRun[]} */
    const ended = [];
    const left = [...RUNS];
    for (;;) {
      const run = left.shift();
      if (!run || isStopped) break;
      const { store, seed } = run;
      const started = performance.now();
      const switches = ['--seed', String(seed), '--minutes', String(MINUTES), '--store', store];
      child = spawn(process.execPath, ['test/chaos/chaos.ts', ...switches], {
        cwd: projectRoot,
        env: childEnv(),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const { code, output } = await outcomeOf(child);
      const isImpossible = code === NO_NETWORK && !process.env.CI;
      const isRepeated = ended.at(-1)?.name === `chaos ${store}`;
      const result = isImpossible ? 'not possible here' : code === 0 ? 'ok' : 'failed';
      ended.push({ name: `chaos ${store}`, result, output, tookMs: performance.now() - started });
      if (result === 'failed' && !isRepeated && process.env.CI) left.unshift(run);
    }
    return ended;
  };
  return {
    ended: runAll(),
    stop: () => {
      isStopped = true;
      child?.kill();
    },
  };
}
