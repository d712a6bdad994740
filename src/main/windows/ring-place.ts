import { z } from 'zod';
import { type Area, placeSchema } from './bounds.ts';

/** A place on one arrangement of screens. */
const placeOn = z.object({ screens: z.string().max(1_000), x: placeSchema, y: placeSchema });
/** How many arrangements are remembered: home, office, meeting rooms. */
const MOST_PLACES = 12;

/** Where the agent dragged the ring window, on each arrangement of screens; the last first. */
export const ringPlacesSchema = z.object({ places: z.array(placeOn).max(MOST_PLACES) }).catch({
  // An earlier version knew one place, but not for which screens.
  places: [],
});
export type RingPlaces = z.infer<typeof ringPlacesSchema>;

/** What the ring window has to know about the main window. */
export interface MainState {
  /** Neither hidden nor minimised. */
  visible: boolean;
  focused: boolean;
  bounds: Area;
  /** Where its calls are on the screen, or will be, with their Accept and Hang up. */
  calls: Area;
}

/** From this width on, calls have a pane beside the work. */
const PANE_FROM = 900;
const PANE_WIDTH = 360;

/** Where calls will be before the page has said so. */
export function expectedCalls(bounds: Area, rightToLeft: boolean): Area {
  if (bounds.width < PANE_FROM) return bounds;
  const x = rightToLeft ? bounds.x : bounds.x + bounds.width - PANE_WIDTH;
  return { ...bounds, x, width: PANE_WIDTH };
}

/**
 * Whether the ring window is needed. It is not while the main window is focused and shows the ring;
 * behind another program's window, the main window may not be seen.
 */
export function isNeeded({ visible, focused }: MainState): boolean {
  return !(visible && focused);
}

/** Names an arrangement of screens. */
export function arrangementOf(workAreas: readonly Area[]): string {
  return workAreas
    .map(({ x, y, width, height }) => `${x},${y} ${width}×${height}`)
    .toSorted()
    .join('; ');
}

/** The place that was remembered for an arrangement. */
export function placeOf(
  { places }: RingPlaces,
  arrangement: string,
): { x: number; y: number } | undefined {
  return places.find(({ screens }) => screens === arrangement);
}

/** The places with the last one first; the oldest are forgotten. */
export function withPlace(
  { places }: RingPlaces,
  screens: string,
  { x, y }: { x: number; y: number },
): RingPlaces {
  const others = places.filter((other) => other.screens !== screens);
  return { places: [{ screens, x, y }, ...others].slice(0, MOST_PLACES) };
}

const MARGIN = 16;

/**
 * Where the ring window goes: where the agent last dragged it, else near a corner of the screen and
 * clear of panels. It never covers the calls of the main window, with their Accept and Hang up
 * buttons, as long as there is room elsewhere.
 *
 * @param workAreas of all screens, the preferred one first
 * @param remembered brought back onto a screen if it is partly outside
 */
export function ringBounds(
  workAreas: readonly [Area, ...Area[]],
  size: { width: number; height: number },
  main: MainState,
  remembered?: { x: number; y: number },
): Area {
  const [workArea] = workAreas;
  const fitting = {
    width: Math.min(size.width, workArea.width - 2 * MARGIN),
    height: Math.min(size.height, workArea.height - 2 * MARGIN),
  };
  const places = [
    ...(remembered ? [onScreen({ ...remembered, ...fitting }, workAreas)] : []),
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

/** Wholly on the screen on which most of it is, or that is nearest. */
function onScreen(place: Area, workAreas: readonly [Area, ...Area[]]): Area {
  const middle = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
  const [area] = workAreas.toSorted((a, b) => distance(middle, a) - distance(middle, b));
  const { x, y, width, height } = area ?? workAreas[0];
  return {
    ...place,
    x: Math.max(x, Math.min(place.x, x + width - place.width)),
    y: Math.max(y, Math.min(place.y, y + height - place.height)),
  };
}

function distance({ x, y }: { x: number; y: number }, area: Area): number {
  const across = Math.max(area.x - x, 0, x - area.x - area.width);
  const down = Math.max(area.y - y, 0, y - area.y - area.height);
  return Math.hypot(across, down);
}

/**
 * How much of the main window's calls it covers. The rest of that window counts only where a corner
 * is as good as another without it.
 */
function covered(place: Area, { visible, bounds, calls }: MainState): number {
  if (!visible) return 0;
  return overlap(place, calls) * 1000 + (overlap(place, bounds) > 0 ? 1 : 0);
}

/** The intersection of two areas, in square pixels. */
function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
