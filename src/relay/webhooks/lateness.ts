import type { Log } from '../log.ts';

/** The longest normal delay of a webhook, in ms. */
const ON_TIME_MS = 10_000;
/** Deliveries remembered per account. */
const REMEMBERED = 20;
/** Deliveries needed to know what is usual. */
const ENOUGH = 4;
/**
 * Clocks are wrong by minutes or hours; an event older than this is an old repetition, in ms. It
 * never rings and does not count towards the usual delay, or repetitions could make old calls ring.
 */
const OLD_MS = 86_400_000;
/** Shortest time between two log lines about the same account, in ms. */
const WARN_AGAIN_MS = 3_600_000;

/**
 * How late events arrive, by their own timestamps. The relay's clock may be wrong, or a firewall
 * may delay webhooks: an event that is as late as all others is not old, and a late ring is better
 * than none. Learned per account and kept in memory, because the clock may differ after a restart.
 */
export class Lateness {
  readonly #log: Log;
  readonly #seen = new Map<string, number[]>();
  readonly #warned = new Map<string, { seconds: number; at: number }>();

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Records the arrival of an event, and returns how far to shift its time to the relay's clock.
   *
   * @param rings whether it starts a call; while the usual delay is unknown, it counts as happening
   *   now
   * @returns ms, negative if the relay's clock is behind; 0 for an event that is on time
   */
  note(accountId: string, event: { at: number }, receivedAt: number, rings: boolean): number {
    const late = receivedAt - event.at;
    if (late > OLD_MS) return 0;
    const usual = this.#usual(accountId) ?? (rings ? late : 0);
    // An event without a time has its time of arrival, which proves nothing.
    if (late !== 0) this.#remember(accountId, late);
    // Nothing happens later than it arrives.
    const ahead = Math.min(usual, late);
    const moved = Math.abs(ahead) <= ON_TIME_MS ? 0 : ahead;
    this.#warn(accountId, moved, receivedAt);
    return moved;
  }

  #remember(accountId: string, late: number): void {
    const seen = [...(this.#seen.get(accountId) ?? []), late];
    this.#seen.set(accountId, seen.slice(-REMEMBERED));
  }

  /** A low quantile, not the minimum: repetitions are late, and an event may be from the future. */
  #usual(accountId: string): number | undefined {
    const seen = this.#seen.get(accountId) ?? [];
    if (seen.length < ENOUGH) return undefined;
    return seen.toSorted((a, b) => a - b)[Math.floor(seen.length / ENOUGH)];
  }

  #warn(account: string, ahead: number, now: number): void {
    const seconds = Math.round(ahead / 1000);
    const last = this.#warned.get(account);
    if (seconds === 0) return;
    const isNews =
      !last ||
      now - last.at >= WARN_AGAIN_MS ||
      Math.abs(seconds - last.seconds) * 1000 > ON_TIME_MS;
    if (!isNews) return;
    this.#warned.set(account, { seconds, at: now });
    const why =
      seconds > 0
        ? `webhooks arrive ${amount(seconds)} old: clock or firewall. ` +
          'Compare this machine’s clock with the right time, and look what holds webhooks back'
        : `webhooks arrive ${amount(-seconds)} before they were sent: this machine’s clock is behind`;
    this.#log.warn('webhook.late', { account, why });
  }
}

/** With few digits, because the log redacts long numbers as phone numbers. */
function amount(seconds: number): string {
  if (seconds < 10_000) return `${seconds} s`;
  const hours = Math.round(seconds / 3600);
  return hours < 100 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
