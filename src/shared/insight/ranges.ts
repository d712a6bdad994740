import { dateMs } from '../rules/zoned-time.ts';
import { LocalHours, startOfDay } from './local-hours.ts';

/** Whole local days up to today. */
const spans = { today: 1, week: 7, month: 30, quarter: 90, year: 365 } as const;
export type Span = keyof typeof spans;

const DAY_MS = 86_400_000;

/** @returns Unix ms, both inclusive; `to` is the end of today */
export function rangeOf(span: Span, zone: string, now: number): { from: number; to: number } {
  const { day } = new LocalHours(zone).at(now);
  return between(day + 1 - spans[span], day, zone);
}

/** A range of local dates (`YYYY-MM-DD`), both inclusive; undefined if it is not one. */
export function rangeOfDates(
  first: string,
  last: string,
  zone: string,
): { from: number; to: number } | undefined {
  const [from, to] = [dateMs(first) / DAY_MS, dateMs(last) / DAY_MS];
  return from <= to ? between(from, to, zone) : undefined;
}

const between = (first: number, last: number, zone: string) => ({
  from: startOfDay(first, zone),
  to: startOfDay(last + 1, zone) - 1,
});
