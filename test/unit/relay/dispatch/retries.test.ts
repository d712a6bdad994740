import { describe, expect, test } from 'vitest';
import { askedPause, nextAttempt } from '../../../../src/relay/dispatch/retries.ts';

const AT = 1_700_000_000_000;
const DAY = 86_400_000;

describe('retries', () => {
  test.each([0, 0.5, 1])(
    'go on for some three days, ever more seldom, with a random of %s',
    (random) => {
      const times: number[] = [];
      let now: number | undefined = AT;
      for (let attempts = 1; attempts < 100 && now !== undefined; attempts++) {
        times.push(now);
        now = nextAttempt({ at: AT, attempts, now, random });
      }
      const last = times.at(-1) ?? 0;
      expect(last - AT).toBeGreaterThan(2 * DAY);
      expect(last - AT).toBeLessThanOrEqual(3 * DAY);
      expect(times.length).toBeLessThan(30);
      const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    },
  );

  test('wait as long as the receiver asks, but not for ever', () => {
    const next = (askedMs: number) =>
      nextAttempt({ at: AT, attempts: 1, now: AT, askedMs, random: 0 });
    expect(next(60_000)).toBe(AT + 60_000);
    expect(next(1)).toBe(AT + 3_750);
    expect(next(30 * DAY)).toBe(AT + DAY);
  });

  test('read what is asked in seconds or as a date', () => {
    expect(askedPause('120', AT)).toBe(120_000);
    expect(askedPause(new Date(AT + 60_000).toUTCString(), AT)).toBeGreaterThan(58_000);
    expect(askedPause(new Date(AT - 60_000).toUTCString(), AT)).toBe(0);
    expect(askedPause('soon', AT)).toBeUndefined();
    expect(askedPause(undefined, AT)).toBeUndefined();
  });
});
