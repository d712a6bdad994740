import { describe, expect, it } from 'vitest';
import { RateLimits } from '../../../../src/shared/lib/rate-limits.ts';

function limits() {
  const clock = { now: () => time };
  let time = 0;
  return {
    of: new RateLimits({ burst: 3, perSecond: 2 }, clock),
    pass: (ms: number) => (time += ms),
  };
}

describe('a rate', () => {
  it('allows a burst, then one per interval', () => {
    const { of, pass } = limits();
    expect([1, 2, 3, 4].map(() => of.take('ana'))).toEqual([true, true, true, false]);
    expect(of.waitMs('ana')).toBe(500);
    pass(499);
    expect(of.take('ana')).toBe(false);
    pass(1);
    expect(of.take('ana')).toBe(true);
    expect(of.take('ana')).toBe(false);
  });

  it('never saves up more than the burst, and counts each key separately', () => {
    const { of, pass } = limits();
    pass(3_600_000);
    expect([1, 2, 3, 4].map(() => of.take('ana'))).toEqual([true, true, true, false]);
    expect(of.waitMs('ben')).toBe(0);
    expect(of.take('ben')).toBe(true);
  });

  it('K1 goes on where it was when the clock is set back', () => {
    const { of, pass } = limits();
    pass(3_600_000);
    expect(of.take('ana')).toBe(true);
    pass(-3_600_000);
    expect([1, 2, 3].map(() => of.take('ana'))).toEqual([true, true, false]);
    expect(of.waitMs('ana')).toBe(500);
  });

  it('remembers a bounded number of keys, those used last', () => {
    const { of } = limits();
    for (let count = 0; count < 3; count++) of.take('first');
    for (let key = 0; key < 9_999; key++) of.take(`key ${key}`);
    expect(of.take('first')).toBe(false);
    for (let key = 0; key < 10_000; key++) of.take(`other ${key}`);
    expect(of.take('first')).toBe(true);
  });
});
