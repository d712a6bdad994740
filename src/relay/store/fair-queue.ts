/** A queue in which everybody's first item comes before anybody's second one. */
export class FairQueue<T> {
  /** None is empty. In the order of whose turn is next. */
  readonly #items = new Map<string, T[]>();

  get isEmpty(): boolean {
    return this.#items.size === 0;
  }

  add(whose: string, item: T): void {
    const own = this.#items.get(whose);
    if (own) own.push(item);
    else this.#items.set(whose, [item]);
  }

  /** Takes the next item out. */
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
