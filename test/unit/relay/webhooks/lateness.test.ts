import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Lateness } from '../../../../src/relay/webhooks/lateness.ts';
import { createLog } from '../../../../src/relay/log.ts';

const NOW = Date.UTC(2026, 10, 28, 9);
const HOUR_MS = 3_600_000;

let lines: Record<string, unknown>[];
let lateness: Lateness;
beforeEach(() => {
  lines = [];
  lateness = new Lateness(createLog((line) => lines.push(JSON.parse(line))));
});

/** An event arrives this many ms later than it says. */
const comes = (late: number, rings = false, now = NOW) =>
  lateness.note('main', { at: now - late }, now, rings);

describe('the lateness of events', () => {
  it.each([40_000, 90_000, 5 * HOUR_MS, -40_000, -90_000, -3 * HOUR_MS])(
    'K1 a call that comes %i ms late rings as if on time, the first and every other',
    (late) => {
      for (let call = 0; call < 30; call++) {
        const jitter = call % 3;
        const ahead = comes(late + jitter * 1_000, true);
        const age = late + jitter * 1_000 - ahead;
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThanOrEqual(2_000);
      }
    },
  );

  it('K1 leaves the time of normal events unchanged', () => {
    for (const late of [0, 800, 2_500, -1_500, 9_000]) expect(comes(late, true)).toBe(0);
    expect(lines).toEqual([]);
  });

  it('K1 keeps events old that are much older than usual', () => {
    for (let call = 0; call < 4; call++) comes(1_000);
    expect(comes(2 * HOUR_MS, true)).toBe(0);
    expect(comes(90_000, true)).toBe(0);
  });

  it('K1 does not let a first call from days ago ring', () => {
    expect(comes(25 * HOUR_MS, true)).toBe(0);
    expect(lines).toEqual([]);
  });

  it('K1 is not affected by old repetitions or a single event from the future', () => {
    for (const late of [91_000, 90_000, 5 * HOUR_MS, 92_000, -9 * HOUR_MS, 7 * HOUR_MS, 90_500]) {
      comes(late);
    }
    expect(comes(91_000, true)).toBeGreaterThanOrEqual(89_000);
  });

  it('K1 is measured per number', () => {
    for (let call = 0; call < 8; call++) comes(90_000);
    expect(lateness.note('other', { at: NOW - 1_000 }, NOW, true)).toBe(0);
  });

  it('K1 never makes a fresh call older than it is, whatever the clocks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -24 * HOUR_MS, max: 20 * HOUR_MS }),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 40 }),
        (error, ways) => {
          const fresh = new Lateness(createLog(() => undefined));
          for (const way of ways) {
            const ahead = fresh.note('main', { at: NOW - error - way }, NOW, true);
            const age = error + way - ahead;
            expect(age).toBeLessThan(15_000);
            // A ring of 60 s that lasts a little longer, but not for hours.
            expect(age).toBeGreaterThanOrEqual(-10_000);
          }
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('K1 is logged once, and again when it changes or after an hour', () => {
    for (let call = 0; call < 10; call++) comes(90_000, true);
    expect(lines).toMatchObject([{ event: 'webhook.late', account: 'main' }]);
    expect(String(lines[0]?.['why'])).toContain('webhooks arrive 90 s old: clock or firewall');
    comes(90_000, true, NOW + HOUR_MS);
    expect(lines).toHaveLength(2);
  });

  it('K1 is logged in few digits, however wrong the clock is', () => {
    comes(5 * HOUR_MS, true);
    expect(String(lines[0]?.['why'])).toContain('webhooks arrive 5 h old');
    lateness.note('other', { at: NOW + 20_000 * 24 * HOUR_MS }, NOW, true);
    expect(String(lines[1]?.['why'])).toContain('arrive 20000 days before');
  });

  it('K1 is logged when the clock is behind', () => {
    comes(-40_000, true);
    expect(String(lines[0]?.['why'])).toContain('this machine’s clock is behind');
  });
});
