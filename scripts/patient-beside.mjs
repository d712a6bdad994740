import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { childEnv, projectRoot } from './runtime/project.mjs';
import { outcomeOf, tool } from './runtime/run.mjs';

/** They take what the others leave of the processors: 0 is usual, 20 is least. */
const PRIORITY = 5;

/**
 * Runs the integration tests that mostly wait for other processes, two files at a time, beside those that need
 * a processor in time. What they print is kept until they have ended.
 *
 * @param {readonly string[]} args
 * @param {Promise<unknown> | undefined} after they start when this is over: more at once would be too much for two
 *   processors
 * @returns {{ ended: Promise<{ code: number, output: string, tookMs: number }>, stop: () => void }}
 */
export function startPatient(args, after) {
  let isStopped = false;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  const run = async () => {
    await after;
    const started = performance.now();
    if (isStopped) return { code: 1, output: '', tookMs: 0 };
    const lane = ['run', '--project', 'integration-patient', '--maxWorkers=2', ...args];
    const [node, ...command] = tool('vitest', lane);
    child = spawn(node, command, {
      cwd: projectRoot,
      env: childEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) setPriority(child.pid, PRIORITY);
    return { ...(await outcomeOf(child)), tookMs: performance.now() - started };
  };
  return {
    ended: run(),
    stop: () => {
      isStopped = true;
      child?.kill();
    },
  };
}
