/** How far local time is ahead of UTC from a moment on, in minutes. */
export interface Offset {
  from: number;
  minutes: number;
}

const DAY_MS = 86_400_000;

/**
 * This machine's offsets from UTC between two moments, the first one's first: SQLite's own idea of local time is the
 * C library's, which on some systems knows only this year's rules.
 */
export function offsetsBetween(from: number, to: number): readonly Offset[] {
  const offsets: Offset[] = [{ from, minutes: minutesAt(from) }];
  for (let day = from; day < to; day += DAY_MS) {
    const end = Math.min(day + DAY_MS, to);
    if (minutesAt(day) !== minutesAt(end)) {
      const at = changeBetween(day, end);
      offsets.push({ from: at, minutes: minutesAt(at) });
    }
  }
  return offsets;
}

const minutesAt = (at: number) => -new Date(at).getTimezoneOffset();

/** The first moment with the offset that holds at `after`. */
function changeBetween(before: number, after: number): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (minutesAt(middle) === minutesAt(before)) low = middle;
    else high = middle;
  }
  return high;
}
