import { z } from 'zod';

export const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
});
export type SavedBounds = z.infer<typeof boundsSchema>;

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Phone size: the smallest the console can be used at. */
export const MIN_SIZE = { width: 360, height: 520 };
const FIRST_SIZE = { width: 1080, height: 720 };

/** Where the main window opens: as it was left if that is still on a screen, else its first size, centred. */
export function firstBounds(
  saved: SavedBounds | undefined,
  screens: readonly Area[],
): Partial<Area> & { width: number; height: number } {
  if (!saved) return FIRST_SIZE;
  const size = {
    width: Math.max(saved.width, MIN_SIZE.width),
    height: Math.max(saved.height, MIN_SIZE.height),
  };
  const visible = screens.some(
    (screen) =>
      saved.x + 80 < screen.x + screen.width &&
      saved.x + saved.width - 80 > screen.x &&
      saved.y >= screen.y &&
      saved.y + 40 < screen.y + screen.height,
  );
  return visible ? { x: saved.x, y: saved.y, ...size } : size;
}
