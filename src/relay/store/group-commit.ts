interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Commits what comes together in one transaction: its price is the wait for the disk, whatever it holds. Everybody takes
 * turns, so that a flood of one delays no other by more than one transaction.
 */
export class GroupCommit<T, R> {
  readonly #commit: (items: readonly T[]) => Promise<readonly R[]>;
  readonly #most: number;
  readonly #queues = new Map<string, Waiting<T, R>[]>();
  #isDue = false;

  /**
   * @param commit commits all or none of its items, and returns a result for each
   * @param most items in one transaction
   */
  constructor(commit: (items: readonly T[]) => Promise<readonly R[]>, most: number) {
    this.#commit = commit;
    this.#most = most;
  }

  /** How many items of somebody wait. */
  waiting(whose: string): number {
    return this.#queues.get(whose)?.length ?? 0;
  }

  /** Commits an item soon. Rejects when that fails; then nothing of it is written. */
  add(whose: string, item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(whose) ?? [];
      this.#queues.set(whose, queue);
      queue.push({ item, resolve, reject });
      this.#commitSoon();
    });
  }

  /** After all that has arrived by now. */
  #commitSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      void this.#commitGroup(this.#takeTurns());
      if (this.#queues.size > 0) this.#commitSoon();
    });
  }

  #takeTurns(): readonly Waiting<T, R>[] {
    const group: Waiting<T, R>[] = [];
    while (group.length < this.#most && this.#queues.size > 0) {
      for (const [whose, queue] of this.#queues) {
        const next = queue.shift();
        if (next) group.push(next);
        if (queue.length === 0) this.#queues.delete(whose);
        if (group.length === this.#most) break;
      }
    }
    return group;
  }

  async #commitGroup(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#commit(group.map(({ item }) => item));
      for (const [index, result] of results.entries()) group[index]?.resolve(result);
    } catch (error) {
      if (group.length === 1) return group[0]?.reject(error);
      // One of them may be to blame. The others must not fail with it.
      for (const one of group) await this.#commitGroup([one]);
    }
  }
}
