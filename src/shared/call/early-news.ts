/** A connect, its HTTP answer and all its webhooks fall into seconds; the request itself is given up after 30, in ms. */
const KEPT_MS = 120_000;
/** News of other consoles' calls come here too, so there is room for a busy team. */
const KEPT = 1_000;
/** A call has a handful of webhooks; one that is told of for ever must not push the others out. */
const KEPT_OF_ONE = 16;

interface Kept<News> {
  accountId: string;
  ids: readonly string[];
  news: News;
  at: number;
}

/**
 * What was told of calls whose id nobody here knows yet. The webhook with the customer's answer may
 * come before the provider's answer to our own request, and need not carry what we attached to the
 * call (docs/providers/meta.md#business-initiated-connect): it is kept until the id is known. Only
 * in memory: a request that a crash interrupts never gets its answer.
 *
 * Bounded: the oldest are let go, by age and by number.
 */
export class EarlyNews<News> {
  #kept: Kept<News>[] = [];

  /** `ids`: all that the provider calls this call by. `now`: Unix ms. */
  keep(accountId: string, ids: readonly string[], news: News, now: number): void {
    this.#prune(now);
    const of = this.#kept.filter((one) => isOf(one, accountId, ids));
    if (of.length >= KEPT_OF_ONE) return;
    this.#kept.push({ accountId, ids, news, at: now });
    if (this.#kept.length > KEPT) this.#kept.shift();
  }

  /** Whether anything is kept of a call. */
  has(accountId: string, ids: readonly string[]): boolean {
    return this.#kept.some((one) => isOf(one, accountId, ids));
  }

  /** All that is kept of a call, in the order of its arrival; it is kept no longer. */
  take(accountId: string, ids: readonly string[], now: number): readonly News[] {
    this.#prune(now);
    const taken = this.#kept.filter((one) => isOf(one, accountId, ids));
    if (taken.length > 0) this.#kept = this.#kept.filter((one) => !taken.includes(one));
    return taken.map(({ news }) => news);
  }

  #prune(now: number): void {
    const first = this.#kept[0];
    // A clock that was set back must not keep them for ever.
    if (first && now - first.at >= 0 && now - first.at < KEPT_MS) return;
    this.#kept = this.#kept.filter(({ at }) => now >= at && now - at < KEPT_MS);
  }
}

function isOf(
  { accountId, ids }: Kept<unknown>,
  account: string,
  names: readonly string[],
): boolean {
  return accountId === account && ids.some((id) => names.includes(id));
}
