import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnv, packageFolder, projectRoot } from './project.mjs';

/** Between two looks whether npm is still there, in ms. */
const ORPHAN_MS = 500;
/** How much of a failed command's output is shown, in characters. */
const SHOWN_TAIL = 4000;

/**
 * Runs a command quietly and returns what it printed; its output is shown only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, input?: string }} [options]
 * @returns {Promise<string>} standard output
 */
export function run(command, args, { cwd = projectRoot, env = childEnv(), timeoutMs, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, timeout: timeoutMs, windowsHide: true });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      all += chunk;
    });
    child.stderr.on('data', (chunk) => (all += chunk));
    child.on('error', (error) => reject(new Error(`${command} could not start: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(stdout);
      const how = signal ? `was stopped by ${signal}` : `ended with code ${code}`;
      reject(new Error(`${command} ${args.join(' ')} ${how}.\n${all.slice(-SHOWN_TAIL).trim()}`));
    });
    child.stdin.on('error', () => {}); // a command that reads nothing may close its input first
    child.stdin.end(input ?? '');
  });
}

/**
 * Whether a command succeeds, for querying the system.
 * @param {string} command
 * @param {string[]} args
 */
export const succeeds = (command, args) =>
  run(command, args).then(
    () => true,
    () => false,
  );

/**
 * Runs a command on this terminal, passes our stop signals on to it, and resolves with the exit
 * code that we should use ourselves.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, hide?: (line: string) => boolean }} [options]
 *   `hide`: lines of standard error that are not shown
 * @returns {Promise<number>}
 */
export function follow(command, args, { cwd = projectRoot, env = childEnv(), hide } = {}) {
  return new Promise((resolve, reject) => {
    const stderr = hide ? 'pipe' : 'inherit';
    const child = spawn(command, args, { cwd, env, stdio: ['inherit', 'inherit', stderr] });
    if (hide && child.stderr) {
      createInterface(child.stderr).on('line', (line) => {
        if (!hide(line)) process.stderr.write(`${line}\n`);
      });
    }
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // At a terminal, Ctrl+C reaches the child anyway.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    // npm passes a signal on to the shell between us, which dies of it and leaves us behind.
    const parent = process.ppid;
    const orphaned = setInterval(() => {
      if (process.env.npm_lifecycle_event && process.ppid !== parent) child.kill('SIGTERM');
    }, ORPHAN_MS);
    const release = () => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, pass);
    };
    child.on('error', (error) => {
      release();
      reject(new Error(`${command} could not start: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      release();
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1));
    });
  });
}

/**
 * Collects what a process prints until it has ended.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number, output: string }>}
 */
export function outcomeOf(child) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => (output += chunk));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * The command line that runs a tool of node_modules with this Node, on any system.
 * @param {string} packageName
 * @param {string[]} args
 * @param {string} [command] the tool's name, if it differs from its package's
 * @returns {[string, ...string[]]} the executable and its arguments
 */
export function tool(packageName, args, command = packageName) {
  const folder = packageFolder(packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [process.execPath, join(folder, typeof bin === 'string' ? bin : bin[command]), ...args];
}

/**
 * Runs a script's main function. A failure prints one clear message, never a stack trace.
 * @param {() => Promise<number | void>} main resolves with the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.RINGDESK_DEBUG && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}
