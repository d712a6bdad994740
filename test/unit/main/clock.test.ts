import { expect, it } from 'vitest';
import { MachineClock } from '../../../src/main/clock.ts';

function setUp() {
  const at = { wall: 1_000_000, ticks: 500 };
  const clock = new MachineClock(
    () => at.wall,
    () => at.ticks,
  );
  return {
    clock,
    pass(ms: number) {
      at.wall += ms;
      at.ticks += ms;
    },
    set: (ms: number) => (at.wall += ms),
  };
}

it.each([-3_600_000, -3_000, 3_000, 3_600_000, 31_536_000_000])(
  'C2 setting the clock by %i ms does not change measured times',
  (jump) => {
    const machine = setUp();
    const { clock } = machine;
    const began = clock.now();
    machine.pass(200);
    machine.set(jump);
    machine.pass(300);
    expect(clock.now() - began).toBe(500);
    expect(clock.follow()).toBe(jump);
    expect(clock.now()).toBe(1_000_500 + jump);
    machine.pass(1);
    expect(clock.follow()).toBe(0);
  },
);

it('C2 a deadline fires after the time that remained when it was set', async () => {
  const { clock, set } = setUp();
  const due = new Promise<string>((resolve) => {
    clock.at(clock.now() + 20, () => resolve('came'));
  });
  set(-3_600_000);
  expect(await due).toBe('came');
});
