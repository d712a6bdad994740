import type { CallHours, Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';
import {
  changeover,
  dateMs,
  isoDate,
  isTimeZone,
  localTime,
  offset,
  weekdayOf,
  type LocalTime,
} from './zoned-time.ts';

/** Minutes `[from, to)` of a day; 1440 is its end. */
export interface Span {
  from: number;
  to: number;
}

export interface HoursState {
  open: boolean;
  /** When that changes (Unix ms); missing if it never does. */
  changesAt?: number | undefined;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Whether it is open at `now` and until when; undefined for an unknown zone. */
export function hoursState(hours: CallHours, now: number): HoursState | undefined {
  if (!isTimeZone(hours.zone)) return undefined;
  const open = isOpen(hours, now);
  const flips = (at: number): boolean => isOpen(hours, at) !== open;
  const today = localTime(hours.zone, now).date;
  return {
    open,
    changesAt:
      moments(hours, now, daysFrom(today, 9)).find(flips) ??
      // No change within a week: only a holiday can end it, or the week after that holiday.
      moments(
        hours,
        now,
        hours.holidays.flatMap(({ date }) => daysFrom(date, 9)),
      ).find(flips),
  };
}

/**
 * Business calls work at any hour. Outside the hours customers cannot call back, and few answer.
 */
export function hoursRuling({ business }: Facts, now: number): Ruling {
  if (!business.hours) return silent;
  const state = hoursState(business.hours, now);
  if (!state) return ruling([finding('hours-unreadable', { zone: business.hours.zone })]);
  return state.open
    ? ruling([], state.changesAt)
    : ruling([finding('outside-hours', {}, { changesAt: state.changesAt })]);
}

/** Computed from the local clock, so daylight saving needs no rule of its own. */
function isOpen(hours: CallHours, at: number): boolean {
  const { date, minute }: LocalTime = localTime(hours.zone, at);
  return spansOf(hours, date).some(({ from, to }) => from <= minute && minute < to);
}

/** The opening hours of a date. */
function spansOf(hours: CallHours, date: string): Span[] {
  const day = weekdayOf(date);
  const weekly = spans(hours.weekly.filter((entry) => entry.day === day));
  const holiday = hours.holidays.filter((entry) => entry.date === date);
  if (holiday.length === 0) return weekly;
  return hours.holidaysMean === 'open' ? spans(holiday) : without(weekly, spans(holiday));
}

/** The spans of some entries. An unreadable entry counts as closed. */
export function spans(entries: readonly { open: string; close: string }[]): Span[] {
  return entries.flatMap(({ open, close }) => {
    const from = minuteOf(open);
    const to = minuteOf(close);
    if (from === undefined || to === undefined) return [];
    // `HHMM` has no 24:00, so a day that closes at 2359 runs into the next.
    return [{ from, to: to === DAY_MINUTES - 1 ? DAY_MINUTES : to }];
  });
}

/** Subtracts time off from `whole`. */
function without(whole: readonly Span[], off: readonly Span[]): Span[] {
  return off.reduce<Span[]>(
    (left, gap) =>
      left
        .flatMap(({ from, to }) => [
          { from, to: Math.min(to, gap.from) },
          { from: Math.max(from, gap.to), to },
        ])
        .filter(({ from, to }) => from < to),
    [...whole],
  );
}

/** The dates of `count` days, as `dateMs`. */
function daysFrom(date: string, count: number): number[] {
  const first = dateMs(date);
  return Number.isNaN(first) ? [] : Array.from({ length: count }, (_, day) => first + day * DAY_MS);
}

/** Moments after `now` when open and closed can change: ends of spans, midnights, clock changes. */
function moments(hours: CallHours, now: number, days: readonly number[]): number[] {
  const found = days.flatMap((midnight) => {
    const ends = spansOf(hours, isoDate(midnight)).flatMap(({ from, to }) => [from, to]);
    // Within these three days every zone shows this date, under at most two offsets.
    const [from, to] = [midnight - DAY_MS, midnight + 2 * DAY_MS];
    const offsets = [offset(hours.zone, from), offset(hours.zone, to)];
    const change = changeover(hours.zone, from, to);
    return [
      ...offsets.flatMap((ahead) => [0, ...ends].map((end) => midnight + end * MINUTE_MS - ahead)),
      ...(change === undefined ? [] : [change]),
    ];
  });
  return [...new Set(found)].filter((at) => at > now).sort((a, b) => a - b);
}

/** Minutes since midnight for `HHMM` or `HH:MM`, which one of Meta's samples uses. */
export function minuteOf(time: string): number | undefined {
  const parts = /^(\d{2}):?(\d{2})$/.exec(time);
  if (!parts) return undefined;
  const [hour, minute] = [Number(parts[1]), Number(parts[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}
