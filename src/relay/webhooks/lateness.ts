import type { Log } from '../log.ts';

/** A webhook takes this long at most while nothing is wrong, in ms. */
const ON_TIME_MS = 10_000;
/** Deliveries that are remembered of an account. */
const REMEMBERED = 20;
/** This many deliveries show what is usual. */
const ENOUGH = 4;
/**
 * Clocks are wrong by minutes and by hours; what is older than this is a repetition from long ago, in ms. It
 * is history: it never rings, and teaches nothing of what is usual, or repetitions could make old calls ring.
 */
const OLD_MS = 86_400_000;
/** Between two log lines about the same account, in ms. */
const TELL_AGAIN_MS = 3_600_000;

/**
 * How much later than they say events arrive. The relay's clock may be wrong, or a firewall may hold webhooks back: what
 * is always as late is not old, and a customer rings late rather than never. Learnt for each account, in memory: another
 * run of the relay may have another clock.
 */
export class Lateness {
  readonly #log: Log;
  readonly #seen = new Map<string, number[]>();
  readonly #told = new Map<string, { seconds: number; at: number }>();

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Notes when an event of an account came, and says how far its time is to be moved to be one by the relay's clock.
   *
   * @param rings a call begins with it: as long as nothing is known, it counts as one of now
   * @returns ms, below 0 when the relay's clock is behind; 0 when the event came as events do
   */
  note(accountId: string, event: { at: number }, receivedAt: number, rings: boolean): number {
    const late = receivedAt - event.at;
    if (late > OLD_MS) return 0;
    const usual = this.#usual(accountId) ?? (rings ? late : 0);
    // An event without a time carries its time of arrival, which shows nothing.
    if (late !== 0) this.#remember(accountId, late);
    // Nothing happens later than it arrives.
    const ahead = Math.min(usual, late);
    const moved = Math.abs(ahead) <= ON_TIME_MS ? 0 : ahead;
    this.#tell(accountId, moved, receivedAt);
    return moved;
  }

  #remember(accountId: string, late: number): void {
    const seen = [...(this.#seen.get(accountId) ?? []), late];
    this.#seen.set(accountId, seen.slice(-REMEMBERED));
  }

  /** A low one of the last, but not the lowest: repetitions are later than usual, and one may be from the future. */
  #usual(accountId: string): number | undefined {
    const seen = this.#seen.get(accountId) ?? [];
    if (seen.length < ENOUGH) return undefined;
    return seen.toSorted((a, b) => a - b)[Math.floor(seen.length / ENOUGH)];
  }

  #tell(account: string, ahead: number, now: number): void {
    const seconds = Math.round(ahead / 1000);
    const told = this.#told.get(account);
    if (seconds === 0) return;
    const isNews =
      !told ||
      now - told.at >= TELL_AGAIN_MS ||
      Math.abs(seconds - told.seconds) * 1000 > ON_TIME_MS;
    if (!isNews) return;
    this.#told.set(account, { seconds, at: now });
    const why =
      seconds > 0
        ? `webhooks arrive ${amount(seconds)} old: clock or firewall. Compare this machine’s clock with the right time, and look what holds webhooks back`
        : `webhooks arrive ${amount(-seconds)} before they were sent: this machine’s clock is behind`;
    this.#log.warn('webhook.late', { account, why });
  }
}

/** In few digits: the log's redactor takes long numbers for telephones. */
function amount(seconds: number): string {
  if (seconds < 10_000) return `${seconds} s`;
  const hours = Math.round(seconds / 3600);
  return hours < 100 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
