import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How to start an Electron. */
export interface Program {
  path: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** A program that was started as a user starts it: nothing is attached to it. */
export class RunningProgram {
  /** From the start of its process until it could be used, in ms. */
  readonly startMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, startMs: number) {
    this.#child = child;
    this.startMs = startMs;
  }

  /** Resolves at the first line of its standard output, which says that it can be used. */
  static async start({ path, args, env }: Program): Promise<RunningProgram> {
    const { ELECTRON_RUN_AS_NODE: _asNode, ...rest } = env;
    const startedAt = performance.now();
    const child = spawn(path, args, { env: rest, stdio: ['ignore', 'pipe', 'ignore'] });
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`it ended with code ${code}`)));
      createInterface({ input: child.stdout }).once('line', () =>
        resolve(new RunningProgram(child, performance.now() - startedAt)),
      );
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('it has not started');
    return this.#child.pid;
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
  }
}
