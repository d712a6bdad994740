/** How long an answer may take where an earlier one is known, in ms. */
const PATIENCE_MS = 500;
/** A question that hangs for so long is asked again beside it, in ms. */
const HANGS_AFTER_MS = 2_000;

/**
 * Asks the system, and remembers what it said. Just after a change of network, name servers and PAC
 * scripts may not answer for seconds; meanwhile the last answer is tried. Whoever is reached by it
 * still has to prove who they are by TLS.
 */
export class Recall<T> {
  readonly #ask: (key: string) => Promise<T>;
  readonly #known = new Map<string, T>();
  readonly #asking = new Map<string, { since: number; answer: Promise<T> }>();

  constructor(ask: (key: string) => Promise<T>) {
    this.#ask = async (key) => ask(key);
  }

  /** The answer; the last one if there is none soon. */
  async get(key: string): Promise<T> {
    const answer = this.#askOnce(key);
    const known = this.#known.get(key);
    if (known === undefined) return answer;
    return Promise.race([answer.catch(() => known), after(PATIENCE_MS).then(() => known)]);
  }

  #askOnce(key: string): Promise<T> {
    const now = performance.now();
    const asking = this.#asking.get(key);
    if (asking && now - asking.since < HANGS_AFTER_MS) return asking.answer;
    const answer = this.#askNow(key, () => this.#asking.get(key)?.answer === answer);
    this.#asking.set(key, { since: now, answer });
    return answer;
  }

  /** @param isLast whether nobody has asked again since */
  async #askNow(key: string, isLast: () => boolean): Promise<T> {
    try {
      const found = await this.#ask(key);
      this.#known.set(key, found);
      return found;
    } finally {
      if (isLast()) this.#asking.delete(key);
    }
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
