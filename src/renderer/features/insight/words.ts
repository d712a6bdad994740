import { isoDate } from '../../../shared/rules/zoned-time.ts';

const DAY_MS = 86_400_000;

/** Every local date of a range, so that days without calls are seen as such. */
export function datesBetween(first: string, last: string): readonly string[] {
  const dates: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) dates.push(isoDate(at));
  return dates;
}
