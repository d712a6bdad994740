import { z } from 'zod';
import { type Area, placeSchema } from './bounds.ts';

/** Where the agent dragged the ring window. */
export const ringPlaceSchema = z.object({ x: placeSchema, y: placeSchema });
export type RingPlace = z.infer<typeof ringPlaceSchema>;

/** What the ring window has to know about the main window. */
export interface MainState {
  /** Neither hidden nor minimised. */
  visible: boolean;
  focused: boolean;
  bounds: Area;
}

/**
 * Whether the ring window is needed. It is not while the main window is focused and shows the ring;
 * behind another program's window, the main window may not be seen.
 */
export function isNeeded({ visible, focused }: MainState): boolean {
  return !(visible && focused);
}

const MARGIN = 16;
/**
 * Calls are at the top of the main window, in at most this share of its height, lower only if bars
 * are shown above them.
 */
const CALLS_SHARE = 0.6;
const BARS = 80;

/**
 * Where the ring window goes: where the agent last dragged it, else near a corner of the screen and
 * clear of panels. It never covers the calls of the main window, with their Accept and Hang up
 * buttons, as long as there is room elsewhere.
 *
 * @param workAreas of all screens, the preferred one first
 */
export function ringBounds(
  workAreas: readonly [Area, ...Area[]],
  size: { width: number; height: number },
  main: MainState,
  remembered?: RingPlace,
): Area {
  const [workArea] = workAreas;
  const fitting = {
    width: Math.min(size.width, workArea.width - 2 * MARGIN),
    height: Math.min(size.height, workArea.height - 2 * MARGIN),
  };
  const dragged = remembered && { ...remembered, ...fitting };
  const places = [
    ...(dragged && workAreas.some((area) => holds(area, dragged)) ? [dragged] : []),
    ...corners(workArea, fitting, MARGIN),
    // The same corners without the margin, if only the margin does not fit.
    ...corners(workArea, fitting, 0),
  ];
  const [best = { x: workArea.x, y: workArea.y, ...fitting }] = places.toSorted(
    (a, b) => covered(a, main) - covered(b, main),
  );
  return best;
}

/** Top right first. */
function corners(
  area: Area,
  { width, height }: { width: number; height: number },
  margin: number,
): Area[] {
  const left = area.x + margin;
  const right = area.x + area.width - width - margin;
  const top = area.y + margin;
  const bottom = area.y + area.height - height - margin;
  return [
    { x: right, y: top, width, height },
    { x: right, y: bottom, width, height },
    { x: left, y: bottom, width, height },
    { x: left, y: top, width, height },
  ];
}

/**
 * How much of the main window's calls it covers; the space to which bars may push them counts less.
 */
function covered(place: Area, { visible, bounds }: MainState): number {
  if (!visible) return 0;
  const height = Math.round(bounds.height * CALLS_SHARE);
  const calls = { ...bounds, height };
  const lower = { ...bounds, height: Math.min(bounds.height, height + BARS) };
  return overlap(place, calls) * 1000 + overlap(place, lower);
}

/** The intersection of two areas, in square pixels. */
function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function holds(outer: Area, inner: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
