import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Area } from '../../../../src/main/windows/bounds.ts';
import { isNeeded, ringBounds } from '../../../../src/main/windows/ring-place.ts';

const size = { width: 420, height: 208 };
const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const hidden = { visible: false, focused: false, bounds: screen };
const overlaps = (a: Area, b: Area) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
/** Accept, Hang up and all else of calls: at most three fifths of the window, below bars. */
const callsOf = ({ x, y, width, height }: Area) => ({ x, y, width, height: height * 0.6 });

describe('the ring window', () => {
  it('U12 stays closed while the main window is in front', () => {
    expect(isNeeded({ visible: true, focused: true, bounds: screen })).toBe(false);
    expect(isNeeded({ visible: true, focused: false, bounds: screen })).toBe(true);
    expect(isNeeded(hidden)).toBe(true);
  });

  it('U12 opens near the top right, clear of panels, while the main window is away', () => {
    const area = { x: 1920, y: 30, width: 1280, height: 990 };
    expect(ringBounds([area], size, hidden)).toEqual({ x: 1920 + 1280 - 436, y: 46, ...size });
  });

  it('U12 covers no call controls, wherever the main window is', () => {
    const bounds = fc.record({
      x: fc.integer({ min: -200, max: 1600 }),
      y: fc.integer({ min: 0, max: 500 }),
      width: fc.integer({ min: 360, max: 1920 }),
      height: fc.integer({ min: 520, max: 1040 }),
    });
    const place = fc.record({ x: fc.nat(1920), y: fc.nat(1040) });
    fc.assert(
      fc.property(bounds, fc.option(place, { nil: undefined }), (main, remembered) => {
        const visible = { visible: true, focused: false, bounds: main };
        const popup = ringBounds([screen], size, visible, remembered);
        expect(overlaps(popup, callsOf(main))).toBe(false);
        expect(overlaps(popup, screen)).toBe(true);
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it('U12 opens where the agent dragged it, unless that screen is gone', () => {
    const place = { x: 700, y: 500 };
    expect(ringBounds([screen], size, hidden, place)).toMatchObject(place);
    expect(ringBounds([screen], size, hidden, { x: 4000, y: 10 })).toMatchObject({ x: 1484 });
  });
});
