/** Reception of one RTP stream by RFC 3550 A.1, A.3 and A.8. Times are monotonic milliseconds. */
export class Reception {
  received = 0;
  lastPacketMs: number | undefined;
  #base: number | undefined;
  #highest = 0;
  #cycles = 0;
  #lastTransit: number | undefined;
  #jitterUnits = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  readonly #clockRate: number;

  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  /** Counts one packet of audio. */
  take(sequence: number, timestamp: number, nowMs: number): void {
    this.count(sequence, nowMs);
    const arrival = Math.round((nowMs * this.#clockRate) / 1000);
    const transit = (arrival - timestamp) | 0;
    if (this.#lastTransit !== undefined) {
      const change = Math.abs((transit - this.#lastTransit) | 0);
      this.#jitterUnits += (change - this.#jitterUnits) / 16;
    }
    this.#lastTransit = transit;
  }

  /** Counts a packet whose timestamp stands still, as in telephone events. */
  count(sequence: number, nowMs: number): void {
    this.received++;
    this.lastPacketMs = nowMs;
    if (this.#base === undefined) {
      this.#base = sequence;
      this.#highest = sequence;
    } else {
      const ahead = (sequence - this.#highest) & 0xffff;
      if (ahead !== 0 && ahead < 0x8000) {
        if (sequence < this.#highest) this.#cycles += 0x1_0000;
        this.#highest = sequence;
      }
    }
  }

  get expected(): number {
    return this.#base === undefined ? 0 : this.extendedHighest - this.#base + 1;
  }

  /** Packets that never arrived; duplicates do not make it negative. */
  get lost(): number {
    return Math.max(0, this.expected - this.received);
  }

  /** Highest sequence number, with its cycles in the upper 16 bits. */
  get extendedHighest(): number {
    return this.#cycles + this.#highest;
  }

  /** Interarrival jitter in timestamp units. */
  get jitter(): number {
    return Math.floor(this.#jitterUnits);
  }

  get jitterMs(): number {
    return (this.#jitterUnits * 1000) / this.#clockRate;
  }

  /** Share lost since the last call, in 1/256 (RFC 3550 6.4.1). */
  takeFractionLost(): number {
    const expected = this.expected - this.#expectedBefore;
    const lost = expected - (this.received - this.#receivedBefore);
    this.#expectedBefore = this.expected;
    this.#receivedBefore = this.received;
    return expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost << 8) / expected));
  }
}
