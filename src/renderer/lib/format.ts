import { formats, i18n, t } from '../../shared/i18n/i18n.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** A local date as a date field's value: `2026-11-29`. */
export const fieldDate = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** The first moment of a date field's value, local, Unix ms; undefined if it is empty. */
export function startOfDay(day: string): number | undefined {
  const at = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** Its last moment: where clocks change, a day has 23 or 25 hours. */
export function endOfDay(day: string): number | undefined {
  const start = startOfDay(day);
  if (start === undefined) return undefined;
  const next = new Date(start);
  return next.setDate(next.getDate() + 1) - 1;
}

/** A local time as a field's value for date and time, to the minute: `2026-11-29T08:30`. */
export const fieldTime = (date: Date): string =>
  `${fieldDate(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** The length of a call, with hours only if needed: `0:07`, `12:30`, `1:02:03`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** A place in a recording for screen readers: `1 minute 5 seconds`. */
export function lengthSpoken(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    { value: Math.floor(whole / 3600), unit: 'hour' },
    { value: Math.floor((whole % 3600) / 60), unit: 'minute' },
    { value: whole % 60, unit: 'second' },
  ] as const;
  const spoken = parts.filter(({ value }) => value > 0);
  return (spoken.length > 0 ? spoken : parts.slice(-1))
    .map(({ value, unit }) =>
      new Intl.NumberFormat(i18n.locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(
        value,
      ),
    )
    .join(' ');
}

/** A duration: `12 s`, `4 min`, `1 h 5 min`. */
export function lengthInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t('time.seconds', { seconds: whole });
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return t('time.minutes', { minutes });
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t('time.dayPeriod', { count: Math.floor(hours / 24) });
  return rest === 0 ? t('time.hours', { hours }) : t('time.hoursMinutes', { hours, minutes: rest });
}

/** A period of a calling rule: `24 hours`, `7 days`. */
export function hoursInWords(hours: number): string {
  return hours > 24 && hours % 24 === 0
    ? t('time.dayPeriod', { count: hours / 24 })
    : t('time.hourPeriod', { count: hours });
}

/** As in logs, whatever the language. */
const precise = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** A time to the millisecond, for a timeline. */
export const preciseTime = (at: number): string => precise.format(at);

/** `just now`, `12 min ago`, `14:05`, `yesterday 14:05`, `3 Nov 14:05`. */
export function moment(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  const days = daysBetween(at, now);
  if (seconds < -45 && days === 0) return formats.time(at);
  if (days === -1) return t('time.tomorrowAt', { time: formats.time(at) });
  if (days > -7 && days < -1) return `${formats.weekday(at)} ${formats.time(at)}`;
  if (days === 0) {
    if (seconds < 45) return t('time.justNow');
    if (seconds < 3600)
      return t('time.minutesAgo', { minutes: Math.max(1, Math.round(seconds / 60)) });
    return formats.time(at);
  }
  if (days === 1) return t('time.yesterdayAt', { time: formats.time(at) });
  if (days > 0 && days < 7) return `${formats.weekday(at)} ${formats.time(at)}`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return `${(sameYear ? formats.dayAndMonth : formats.date)(at)} ${formats.time(at)}`;
}

/** A moment that follows “since”: never “since 2 min ago”. */
export const momentSince = (at: number, now: number): string =>
  daysBetween(at, now) === 0 ? formats.time(at) : moment(at, now);

/** A local date (`YYYY-MM-DD`) as it is written here, with the year unless it is this one. */
export function dateName(date: string): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const noon = new Date(year, month - 1, day, 12).getTime();
  return year === new Date().getFullYear() ? formats.dayAndMonth(noon) : formats.date(noon);
}

/** The heading of a day in a list. */
export function dayName(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  if (days < 7) return formats.weekday(at);
  return formats.date(at);
}

/** Number of midnights between two moments. */
function daysBetween(at: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}
