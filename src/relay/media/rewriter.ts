import { randomInt } from 'node:crypto';
import { CLOCK_RATE, FRAME_UNITS } from './rtp.ts';

/** A source further ahead of the clock than this is held back: otherwise a burst would become lasting delay. */
export const MAX_AHEAD_UNITS = CLOCK_RATE / 2;
/** A new source starts below that limit, or each small unevenness of it would be held back. */
const MAX_START_AHEAD_UNITS = MAX_AHEAD_UNITS / 2;
/** Our own packets leave room for a source to start, or an awaited one would never find any. */
const MAX_OWN_AHEAD_UNITS = MAX_AHEAD_UNITS / 4;
/** A source further behind (its clock was reset, or drifted for hours) is resynchronised. */
export const MAX_BEHIND_UNITS = CLOCK_RATE * 2;
/**
 * Packets that fall behind what was sent are dropped: a burst after a stall is worthless. A source
 * that stays behind for longer than this has become slower for good (another network) and is
 * resynchronised. In ms.
 */
const MAX_LATE_MS = 100;
/**
 * After a change of source the even pace is kept if the clock disagrees by less than half a packet.
 */
const PACE_TOLERANCE_UNITS = FRAME_UNITS / 2;

/**
 * Makes one RTP stream from many sources: one SSRC, gapless sequence numbers, timestamps that only
 * grow and follow the wall clock (RFC 3550 5.1). Distances between a source's own timestamps are
 * kept, so the receiver's jitter buffer sees that source's network. A source whose microphone
 * paused for a moment stays behind the clock for good. When something else follows it, the clock
 * waits for the stream instead of the stream jumping to the clock: the stream never advances by
 * more time between two packets than has really passed, or the receiver would hear the lag as a
 * hole. Timestamps alone decide order: each Opus packet has its own, so the timestamp of a late or
 * duplicate packet does not grow. The result of each accepted packet is in `sequence`, `timestamp`
 * and `marker`; nothing is allocated.
 */
export class RtpRewriter {
  /** In the lower half at first, so that losing the first packets cannot hide a rollover (RFC 3711 3.3.1). */
  sequence = randomInt(0, 0x8000);
  timestamp = randomInt(0, 0x1_0000_0000);
  /** Set on the first packet of a talk spurt (RFC 3551 4.1): whenever the source changes or jumps. */
  marker = false;
  #originMs: number | undefined;
  #originTimestamp = 0;
  #sentMs = 0;
  /** The SSRC whose timestamps `offset` applies to. */
  #source: number | undefined;
  #offset = 0;
  #ownBefore = false;
  /** Since when the source has been continuously late. */
  #lateSinceMs: number | undefined;

  /** Processes one packet of a source; false if it must be dropped. `nowMs` is monotonic. */
  forward(source: number, timestamp: number, marker: boolean, nowMs: number): boolean {
    if (this.#originMs === undefined) return this.#start(nowMs, source, timestamp);
    const wall = this.wallTimestamp(nowMs);
    if (source === this.#source) {
      const mapped = (timestamp + this.#offset) >>> 0;
      const ahead = distance(wall, mapped);
      if (ahead <= MAX_AHEAD_UNITS && ahead >= -MAX_BEHIND_UNITS) {
        if (distance(this.timestamp, mapped) > 0) {
          this.#lateSinceMs = undefined;
          return this.#put(mapped, nowMs, marker || this.#ownBefore, false);
        }
        this.#lateSinceMs ??= nowMs;
        if (nowMs - this.#lateSinceMs < MAX_LATE_MS) return false;
      }
    }
    const next = this.#laterOf(this.#forgivenTimestamp(nowMs));
    if (distance(wall, next) > MAX_START_AHEAD_UNITS) return false;
    this.#source = source;
    this.#offset = next - timestamp;
    this.#lateSinceMs = undefined;
    return this.#put(next, nowMs, true, false);
  }

  /**
   * Makes room for one packet of our own (hold music, silence); false if the stream is too far
   * ahead already.
   */
  own(nowMs: number): boolean {
    if (this.#originMs === undefined) {
      this.#start(nowMs, undefined, 0);
      this.#ownBefore = true;
      return true;
    }
    const wall = this.#forgivenTimestamp(nowMs);
    const even = (this.timestamp + FRAME_UNITS) >>> 0;
    const behind = distance(even, wall);
    if (behind < -MAX_OWN_AHEAD_UNITS) return false;
    const inPace = behind < PACE_TOLERANCE_UNITS;
    return this.#put(inPace ? even : wall, nowMs, !this.#ownBefore || !inPace, true);
  }

  /** Forgets the source: its next packet is resynchronised. Call this when the routing changes. */
  detach(): void {
    this.#source = undefined;
  }

  /** The timestamp of this moment, for sender reports (RFC 3550 6.4.1). */
  wallTimestamp(nowMs: number): number {
    const elapsed = nowMs - (this.#originMs ?? nowMs);
    return (this.#originTimestamp + msToUnits(elapsed)) >>> 0;
  }

  /**
   * The clock's timestamp, after setting the clock back by the stream's lag beyond the time since
   * its last packet.
   */
  #forgivenTimestamp(nowMs: number): number {
    const wall = this.wallTimestamp(nowMs);
    const passed = Math.max(FRAME_UNITS, msToUnits(nowMs - this.#sentMs));
    const lag = distance(this.timestamp, wall) - passed;
    if (lag <= PACE_TOLERANCE_UNITS) return wall;
    this.#originTimestamp = (this.#originTimestamp - lag) >>> 0;
    return (wall - lag) >>> 0;
  }

  #start(nowMs: number, source: number | undefined, timestamp: number): boolean {
    this.#originMs = nowMs;
    this.#originTimestamp = this.timestamp;
    this.#source = source;
    this.#offset = this.timestamp - timestamp;
    return this.#put(this.timestamp, nowMs, true, false);
  }

  #laterOf(wall: number): number {
    const next = (this.timestamp + FRAME_UNITS) >>> 0;
    return distance(wall, next) > 0 ? next : wall;
  }

  #put(timestamp: number, nowMs: number, marker: boolean, own: boolean): true {
    this.#sentMs = nowMs;
    this.sequence = (this.sequence + 1) & 0xffff;
    this.timestamp = timestamp;
    this.marker = marker;
    this.#ownBefore = own;
    return true;
  }
}

const msToUnits = (ms: number): number => Math.round((ms * CLOCK_RATE) / 1000);

/** The distance from `from` to `to` on the 32-bit circle; negative if `to` is earlier. */
const distance = (from: number, to: number): number => (to - from) | 0;
