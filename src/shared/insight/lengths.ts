/** Whole seconds of many calls: how many took at most so long. */
export interface Lengths {
  calls: number;
  /** All together. */
  total: number;
  mean: number;
  /** Half of the calls took at most this. */
  median: number;
  /** Nine of ten calls took at most this. */
  p90: number;
}

/** A longer one counts as this long in median and p90. */
const LONGEST = 86_400;

/** Counts lengths. Exact, because whole seconds are counted one by one. */
export class LengthTally {
  #counts = new Uint32Array(256);
  #calls = 0;
  #total = 0;

  /** @param seconds undefined: this call has no such length */
  add(seconds: number | undefined): void {
    if (seconds !== undefined) this.#add(Math.max(0, seconds));
  }

  /** The same for a column of `DayColumns`, where −1 is none. */
  addColumn(seconds: number): void {
    if (seconds >= 0) this.#add(seconds);
  }

  #add(seconds: number): void {
    const place = Math.min(LONGEST, seconds);
    if (place >= this.#counts.length) this.#grow(place);
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    this.#calls += 1;
    this.#total += seconds;
  }

  /** Adds all of another one. */
  addAll(other: LengthTally): void {
    const counts = other.#counts;
    if (counts.length > this.#counts.length) this.#grow(counts.length - 1);
    for (let seconds = 0; seconds < counts.length; seconds++) {
      this.#counts[seconds] = (this.#counts[seconds] ?? 0) + (counts[seconds] ?? 0);
    }
    this.#calls += other.#calls;
    this.#total += other.#total;
  }

  /** Undefined if there were none. */
  result(): Lengths | undefined {
    if (this.#calls === 0) return undefined;
    return {
      calls: this.#calls,
      total: this.#total,
      mean: this.#total / this.#calls,
      median: this.#rank(0.5),
      p90: this.#rank(0.9),
    };
  }

  #rank(share: number): number {
    let left = Math.ceil(this.#calls * share);
    let seconds = 0;
    for (; seconds < this.#counts.length; seconds++) {
      left -= this.#counts[seconds] ?? 0;
      if (left <= 0) break;
    }
    return seconds;
  }

  #grow(place: number): void {
    const larger = new Uint32Array(Math.max(place + 1, this.#counts.length * 2));
    larger.set(this.#counts);
    this.#counts = larger;
  }
}
