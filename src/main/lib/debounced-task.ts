import type { Clock } from '../../shared/lib/clock.ts';

interface DebouncedTaskOptions {
  /** How long nothing must have changed, in ms. */
  pauseMs: number;
  run: () => Promise<void>;
  clock: Clock;
  /** The task failed unexpectedly; it runs again with the next change. */
  failed: (error: unknown) => void;
}

/** Runs a task once changes have paused, and never twice at a time. */
export class DebouncedTask {
  readonly #options: DebouncedTaskOptions;
  #cancelPause: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: DebouncedTaskOptions) {
    this.#options = options;
  }

  /** Something has changed. */
  soon(): void {
    const { clock, pauseMs } = this.#options;
    this.#cancelPause();
    this.#cancelPause = clock.at(clock.now() + pauseMs, () => void this.now());
  }

  /** Resolves when this run is over. One that fails, such as on a full disk, does not hold up the next. */
  now(): Promise<void> {
    const { run, failed } = this.#options;
    this.#cancelPause();
    this.#running = this.#running.then(run).catch(failed);
    return this.#running;
  }

  close(): void {
    this.#cancelPause();
  }
}
