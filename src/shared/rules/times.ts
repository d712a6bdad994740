/** The latest of the times that are known. */
export function latest(times: readonly (number | undefined)[]): number | undefined {
  return times.reduce(
    (best, time) => (time !== undefined && (best === undefined || time > best) ? time : best),
    undefined,
  );
}

/** The earliest of the times that are known. */
export function earliest(times: readonly (number | undefined)[]): number | undefined {
  return times.reduce(
    (best, time) => (time !== undefined && (best === undefined || time < best) ? time : best),
    undefined,
  );
}
