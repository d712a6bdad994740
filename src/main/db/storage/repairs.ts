import { Worker } from 'node:worker_threads';

/** Which file is read, and into which what comes back is written. */
export interface SalvageFiles {
  from: string;
  to: string;
  /** Only calls that `to` did not have are counted. */
  isNew?: boolean | undefined;
  /** Only calls whose own pages are lost, from what their indexes say of them; after everything else. */
  isRemnants?: boolean | undefined;
}

export type RepairJob =
  | { do: 'encrypt'; path: string }
  | { do: 'snapshot'; path: string; to: string }
  | { do: 'check'; path: string }
  | { do: 'index'; path: string }
  | { do: 'purge'; path: string }
  | ({ do: 'salvage' } & SalvageFiles);

/** Messages from the thread. All but `progress` are the last one. */
export type FromRepair =
  | { kind: 'progress'; share: number }
  | { kind: 'checked'; problem: string | undefined }
  | { kind: 'encrypted'; changed: boolean }
  | { kind: 'snapshot-made'; calls: number }
  | { kind: 'indexed' }
  | { kind: 'purged' }
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
  /** Rewrites the search indexes and empties the write-ahead log: nothing removed is left in them. */
  purge(path: string): Promise<void>;
  /**
   * @param onProgress share of the work that is done, 0–1
   * @returns calls that came back
   */
  salvage(files: SalvageFiles, onProgress: (share: number) => void): Promise<number>;
  /**
   * Encrypts a file that nobody has open with the first key, unless it is.
   * @returns whether it was changed
   */
  encrypt(path: string): Promise<boolean>;
  /** Makes a copy at `to` and checks it. @returns its calls */
  snapshot(path: string, to: string): Promise<number>;
  /** Stops all work and closes all files, so that they can be moved or closed for good. */
  release(): Promise<void>;
}

/** One thread per job. `script`: bundled in the app, the TypeScript file in tests. */
export class RepairThreads implements Repairs {
  readonly #script: string | URL;
  readonly #nativeBinding: string | undefined;
  readonly #keys: readonly string[];
  readonly #running = new Set<Worker>();

  constructor(
    script: string | URL,
    nativeBinding: string | undefined,
    keys: readonly string[] = [],
  ) {
    this.#script = script;
    this.#nativeBinding = nativeBinding;
    this.#keys = keys;
  }

  async check(path: string): Promise<string | undefined> {
    const done = await this.#run({ do: 'check', path }, () => undefined);
    if (done.kind === 'checked') return done.problem;
    throw new Error(`asked for a check, got ${done.kind}`);
  }

  async index(path: string): Promise<void> {
    await this.#run({ do: 'index', path }, () => undefined);
  }

  async purge(path: string): Promise<void> {
    await this.#run({ do: 'purge', path }, () => undefined);
  }

  async salvage(files: SalvageFiles, onProgress: (share: number) => void): Promise<number> {
    const done = await this.#run({ do: 'salvage', ...files }, onProgress);
    if (done.kind === 'salvaged') return done.calls;
    throw new Error(`asked for a rescue, got ${done.kind}`);
  }

  async encrypt(path: string): Promise<boolean> {
    const done = await this.#run({ do: 'encrypt', path }, () => undefined);
    if (done.kind === 'encrypted') return done.changed;
    throw new Error(`asked to encrypt, got ${done.kind}`);
  }

  async snapshot(path: string, to: string): Promise<number> {
    const done = await this.#run({ do: 'snapshot', path, to }, () => undefined);
    if (done.kind === 'snapshot-made') return done.calls;
    throw new Error(`asked for a snapshot, got ${done.kind}`);
  }

  async release(): Promise<void> {
    await Promise.all([...this.#running].map(stopped));
  }

  #run(job: RepairJob, onProgress: (share: number) => void): Promise<FromRepair> {
    const worker = new Worker(this.#script, {
      workerData: { job, nativeBinding: this.#nativeBinding, keys: this.#keys },
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
