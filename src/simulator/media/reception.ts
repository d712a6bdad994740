/**
 * Reception statistics of one RTP stream by RFC 3550 A.1, A.3 and A.8. All times are monotonic
 * milliseconds.
 */
export class Reception {
  received = 0;
  /** Longest time between two packets, ms. */
  maxGapMs = 0;
  #base: number | undefined;
  #highest = 0;
  #cycles = 0;
  #lastArrival: number | undefined;
  #lastTransit: number | undefined;
  #jitterUnits = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  readonly #clockRate: number;

  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  /** Counts one packet by its header and arrival time. */
  take(sequence: number, timestamp: number, arrivalMs: number): void {
    if (this.#base === undefined) {
      this.#base = sequence;
      this.#highest = sequence;
    } else if (isNewer(sequence, this.#highest)) {
      if (sequence < this.#highest) this.#cycles += 0x1_0000;
      this.#highest = sequence;
    }
    this.received++;
    if (this.#lastArrival !== undefined) {
      this.maxGapMs = Math.max(this.maxGapMs, arrivalMs - this.#lastArrival);
    }
    this.#lastArrival = arrivalMs;

    const transit = (arrivalMs * this.#clockRate) / 1000 - timestamp;
    if (this.#lastTransit !== undefined) {
      // Timestamps wrap at 32 bits; the difference of two neighbours is what counts.
      const difference = Math.abs(wrapSigned(transit - this.#lastTransit));
      this.#jitterUnits += (difference - this.#jitterUnits) / 16;
    }
    this.#lastTransit = transit;
  }

  get expected(): number {
    return this.#base === undefined ? 0 : this.extendedHighest - this.#base + 1;
  }

  /** Sequence numbers that never arrived; duplicates do not make it negative. */
  get lost(): number {
    return Math.max(0, this.expected - this.received);
  }

  /** Highest sequence number with its cycles in the upper 16 bits. */
  get extendedHighest(): number {
    return this.#cycles + this.#highest;
  }

  /** Interarrival jitter in timestamp units, as reported in RTCP. */
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

/** Serial-number comparison of 16-bit sequence numbers (RFC 1982). */
function isNewer(sequence: number, than: number): boolean {
  const ahead = (sequence - than) & 0xffff;
  return ahead !== 0 && ahead < 0x8000;
}

function wrapSigned(difference: number): number {
  const half = 0x8000_0000;
  const wrapped = (((difference + half) % 0x1_0000_0000) + 0x1_0000_0000) % 0x1_0000_0000;
  return wrapped - half;
}
