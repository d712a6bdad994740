/**
 * The smallest typed event source: listeners are called in order, and one that throws does not stop
 * the others.
 */
export class Emitter<E> {
  readonly #listeners = new Set<(event: E) => void>();

  /** Subscribes; the returned function unsubscribes. */
  on(listener: (event: E) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: E): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        // A broken observer (a test's assertion, a closed stream) must not affect the world.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
