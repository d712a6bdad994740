import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDay, LocalHours, startOfDay } from '../../../../src/shared/insight/local-hours.ts';
import { rangeOf, rangeOfDates } from '../../../../src/shared/insight/ranges.ts';

const HOUR_MS = 3_600_000;
const zones = [
  'America/Sao_Paulo',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Jakarta',
  'Asia/Kathmandu',
  'America/St_Johns',
  // Skips midnight, and changes by half an hour.
  'America/Asuncion',
  'Australia/Lord_Howe',
  'UTC',
];

test('days and hours are those of a clock on the wall, in every zone and at every time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2027, 0) }),
      (zone, at) => {
        const parts = new Intl.DateTimeFormat('en-CA', {
          timeZone: zone,
          hourCycle: 'h23',
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          hour: '2-digit',
          weekday: 'short',
        }).formatToParts(at);
        const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
        const { day, weekday, hour } = new LocalHours(zone).at(at);
        expect(dateOfDay(day)).toBe(`${part('year')}-${part('month')}-${part('day')}`);
        expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekday]).toBe(part('weekday'));
        expect(hour).toBe(Number(part('hour')));
        // A day begins at its first moment.
        const start = startOfDay(day, zone);
        expect(new LocalHours(zone).at(start).day).toBe(day);
        expect(new LocalHours(zone).at(start - 1).day).toBe(day - 1);
      },
    ),
    { numRuns: 400 },
  );
});

test('a day on which the clocks change has 23 or 25 hours', () => {
  const hours = (date: string) => {
    const range = rangeOfDates(date, date, 'Europe/Berlin');
    return range && (range.to + 1 - range.from) / HOUR_MS;
  };
  expect([hours('2025-03-30'), hours('2025-10-26'), hours('2025-10-27')]).toEqual([23, 25, 24]);
  expect(rangeOfDates('2025-03-30', '2025-03-29', 'UTC')).toBeUndefined();
  expect(rangeOfDates('', '2025-03-29', 'UTC')).toBeUndefined();
});

test('seven days end with today', () => {
  const now = Date.UTC(2026, 10, 30, 2);
  expect(rangeOf('week', 'America/Sao_Paulo', now)).toEqual({
    from: Date.UTC(2026, 10, 23, 3),
    to: Date.UTC(2026, 10, 30, 3) - 1,
  });
});
