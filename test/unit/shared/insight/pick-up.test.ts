import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pickUpStanding } from '../../../../src/shared/insight/pick-up.ts';

const today = '2026-11-30';
const day = (date: string, pickedUp: number, missed: number) => ({ date, pickedUp, missed });
const limits = { warnBelow: 70, holdBelow: 50, atLeast: 10 };

describe('the pick-up rate', () => {
  test('is that of seven days, today included, and tells nothing of few calls', () => {
    const days = [day('2026-11-23', 0, 99), day('2026-11-24', 6, 2), day(today, 3, 1)];
    expect(pickUpStanding(days, today, limits)).toMatchObject({
      state: 'good',
      pickedUp: 9,
      missed: 3,
      rate: 75,
    });
    expect(pickUpStanding([day(today, 1, 8)], today, limits).state).toBe('few');
    expect(pickUpStanding([], today, limits)).toMatchObject({ state: 'few', rate: undefined });
  });

  test('warns below one limit and holds back below the other; without that, it never holds back', () => {
    const state = (pickedUp: number, missed: number, holdBelow?: number) =>
      pickUpStanding([day(today, pickedUp, missed)], today, { ...limits, holdBelow }).state;
    expect([state(70, 30, 50), state(69, 31, 50), state(50, 50, 50), state(49, 51, 50)]).toEqual([
      'good',
      'warn',
      'warn',
      'hold',
    ]);
    expect(state(1, 99)).toBe('warn');
  });

  test('says how many calls may be missed in a row, exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 500 }),
        fc.integer({ min: 0, max: 500 }),
        (pickedUp, missed) => {
          const at = (more: number) =>
            pickUpStanding([day(today, pickedUp, missed + more)], today, limits);
          // Below the lower limit there is nothing left to miss.
          fc.pre(pickedUp >= missed);
          const { calls, limit } = at(0).left ?? { calls: 0, limit: 0 };
          expect(at(calls).rate).toBeGreaterThanOrEqual(limit);
          expect(at(calls + 1).rate).toBeLessThan(limit);
        },
      ),
    );
  });

  test('is forecast as if the coming days were like the last three', () => {
    const days = [
      day('2026-11-24', 30, 0),
      day('2026-11-27', 5, 10),
      day('2026-11-28', 5, 10),
      day('2026-11-29', 5, 10),
    ];
    const { rate, forecast, falls } = pickUpStanding(days, today, { ...limits, warnBelow: 60 });
    expect(rate).toBe(60);
    // Tomorrow the good day is out of the window, and one like the last three is in.
    expect(forecast[0]).toEqual({ date: '2026-12-01', rate: 100 / 3 });
    expect(falls).toEqual({ date: '2026-12-01', limit: 60 });
    expect(forecast).toHaveLength(7);
  });
});
