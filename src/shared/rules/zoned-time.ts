/** Days as Meta's settings name them, Monday first. */
export const weekdays = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;
export type Weekday = (typeof weekdays)[number];

/** What the clock on the wall shows somewhere. */
export interface LocalTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** Minutes since midnight on that clock, 0–1439. */
  minute: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is a time zone that this machine knows, e.g. `America/Manaus`. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** The clock on the wall in `zone` at `at` (Unix ms). Throws for a zone that `isTimeZone` refuses. */
export function localTime(zone: string, at: number): LocalTime {
  const shown = at + offset(zone, at);
  return { date: isoDate(shown), minute: Math.floor((shown % DAY_MS) / MINUTE_MS) };
}

/** How far the clock in `zone` is ahead of UTC at `at`, ms. */
export function offset(zone: string, at: number): number {
  const parts = new Map<string, number>(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: string): number => parts.get(type) ?? 0;
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** When the clock in `zone` changes over between `from` and `to`, assuming it does so at most once. */
export function changeover(zone: string, from: number, to: number): number | undefined {
  const before = offset(zone, from);
  if (offset(zone, to) === before) return undefined;
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** The weekday of a date. */
export function weekdayOf(date: string): Weekday {
  const sundayFirst = new Date(dateMs(date)).getUTCDay();
  return weekdays[(sundayFirst + 6) % 7] ?? 'MONDAY';
}

/** The date as if its midnight were in UTC, Unix ms; NaN if it does not exist. */
export function dateMs(date: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // Some engines turn 31 February into 3 March.
  return Number.isNaN(ms) || isoDate(ms) !== date ? Number.NaN : ms;
}

/** The date of a UTC moment. */
export function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}
