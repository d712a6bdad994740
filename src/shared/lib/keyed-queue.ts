/** Serial queue per key: tasks with the same key run in order, different keys run concurrently. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<void>>();
  readonly #failed: (key: string, error: unknown) => void;

  /** @param failed called when a task throws; the key's next task runs anyway */
  constructor(failed: (key: string, error: unknown) => void) {
    this.#failed = failed;
  }

  add(key: string, task: () => Promise<void>): void {
    const run = this.#after(this.#last.get(key), key, task);
    this.#last.set(key, run);
    void this.#forget(key, run);
  }

  /** Like `add`; settles as the task does. `failed` is called all the same. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.add(key, async () => {
        try {
          resolve(await task());
        } catch (error) {
          reject(error);
          throw error;
        }
      });
    });
  }

  /** Resolves when every task added so far has finished. */
  async done(): Promise<void> {
    await Promise.all(this.#last.values());
  }

  async #after(
    before: Promise<void> | undefined,
    key: string,
    task: () => Promise<void>,
  ): Promise<void> {
    await before;
    try {
      await task();
    } catch (error) {
      this.#failed(key, error);
    }
  }

  async #forget(key: string, run: Promise<void>): Promise<void> {
    await run;
    if (this.#last.get(key) === run) this.#last.delete(key);
  }
}
