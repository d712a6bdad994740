import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursProblems } from '../../../../src/shared/rules/hours-problems.ts';
import { hoursState } from '../../../../src/shared/rules/hours.ts';
import { type CallHours } from '../../../../src/shared/rules/facts.ts';
import { mayCall } from '../../../../src/shared/rules/verdicts.ts';
import { localTime, weekdayOf, weekdays } from '../../../../src/shared/rules/zoned-time.ts';
import { DAY, facts, HOUR, MINUTE, START } from './rule-facts.ts';

const hours = (changes: Partial<CallHours> = {}): CallHours => ({
  zone: 'Europe/Berlin',
  weekly: weekdays.slice(0, 5).map((day) => ({ day, open: '0900', close: '1700' })),
  holidays: [],
  holidaysMean: 'open',
  ...changes,
});

const utc = (text: string): number => Date.parse(`${text}Z`);

/** Checks minute by minute and reads the clock another way: slow, but independent of the rules. */
function openByClock(schedule: CallHours, at: number): boolean {
  const shown = new Date(at).toLocaleString('sv-SE', { timeZone: schedule.zone });
  const date = shown.slice(0, 10);
  const time = shown.slice(11, 13) + shown.slice(14, 16);
  const within = ({ open, close }: { open: string; close: string }) =>
    open <= time && time < (close === '2359' ? '2400' : close);
  const weekly = schedule.weekly.filter((one) => one.day === weekdayOf(date)).some(within);
  const today = schedule.holidays.filter((one) => one.date === date);
  if (today.length === 0) return weekly;
  return schedule.holidaysMean === 'open' ? today.some(within) : weekly && !today.some(within);
}

describe('call hours', () => {
  it('open and close by local wall-clock time', () => {
    // Friday, 30 October 2026: Berlin is one hour ahead of UTC since the 25th.
    const friday = utc('2026-10-30T07:59:00');
    expect(hoursState(hours(), friday)).toEqual({ open: false, changesAt: friday + MINUTE });
    expect(hoursState(hours(), friday + MINUTE)).toEqual({
      open: true,
      changesAt: utc('2026-10-30T16:00:00'),
    });
    expect(hoursState(hours(), utc('2026-10-30T16:00:00'))).toEqual({
      open: false,
      changesAt: utc('2026-11-02T08:00:00'),
    });
  });

  it('follow daylight saving changes', () => {
    expect(hoursState(hours(), utc('2026-10-23T15:00:00'))).toEqual({
      open: false,
      changesAt: utc('2026-10-26T08:00:00'),
    });
    // 29 March 2026: the hour from 2 to 3 does not exist.
    const night = hours({ weekly: [{ day: 'SUNDAY', open: '0230', close: '0400' }] });
    expect(hoursState(night, utc('2026-03-29T00:59:00'))).toEqual({
      open: false,
      changesAt: utc('2026-03-29T01:00:00'),
    });
    // 25 October 2026: that hour exists twice, and so do the opening hours within it.
    const twice = hours({ weekly: [{ day: 'SUNDAY', open: '0200', close: '0230' }] });
    expect(hoursState(twice, utc('2026-10-25T00:10:00'))).toEqual({
      open: true,
      changesAt: utc('2026-10-25T00:30:00'),
    });
    expect(hoursState(twice, utc('2026-10-25T00:40:00'))).toEqual({
      open: false,
      changesAt: utc('2026-10-25T01:00:00'),
    });
  });

  it('run over midnight when a day ends at 2359, and merge overlaps', () => {
    const night = hours({
      weekly: [
        { day: 'MONDAY', open: '2200', close: '2359' },
        { day: 'TUESDAY', open: '0000', close: '0600' },
        { day: 'TUESDAY', open: '0500', close: '0700' },
      ],
    });
    expect(hoursState(night, utc('2026-11-02T21:30:00'))).toEqual({
      open: true,
      changesAt: utc('2026-11-03T06:00:00'),
    });
  });

  it('let a holiday replace its day, as opening hours or as time off', () => {
    const holidays = [{ date: '2026-12-24', open: '1000', close: '1200' }];
    const at = (time: string) => utc(`2026-12-24T${time}:00`);
    const short = hours({ holidays });
    expect(hoursState(short, at('08:30'))).toEqual({ open: false, changesAt: at('09:00') });
    expect(hoursState(short, at('10:30'))).toEqual({ open: true, changesAt: at('11:00') });
    const pause = hours({ holidays, holidaysMean: 'closed' });
    expect(hoursState(pause, at('08:30'))).toEqual({ open: true, changesAt: at('09:00') });
    expect(hoursState(pause, at('10:30'))).toEqual({ open: false, changesAt: at('11:00') });
  });

  it('find a distant holiday that ends an unchanging pattern', () => {
    const weekly = weekdays.map((day) => ({ day, open: '0000', close: '2359' }));
    const holidays = [{ date: '2027-06-01', open: '0000', close: '2359' }];
    const always = hours({ zone: 'UTC', weekly, holidays, holidaysMean: 'closed' });
    expect(hoursState(always, START)).toEqual({
      open: true,
      changesAt: utc('2027-06-01T00:00:00'),
    });
    expect(hoursState({ ...always, holidays: [] }, START)).toEqual({ open: true });
    const never = hours({ zone: 'UTC', weekly: [], holidays });
    expect(hoursState(never, START)).toEqual({
      open: false,
      changesAt: utc('2027-06-01T00:00:00'),
    });
  });

  it('change exactly on time across every daylight saving change', () => {
    const time = fc.constantFrom('0000', '0100', '0130', '0200', '0230', '0300', '0900', '1700');
    const schedule = fc.record({
      zone: fc.constantFrom(
        'Europe/Berlin',
        'America/New_York',
        'America/Santiago',
        'Australia/Lord_Howe',
        'Asia/Kolkata',
        'Pacific/Auckland',
        'UTC',
      ),
      weekly: fc.array(
        fc.record({
          day: fc.constantFrom(...weekdays),
          open: time,
          close: fc.oneof(time, fc.constant('2359')),
        }),
        { maxLength: 6 },
      ),
      holidays: fc.array(
        fc.record({
          date: fc.constantFrom('2026-10-25', '2026-10-26', '2026-11-01', '2026-09-27'),
          open: time,
          close: time,
        }),
        { maxLength: 2 },
      ),
      holidaysMean: fc.constantFrom<CallHours['holidaysMean']>('open', 'closed'),
    });
    // The days around the changeovers of autumn 2026 and spring 2026, in minutes.
    const around = fc.constantFrom(
      ...['2026-10-24', '2026-10-31', '2026-09-26', '2026-03-28', '2026-03-07', '2026-09-05'].map(
        (date) => utc(`${date}T00:00:00`),
      ),
    );
    fc.assert(
      fc.property(schedule, around, fc.nat(2880), (one, day, minute) => {
        const now = day + minute * MINUTE;
        const state = hoursState(one, now);
        expect(state?.open).toBe(openByClock(one, now));
        const end = Math.min(state?.changesAt ?? Infinity, now + 12 * HOUR);
        for (let at = now; at < end; at += 10 * MINUTE) {
          expect(openByClock(one, at)).toBe(state?.open);
        }
        const flip = state?.changesAt;
        const beside = flip === undefined ? [] : [flip - 1, flip];
        expect(beside.map((at) => openByClock(one, at) === state?.open)).toEqual(
          flip === undefined ? [] : [true, false],
        );
      }),
      { numRuns: 120 },
    );
  });

  it('warn outside the hours with the opening time', () => {
    const business = { number: '+5511987654321', hours: hours() };
    const verdict = mayCall(facts({ business }), START);
    expect(verdict.allowed).toBe(true);
    expect(verdict.findings[0]).toMatchObject({
      code: 'outside-hours',
      changesAt: utc('2026-11-02T08:00:00'),
    });
    const lost = { number: '+5511987654321', hours: hours({ zone: 'Mars/Olympus' }) };
    expect(mayCall(facts({ business: lost }), START).findings[0]?.code).toBe('hours-unreadable');
  });
});

describe('a schedule before it is sent', () => {
  const codes = (changes: Partial<CallHours>) =>
    hoursProblems(hours(changes), START).map((one) => one.code);
  const monday = (...times: [string, string][]) =>
    times.map(([open, close]) => ({ day: 'MONDAY' as const, open, close }));

  it('passes when the provider will take it', () => {
    expect(codes({ weekly: monday(['0900', '1200'], ['1200', '1700']) })).toEqual([]);
    expect(codes({ holidays: [{ date: '2026-11-01', open: '0000', close: '2359' }] })).toEqual([]);
  });

  it.each<[string, Partial<CallHours>]>([
    ['unknown-zone', { zone: 'Berlin' }],
    ['no-hours', { weekly: [] }],
    ['bad-time', { weekly: monday(['9', '1700']) }],
    ['bad-time', { weekly: monday(['0900', '2400']) }],
    ['open-not-before-close', { weekly: monday(['1700', '0900']) }],
    ['overlap', { weekly: monday(['0900', '1300'], ['1200', '1700']) }],
    ['too-many-entries', { weekly: monday(['0100', '0200'], ['0300', '0400'], ['0500', '0600']) }],
    ['bad-date', { holidays: [{ date: '2026-02-30', open: '0900', close: '1000' }] }],
    ['past-holiday', { holidays: [{ date: '2026-10-31', open: '0900', close: '1000' }] }],
  ])('fails with %s', (code, changes) => {
    expect(codes(changes)).toEqual([code]);
  });

  it('has at most 20 holidays', () => {
    const holidays = Array.from({ length: 21 }, (_, index) => ({
      date: localTime('UTC', START + index * DAY).date,
      open: '0900',
      close: '1000',
    }));
    expect(codes({ holidays })).toEqual(['too-many-holidays']);
  });
});
