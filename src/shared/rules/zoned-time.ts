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

/** A local date and time. */
export interface LocalTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** Minutes since local midnight, 0–1439. */
  minute: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Creating a formatter costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this machine knows the time zone, e.g. `America/Manaus`. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Local time in `zone` at `at` (Unix ms). Throws for a zone that `isTimeZone` rejects. */
export function localTime(zone: string, at: number): LocalTime {
  const shown = at + offset(zone, at);
  return { date: isoDate(shown), minute: Math.floor((shown % DAY_MS) / MINUTE_MS) };
}

/** The zone's UTC offset at `at`, ms. */
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

/** When the offset of `zone` changes between `from` and `to`, assuming at most one change. */
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

/** The date's midnight as if in UTC, Unix ms; NaN if it does not exist. */
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
