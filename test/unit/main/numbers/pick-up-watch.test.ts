import { expect, test } from 'vitest';
import { PickUpWatch } from '../../../../src/main/numbers/pick-up-watch.ts';
import type { DayCounts } from '../../../../src/shared/insight/hours.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const day = (date: string, pickedUp: number, missed: number): DayCounts => ({
  date,
  pickedUp,
  missed,
  received: pickedUp + missed,
  placed: 0,
  reached: 0,
});

function watch(holdBelow?: number) {
  const clock = new FakeClock();
  clock.advance(Date.UTC(2026, 10, 30, 12) - clock.now());
  const log = { days: [day('2026-11-30', 40, 60)], reads: 0, failed: 0, changes: 0 };
  const watch = new PickUpWatch({
    limits: { warnBelow: 70, holdBelow, atLeast: 20 },
    zone: () => 'UTC',
    read() {
      log.reads += 1;
      return log.days.length === 0
        ? Promise.reject(new Error('no log'))
        : Promise.resolve([{ accountId: 'main', days: log.days }]);
    },
    clock,
    changed: () => (log.changes += 1),
    failed: () => (log.failed += 1),
  });
  return { clock, log, watch };
}

test('calls from a number below the limit are held back, until enough are picked up', async () => {
  const { clock, log, watch: held } = watch(50);
  expect(await held.isHeld('main')).toBe(true);
  expect(await held.isHeld('other')).toBe(false);
  log.days = [day('2026-11-30', 70, 60)];
  held.handleEnded();
  held.handleEnded();
  clock.advance(2_000);
  await held.read();
  expect(await held.isHeld('main')).toBe(false);
  expect(held.standingOf('main')?.state).toBe('warn');
  expect(log.changes).toBe(2);
  held.close();
});

test('without a limit nothing is held back, or read', async () => {
  const { log, watch: free } = watch();
  expect(await free.isHeld('main')).toBe(false);
  free.handleEnded();
  expect(log.reads).toBe(0);
});

test('a log that cannot be read holds nothing back, and is read again', async () => {
  const { log, watch: held } = watch(50);
  log.days = [];
  expect(await held.isHeld('main')).toBe(false);
  expect(log.failed).toBe(1);
  log.days = [day('2026-11-30', 40, 60)];
  expect(await held.isHeld('main')).toBe(true);
});
