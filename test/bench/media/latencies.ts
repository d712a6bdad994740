/** Collects latencies, ms, while it is on. */
export class Latencies {
  isOn = false;
  private values: number[] = [];

  add(ms: number): void {
    if (this.isOn) this.values.push(ms);
  }

  /** Median and 99th percentile since the last call. */
  take(): { count: number; p50Ms: number; p99Ms: number } {
    const sorted = Float64Array.from(this.values).sort();
    this.values = [];
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
    return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) };
  }
}
