import { percentiles } from '../percentiles.ts';

/** Collects latencies, ms, while it is on. */
export class Latencies {
  isOn = false;
  private values: number[] = [];

  add(ms: number): void {
    if (this.isOn) this.values.push(ms);
  }

  /** Median and 99th percentile since the last call. */
  take(): { count: number; p50Ms: number; p99Ms: number } {
    const { values } = this;
    this.values = [];
    return { count: values.length, ...percentiles(values) };
  }
}
