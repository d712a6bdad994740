/**
 * A queue that serves its sources in turn: each source's first item comes before any source's
 * second.
 */
export class FairQueue<T> {
  /** In the order of turns; no source's list is empty. */
  readonly #items = new Map<string, T[]>();

  get isEmpty(): boolean {
    return this.#items.size === 0;
  }

  add(whose: string, item: T): void {
    const own = this.#items.get(whose);
    if (own) own.push(item);
    else this.#items.set(whose, [item]);
  }

  /** Removes the next item. */
  take(): T | undefined {
    for (const [whose, own] of this.#items) {
      this.#items.delete(whose);
      const item = own.shift();
      if (own.length > 0) this.#items.set(whose, own);
      return item;
    }
    return undefined;
  }
}
