/** A connect, its HTTP answer and all its webhooks fall into seconds; the request itself is given up after 30, in ms. */
const KEPT_MS = 120_000;
/** Reports of other consoles' calls are kept too, so this leaves room for a busy team. */
const KEPT = 1_000;
/** A call has a handful of webhooks; one that is reported endlessly must not push others out. */
const KEPT_PER_CALL = 16;

interface Kept<Report> {
  accountId: string;
  ids: readonly string[];
  report: Report;
  at: number;
}

/**
 * Reports of calls whose id is not known here yet. The webhook with the customer's answer may
 * come before the provider's answer to our own request, and need not carry what we attached to the
 * call (docs/providers/meta.md#business-initiated-connect): it is kept until the id is known. Only
 * in memory: a request that a crash interrupts never gets its answer.
 *
 * Bounded by age and by number; the oldest are dropped first.
 */
export class EarlyReports<Report> {
  #kept: Kept<Report>[] = [];

  /** @param ids all ids of the call at the provider @param now Unix ms */
  keep(accountId: string, ids: readonly string[], report: Report, now: number): void {
    this.#prune(now);
    const ofCall = this.#kept.filter((one) => isOf(one, accountId, ids));
    if (ofCall.length >= KEPT_PER_CALL) return;
    this.#kept.push({ accountId, ids, report, at: now });
    if (this.#kept.length > KEPT) this.#kept.shift();
  }

  /** Whether anything is kept of a call. */
  has(accountId: string, ids: readonly string[]): boolean {
    return this.#kept.some((one) => isOf(one, accountId, ids));
  }

  /** All that is kept of a call, in the order of its arrival; it is kept no longer. */
  take(accountId: string, ids: readonly string[], now: number): readonly Report[] {
    this.#prune(now);
    const taken = this.#kept.filter((one) => isOf(one, accountId, ids));
    if (taken.length > 0) this.#kept = this.#kept.filter((one) => !taken.includes(one));
    return taken.map(({ report }) => report);
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
