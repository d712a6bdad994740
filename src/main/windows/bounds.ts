import { z } from 'zod';

/** No screen is farther out, and no window system accepts larger coordinates. */
const FARTHEST = 100_000;
export const placeSchema = z.int().min(-FARTHEST).max(FARTHEST);
const length = z.int().positive().max(FARTHEST);

export const boundsSchema = z.object({
  x: placeSchema,
  y: placeSchema,
  width: length,
  height: length,
  maximized: z.boolean(),
});
export type SavedBounds = z.infer<typeof boundsSchema>;

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The size of a phone: the smallest at which the console is usable. */
export const MIN_SIZE = { width: 360, height: 520 };
const FIRST_SIZE = { width: 1080, height: 720 };

/**
 * Where the main window opens: where it was if that is still on a screen, else at its default size,
 * centred.
 */
export function firstBounds(
  saved: SavedBounds | undefined,
  screens: readonly Area[],
): Partial<Area> & { width: number; height: number } {
  if (!saved) return FIRST_SIZE;
  const widest = Math.max(FIRST_SIZE.width, ...screens.map(({ width }) => width));
  const highest = Math.max(FIRST_SIZE.height, ...screens.map(({ height }) => height));
  const size = {
    width: Math.min(Math.max(saved.width, MIN_SIZE.width), widest),
    height: Math.min(Math.max(saved.height, MIN_SIZE.height), highest),
  };
  const visible = screens.some(
    (screen) =>
      saved.x + 80 < screen.x + screen.width &&
      saved.x + size.width - 80 > screen.x &&
      saved.y >= screen.y &&
      saved.y + 40 < screen.y + screen.height,
  );
  return visible ? { x: saved.x, y: saved.y, ...size } : size;
}
