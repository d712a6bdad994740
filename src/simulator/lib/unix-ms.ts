/** A monotonic time as Unix ms; null if there is none. */
export const unixMs = (ms: number | undefined): number | null =>
  ms === undefined ? null : Math.round(performance.timeOrigin + ms);
