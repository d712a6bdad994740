/** The latest known time. */
export function latest(times: readonly (number | undefined)[]): number | undefined {
  return times.reduce(
    (best, time) => (time !== undefined && (best === undefined || time > best) ? time : best),
    undefined,
  );
}

/** The earliest known time. */
export function earliest(times: readonly (number | undefined)[]): number | undefined {
  return times.reduce(
    (best, time) => (time !== undefined && (best === undefined || time < best) ? time : best),
    undefined,
  );
}
