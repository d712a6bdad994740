import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Area } from '../../../../src/main/windows/bounds.ts';
import {
  arrangementOf,
  expectedCalls,
  isNeeded,
  placeOf,
  ringBounds,
  ringPlacesSchema,
  withPlace,
} from '../../../../src/main/windows/ring-place.ts';

const size = { width: 420, height: 208 };
const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const hidden = { visible: false, focused: false, bounds: screen, calls: screen };
const overlaps = (a: Area, b: Area) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
describe('the ring window', () => {
  it('U12 stays closed while the main window is in front', () => {
    expect(isNeeded({ ...hidden, visible: true, focused: true })).toBe(false);
    expect(isNeeded({ ...hidden, visible: true })).toBe(true);
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
      fc.property(bounds, fc.boolean(), fc.option(place, { nil: undefined }), (main, rtl, old) => {
        const calls = expectedCalls(main, rtl);
        const room = screen.width - size.width;
        // Only a narrow window across the whole height of a small screen leaves none.
        fc.pre(calls.x >= size.width || calls.x + calls.width <= room);
        const popup = ringBounds(
          [screen],
          size,
          { visible: true, focused: false, bounds: main, calls },
          old,
        );
        expect(overlaps(popup, calls)).toBe(false);
        expect(overlaps(popup, screen)).toBe(true);
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it('U12 stays off a maximised window’s pane, on whichever side that is', () => {
    for (const calls of [expectedCalls(screen, false), expectedCalls(screen, true)]) {
      const main = { visible: true, focused: false, bounds: screen, calls };
      expect(overlaps(ringBounds([screen], size, main), calls)).toBe(false);
    }
  });

  it('U12 opens where the agent dragged it, and comes back onto a screen', () => {
    const place = { x: 700, y: 500 };
    expect(ringBounds([screen], size, hidden, place)).toMatchObject(place);
    expect(ringBounds([screen], size, hidden, { x: 4000, y: 10 })).toMatchObject({
      x: 1500,
      y: 10,
    });
    const second = { x: 1920, y: 0, width: 1280, height: 1000 };
    expect(ringBounds([screen, second], size, hidden, { x: 3000, y: 900 })).toMatchObject({
      x: 2780,
      y: 792,
    });
  });

  it('U12 remembers a place for each arrangement of screens', () => {
    const office = arrangementOf([screen, { x: 1920, y: 0, width: 1280, height: 1000 }]);
    const home = arrangementOf([screen]);
    // Whichever the system lists first.
    expect(arrangementOf([{ x: 1920, y: 0, width: 1280, height: 1000 }, screen])).toBe(office);
    let places = withPlace({ places: [] }, office, { x: 2000, y: 20 });
    places = withPlace(places, home, { x: 30, y: 30 });
    places = withPlace(places, home, { x: 40, y: 40 });
    expect(placeOf(places, office)).toMatchObject({ x: 2000, y: 20 });
    expect(placeOf(places, home)).toMatchObject({ x: 40, y: 40 });
    expect(places.places).toHaveLength(2);
    expect(placeOf(places, 'elsewhere')).toBeUndefined();
    for (let n = 0; n < 40; n++) places = withPlace(places, `room ${n}`, { x: n, y: n });
    expect(ringPlacesSchema.parse(places).places).toHaveLength(12);
  });

  it('forgets the one place of an earlier version', () => {
    expect(ringPlacesSchema.parse({ x: 5, y: 5 })).toEqual({ places: [] });
  });
});
