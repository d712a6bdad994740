/** Telephone events in the order of their codes (RFC 4733 3.2). */
const DIGITS = '0123456789*#ABCD';
/** A full duration field: a longer press continues in a new segment (RFC 4733 2.5.1.3). */
const FULL_SEGMENT = 0xffff;
/** A press whose end packets were all lost ends after this many ms without a packet. */
const LOST_END_MS = 200;

/** How many keys may come at once, as from a dialler. */
const BURST = 64;
/** How many keys fingers can press per second. More is noise or an attack and is not reported. */
const PER_SECOND = 5;

/** One key that the caller pressed, reported on its release. */
export interface KeyPress {
  digit: string;
  /** How long the key was down, ms. */
  durationMs: number;
}

interface Press {
  digit: string;
  timestamp: number;
  /** Units of full segments before the current one. */
  before: number;
  duration: number;
  heardMs: number;
}

/**
 * Reads key presses from telephone-event packets (RFC 4733): one press is all packets with one
 * timestamp, however many arrive, in whatever order, and however often the end is repeated.
 */
export class DtmfReader {
  /** Units of durations and timestamps per second. */
  clockRate = 8000;
  #press: Press | undefined;
  #endedTimestamp: number | undefined;
  /** How many keys may be reported now; refills over time. */
  #left = BURST;
  #filledMs: number | undefined;

  /** Reads one packet's payload and RTP timestamp; returns the press that this packet ends. */
  take(payload: Buffer, timestamp: number, marker: boolean, nowMs: number): KeyPress | undefined {
    const digit = payload.length < 4 ? undefined : DIGITS[payload.readUInt8(0)];
    if (digit === undefined || this.#isOver(timestamp)) return undefined;
    const ended = (payload.readUInt8(1) & 0x80) !== 0;
    const duration = payload.readUInt16BE(2);
    const press = this.#press;
    let unfinished: KeyPress | undefined;
    if (press?.timestamp === timestamp) {
      press.duration = Math.max(press.duration, duration);
      press.heardMs = nowMs;
    } else if (press && continues(press, digit, timestamp, marker)) {
      press.before += FULL_SEGMENT;
      press.timestamp = timestamp;
      press.duration = duration;
      press.heardMs = nowMs;
    } else {
      if (press && !isAfter(timestamp, press.timestamp)) return undefined;
      unfinished = this.#finish(nowMs);
      this.#press = { digit, timestamp, before: 0, duration, heardMs: nowMs };
    }
    // A press whose end was lost is returned when the next one starts; the next one ends with its
    // own packets or `expire`.
    return unfinished ?? (ended ? this.#finish(nowMs) : undefined);
  }

  /** Call this regularly: returns the press whose end never arrived. */
  expire(nowMs: number): KeyPress | undefined {
    if (!this.#press || nowMs - this.#press.heardMs < LOST_END_MS) return undefined;
    return this.#finish(nowMs);
  }

  #isOver(timestamp: number): boolean {
    return this.#endedTimestamp !== undefined && !isAfter(timestamp, this.#endedTimestamp);
  }

  #finish(nowMs: number): KeyPress | undefined {
    const press = this.#press;
    if (!press) return undefined;
    this.#press = undefined;
    this.#endedTimestamp = press.timestamp;
    if (!this.#mayReport(nowMs)) return undefined;
    return {
      digit: press.digit,
      durationMs: Math.round((1000 * (press.before + press.duration)) / this.clockRate),
    };
  }

  #mayReport(nowMs: number): boolean {
    const passed = Math.max(0, nowMs - (this.#filledMs ?? nowMs));
    this.#left = Math.min(BURST, this.#left + (passed * PER_SECOND) / 1000);
    this.#filledMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

const continues = (press: Press, digit: string, timestamp: number, marker: boolean): boolean =>
  !marker && digit === press.digit && timestamp === (press.timestamp + FULL_SEGMENT) >>> 0;

const isAfter = (timestamp: number, than: number): boolean => ((timestamp - than) | 0) > 0;
