import { FairQueue } from './fair-queue.ts';

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Commits items that arrive together in one transaction, because its cost is one wait for the disk,
 * however much it contains. Sources take turns, so that a flood from one delays the others by at
 * most one transaction.
 */
export class GroupCommit<T, R> {
  readonly #commit: (items: readonly T[]) => Promise<readonly R[]>;
  readonly #most: number;
  readonly #queue = new FairQueue<Waiting<T, R>>();
  #isDue = false;

  /**
   * @param commit commits all of its items or none, and returns a result for each
   * @param most items per transaction
   */
  constructor(commit: (items: readonly T[]) => Promise<readonly R[]>, most: number) {
    this.#commit = commit;
    this.#most = most;
  }

  /** Commits an item soon. Rejects if that fails; nothing of it is written then. */
  add(whose: string, item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#queue.add(whose, { item, resolve, reject });
      this.#commitSoon();
    });
  }

  /** Runs after everything that has arrived by now. */
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
      // One item may be to blame; the others must not fail with it.
      for (const one of group) await this.#commitGroup([one]);
    }
  }
}
