/** Work in lines, one line per key: in a line one task after the other, lines beside each other. */
export class KeyedQueue {
  private readonly last = new Map<string, Promise<void>>();
  private readonly failed: (key: string, error: unknown) => void;

  /** @param failed told of a task that threw; the next in its line runs all the same */
  constructor(failed: (key: string, error: unknown) => void) {
    this.failed = failed;
  }

  add(key: string, task: () => Promise<void>): void {
    const run = this.after(this.last.get(key), key, task);
    this.last.set(key, run);
    void this.forget(key, run);
  }

  /** Resolves when every task added so far is over. */
  async done(): Promise<void> {
    await Promise.all(this.last.values());
  }

  private async after(
    before: Promise<void> | undefined,
    key: string,
    task: () => Promise<void>,
  ): Promise<void> {
    await before;
    try {
      await task();
    } catch (error) {
      this.failed(key, error);
    }
  }

  private async forget(key: string, run: Promise<void>): Promise<void> {
    await run;
    if (this.last.get(key) === run) this.last.delete(key);
  }
}
