import { describe, expect, it } from 'vitest';
import { PressGuard } from '../../../../src/renderer/ui/press-guard.ts';

const place = { x: 200, y: 100, width: 150, height: 44 };
const point = { x: 290, y: 120 };
const seen = (...moments: [at: number, y: number | undefined][]) => {
  const guard = new PressGuard();
  for (const [at, y] of moments) guard.see(y === undefined ? undefined : { ...place, y }, at);
  return guard;
};

describe('a press', () => {
  it('U1 that began 258 ms after the control appeared does nothing, and after 600 ms it counts', () => {
    const guard = seen([1000, 100]);
    expect(guard.allows(point, 1258)).toBe(false);
    expect(guard.allows(point, 1599)).toBe(false);
    expect(guard.allows(point, 1600)).toBe(true);
  });

  it('U1 that began before the control was there does nothing, however late it arrives', () => {
    const guard = seen([1000, 100], [2400, 100]);
    expect(guard.allows(point, 900)).toBe(false);
  });

  it('U1 does nothing where the control moved to, nor where it was a moment ago', () => {
    const guard = seen([0, 300], [5000, 100]);
    expect(guard.allows(point, 5200)).toBe(false);
    expect(guard.allows({ x: 290, y: 310 }, 5200)).toBe(false);
    expect(guard.allows(point, 5600)).toBe(true);
  });

  it('U1 counts where the control lay all the time, though its edges moved', () => {
    const guard = seen([0, 100], [5000, 104]);
    expect(guard.allows(point, 5100)).toBe(true);
    expect(guard.allows({ x: 290, y: 101 }, 5100)).toBe(false);
  });

  it('U1 does nothing on what was covered a moment ago, or not there', () => {
    const guard = seen([0, 100], [5000, undefined], [5300, 100]);
    expect(guard.allows(point, 5400)).toBe(false);
    expect(guard.allows(point, 5899)).toBe(false);
    expect(guard.allows(point, 5900)).toBe(true);
  });

  it('U12 does nothing in a window that has just come to lie under the pointer', () => {
    const guard = seen([0, 100]);
    guard.uncover(5000);
    expect(guard.allows(point, 5100)).toBe(false);
    expect(guard.allows(point, 5600)).toBe(true);
  });

  it('U2 settles with the control, also while it goes on moving', () => {
    const guard = seen([0, 100], [300, 200], [700, 300]);
    expect(guard.isSettling(1200)).toBe(true);
    expect(guard.isSettling(1300)).toBe(false);
    expect(seen([0, undefined]).isSettling(100)).toBe(false);
  });
});
