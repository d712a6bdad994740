import { afterEach, describe, expect, it } from 'vitest';
import { steadyClock, systemClock } from '../../../../src/shared/lib/clock.ts';
import { Deadline } from '../../../../src/shared/lib/deadline.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const HOUR_MS = 3_600_000;
const realNow = Date.now;

/** Sets the machine's clock back and forth, by seconds and by hours. */
function jumpingWallClock(): () => void {
  const jumps = [0, -3_000, HOUR_MS, -HOUR_MS, 90_000, -5 * HOUR_MS, 24 * HOUR_MS];
  let turn = 0;
  Date.now = () => realNow() + (jumps[turn % jumps.length] ?? 0);
  const timer = setInterval(() => turn++, 7);
  return () => clearInterval(timer);
}

afterEach(() => {
  Date.now = realNow;
});

describe('deadlines in real time', () => {
  it.each([
    { name: 'the steady clock', clockOf: steadyClock },
    { name: 'the system clock', clockOf: () => systemClock },
  ])(
    'A2 all 10,000 fire by $name and none early while the wall clock jumps',
    async ({ clockOf }) => {
      const clock = clockOf();
      const stop = jumpingWallClock();
      const early: number[] = [];
      const all = Array.from({ length: 10_000 }, (_, index) => {
        const waitMs = (index % 250) + 0.5 * (index % 2);
        return new Promise<void>((resolve) => {
          const due = performance.now() + waitMs;
          clock.at(clock.now() + Math.ceil(waitMs), () => {
            // Tolerates the resolution of the reading itself.
            if (performance.now() < due - 1) early.push(due - performance.now());
            resolve();
          });
        });
      });
      await Promise.all(all);
      stop();
      expect(early).toEqual([]);
    },
  );

  it('A2 the steady clock has reached each deadline when it fires', async () => {
    const clock = steadyClock();
    const stop = jumpingWallClock();
    const undue = await Promise.all(
      Array.from({ length: 10_000 }, (_, index) => {
        const at = clock.now() + (index % 200);
        return new Promise<number>((resolve) => {
          clock.at(at, () => resolve(clock.now() >= at ? 0 : 1));
        });
      }),
    );
    stop();
    expect(undue.filter((one) => one === 1)).toHaveLength(0);
  });

  it('A2 the steady clock never goes back and starts at the machine’s time', () => {
    const clock = steadyClock();
    const [earlier, first, later] = [realNow(), clock.now(), realNow()];
    expect(first).toBeGreaterThanOrEqual(earlier - 1);
    expect(first).toBeLessThanOrEqual(later + 1);
    const stop = jumpingWallClock();
    let last = clock.now();
    for (let turn = 0; turn < 100; turn++) {
      Date.now = () => realNow() - turn * HOUR_MS;
      const now = clock.now();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
    stop();
  });
});

describe('a deadline', () => {
  it('A2 fires again until it is changed', () => {
    const clock = new FakeClock();
    const reported: number[] = [];
    const deadline = new Deadline(clock, (at) => reported.push(at));
    const at = clock.now() + 30_000;
    deadline.set(at);
    deadline.set(at);
    clock.advance(29_999);
    expect(reported).toEqual([]);
    clock.advance(1);
    expect(reported).toEqual([at]);
    clock.advance(3_000);
    expect(reported).toEqual([at, at, at, at]);
    deadline.set(undefined);
    clock.advance(60_000);
    expect(reported).toHaveLength(4);
    expect(clock.pending).toBe(0);
  });

  it('A2 fires within its maximum wait even if stored before the clock was set back', () => {
    const clock = new FakeClock();
    let reported = 0;
    const deadline = new Deadline(clock, () => {
      reported++;
      deadline.set(undefined);
    });
    deadline.set(clock.now() + HOUR_MS, 30_000);
    clock.advance(30_000);
    expect(reported).toBe(1);
  });

  it('A2 can be set again from its own callback', () => {
    const clock = new FakeClock();
    const reported: number[] = [];
    const start = clock.now();
    const deadline = new Deadline(clock, (at) => {
      reported.push(at - start);
      deadline.set(at + 5_000);
    });
    deadline.set(start + 1_000);
    clock.advance(12_000);
    expect(reported).toEqual([1_000, 6_000, 11_000]);
  });
});
