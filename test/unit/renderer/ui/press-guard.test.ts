import { describe, expect, it } from 'vitest';
import { PressGuard } from '../../../../src/renderer/ui/press-guard.ts';

const place = { x: 200, y: 100, width: 150, height: 44 };
const point = { x: 290, y: 120 };
const seen = (...moments: [at: number, y: number | undefined][]) => {
  const guard = new PressGuard();
  for (const [at, y] of moments) guard.see(y === undefined ? undefined : { ...place, y }, at);
  return guard;
};

describe('a press on a guarded control', () => {
  it('U1 is ignored 258 ms after the control appeared and counts after 600 ms', () => {
    const guard = seen([1000, 100]);
    expect(guard.allows(point, 1258)).toBe(false);
    expect(guard.allows(point, 1599)).toBe(false);
    expect(guard.allows(point, 1600)).toBe(true);
  });

  it('U1 is ignored if it began before the control appeared, even if it ends late', () => {
    const guard = seen([1000, 100], [2400, 100]);
    expect(guard.allows(point, 900)).toBe(false);
  });

  it('U1 is ignored at the new and the old position of a control that just moved', () => {
    const guard = seen([0, 300], [5000, 100]);
    expect(guard.allows(point, 5200)).toBe(false);
    expect(guard.allows({ x: 290, y: 310 }, 5200)).toBe(false);
    expect(guard.allows(point, 5600)).toBe(true);
  });

  it('U1 counts where the control has been all the time, even if its edges moved', () => {
    const guard = seen([0, 100], [5000, 104]);
    expect(guard.allows(point, 5100)).toBe(true);
    expect(guard.allows({ x: 290, y: 101 }, 5100)).toBe(false);
  });

  it('U1 is ignored on a control that was covered or absent a moment ago', () => {
    const guard = seen([0, 100], [5000, undefined], [5300, 100]);
    expect(guard.allows(point, 5400)).toBe(false);
    expect(guard.allows(point, 5899)).toBe(false);
    expect(guard.allows(point, 5900)).toBe(true);
  });

  it('U12 is ignored in a window that was just raised under the pointer', () => {
    const guard = seen([0, 100]);
    guard.uncover(5000);
    expect(guard.allows(point, 5100)).toBe(false);
    expect(guard.allows(point, 5600)).toBe(true);
  });

  it('U2 settles once the control has, even while it keeps moving', () => {
    const guard = seen([0, 100], [300, 200], [700, 300]);
    expect(guard.isSettling(1200)).toBe(true);
    expect(guard.isSettling(1300)).toBe(false);
    expect(seen([0, undefined]).isSettling(100)).toBe(false);
  });
});
