import { FairQueue } from './fair-queue.ts';

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
  readonly #queue = new FairQueue<Waiting<T, R>>();
  #isDue = false;

  /**
   * @param commit commits all or none of its items, and returns a result for each
   * @param most items in one transaction
   */
  constructor(commit: (items: readonly T[]) => Promise<readonly R[]>, most: number) {
    this.#commit = commit;
    this.#most = most;
  }

  /** Commits an item soon. Rejects when that fails; then nothing of it is written. */
  add(whose: string, item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#queue.add(whose, { item, resolve, reject });
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
      if (!this.#queue.isEmpty) this.#commitSoon();
    });
  }

  #takeTurns(): readonly Waiting<T, R>[] {
    const group: Waiting<T, R>[] = [];
    while (group.length < this.#most) {
      const next = this.#queue.take();
      if (!next) break;
      group.push(next);
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
