import { minuteOf, spans } from './hours.ts';
import { type CallHours } from './facts.ts';
import { dateMs, isTimeZone, localTime } from './zoned-time.ts';

/** Why the provider would reject a schedule (docs/providers/meta.md#settings). */
export type HoursProblem =
  | { code: 'unknown-zone'; zone: string }
  | { code: 'no-hours' }
  | { code: 'bad-time'; time: string }
  | { code: 'open-not-before-close'; where: string }
  | { code: 'too-many-entries'; where: string }
  | { code: 'overlap'; where: string }
  | { code: 'bad-date'; date: string }
  | { code: 'past-holiday'; date: string }
  | { code: 'too-many-holidays'; count: number };

const MAX_ENTRIES = 2;
const MAX_HOLIDAYS = 20;

/** Checks a schedule as the provider would; empty if valid. */
export function hoursProblems(hours: CallHours, now: number): HoursProblem[] {
  const problems: HoursProblem[] = [];
  const zoneKnown = isTimeZone(hours.zone);
  if (!zoneKnown) problems.push({ code: 'unknown-zone', zone: hours.zone });
  if (hours.weekly.length === 0) problems.push({ code: 'no-hours' });
  for (const [day, entries] of grouped(hours.weekly, (entry) => entry.day)) {
    problems.push(...dayProblems(day, entries));
  }
  const today = zoneKnown ? localTime(hours.zone, now).date : '';
  for (const [date, entries] of grouped(hours.holidays, (entry) => entry.date)) {
    if (Number.isNaN(dateMs(date))) problems.push({ code: 'bad-date', date });
    else if (date < today) problems.push({ code: 'past-holiday', date });
    problems.push(...dayProblems(date, entries));
  }
  if (hours.holidays.length > MAX_HOLIDAYS) {
    problems.push({ code: 'too-many-holidays', count: hours.holidays.length });
  }
  return problems;
}

function dayProblems(
  where: string,
  entries: readonly { open: string; close: string }[],
): HoursProblem[] {
  const bad = entries
    .flatMap(({ open, close }) => [open, close])
    .filter((time) => minuteOf(time) === undefined);
  if (bad.length > 0) return bad.map((time) => ({ code: 'bad-time', time }));
  const problems: HoursProblem[] = [];
  if (entries.length > MAX_ENTRIES) problems.push({ code: 'too-many-entries', where });
  const ordered = spans(entries).sort((a, b) => a.from - b.from);
  if (ordered.some(({ from, to }) => from >= to)) {
    problems.push({ code: 'open-not-before-close', where });
  }
  if (ordered.some(({ from }, index) => from < (ordered[index - 1]?.to ?? 0))) {
    problems.push({ code: 'overlap', where });
  }
  return problems;
}

function grouped<T>(entries: readonly T[], key: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    groups.set(key(entry), [...(groups.get(key(entry)) ?? []), entry]);
  }
  return groups;
}
