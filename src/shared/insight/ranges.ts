import { dateMs } from '../rules/zoned-time.ts';
import { dateOfDay, LocalHours, startOfDay } from './local-hours.ts';

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

/** The months in which a range has days, `YYYY-MM`. */
export function monthsOf({ from, to }: { from: number; to: number }, zone: string): string[] {
  const hours = new LocalHours(zone);
  const [first, last] = [hours.at(from).day, hours.at(to).day];
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
  return [...new Set(days.map((day) => dateOfDay(day).slice(0, 7)))];
}

/** The whole month of `YYYY-MM`. */
export function rangeOfMonth(month: string, zone: string): { from: number; to: number } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const [first, next] = [Date.UTC(year, number - 1), Date.UTC(year, number)];
  return between(first / DAY_MS, next / DAY_MS - 1, zone);
}

const between = (first: number, last: number, zone: string) => ({
  from: startOfDay(first, zone),
  to: startOfDay(last + 1, zone) - 1,
});
