/** Median and 99th percentile of values in ms; NaN of none. */
export function percentiles(values: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
