import { Worker } from 'node:worker_threads';

export type RepairJob =
  | { do: 'check'; path: string }
  | { do: 'index'; path: string }
  | { do: 'salvage'; from: string; to: string };

/** Messages from the thread. All but `progress` are the last one. */
export type FromRepair =
  | { kind: 'progress'; share: number }
  | { kind: 'checked'; problem: string | undefined }
  | { kind: 'indexed' }
  | { kind: 'salvaged'; calls: number }
  | { kind: 'failed'; message: string };

/**
 * Work on a whole file in the background. Every method rejects when the thread or the file fails.
 */
export interface Repairs {
  /** @returns the first sign of damage */
  check(path: string): Promise<string | undefined>;
  /** Adds calls from before an index to it, so that they are found as quickly as new ones. */
  index(path: string): Promise<void>;
  /**
   * @param onProgress share of the work that is done, 0–1
   * @returns calls that came back
   */
  salvage(
    files: { from: string; to: string },
    onProgress: (share: number) => void,
  ): Promise<number>;
  /** Stops all work and closes all files, so that they can be moved or closed for good. */
  release(): Promise<void>;
}

/** One thread per job. `script`: bundled in the app, the TypeScript file in tests. */
export class RepairThreads implements Repairs {
  readonly #script: string | URL;
  readonly #nativeBinding: string | undefined;
  readonly #running = new Set<Worker>();

  constructor(script: string | URL, nativeBinding: string | undefined) {
    this.#script = script;
    this.#nativeBinding = nativeBinding;
  }

  async check(path: string): Promise<string | undefined> {
    const done = await this.#run({ do: 'check', path }, () => undefined);
    if (done.kind === 'checked') return done.problem;
    throw new Error(`asked for a check, got ${done.kind}`);
  }

  async index(path: string): Promise<void> {
    await this.#run({ do: 'index', path }, () => undefined);
  }

  async salvage(
    files: { from: string; to: string },
    onProgress: (share: number) => void,
  ): Promise<number> {
    const done = await this.#run({ do: 'salvage', ...files }, onProgress);
    if (done.kind === 'salvaged') return done.calls;
    throw new Error(`asked for a rescue, got ${done.kind}`);
  }

  async release(): Promise<void> {
    await Promise.all([...this.#running].map(stopped));
  }

  #run(job: RepairJob, onProgress: (share: number) => void): Promise<FromRepair> {
    const worker = new Worker(this.#script, {
      workerData: { job, nativeBinding: this.#nativeBinding },
    });
    this.#running.add(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromRepair) => {
        if (message.kind === 'progress') onProgress(message.share);
        else if (message.kind === 'failed') reject(new Error(message.message));
        else resolve(message);
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        this.#running.delete(worker);
        reject(new Error('the thread stopped'));
      });
    });
  }
}

/**
 * Stops gracefully: a thread that is killed during a write would leave the file locked for the
 * whole process.
 */
function stopped(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
    // A thread's port takes no target origin; the rule means windows.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage('stop');
  });
}
