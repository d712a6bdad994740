import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from './png.mjs';
import { arc, box, circle, grow, line, render, rotate, scale, union } from './raster.mjs';

/** @import { Color, Layer } from './raster.mjs' */

/**
 * Mid tones: each keeps at least 3:1 against both a near-white and a near-black panel, as Linux
 * does not tell an application which one it has.
 * @type {Record<'accent' | 'amber' | 'green' | 'grey' | 'red', Color>}
 */
const COLORS = {
  accent: [0x6f, 0x7b, 0xe0],
  amber: [0xc9, 0x7a, 0x0a],
  green: [0x1f, 0x97, 0x5a],
  grey: [0x80, 0x86, 0x90],
  red: [0xdb, 0x4c, 0x4c],
};

// The mark of the application icon on a 22-unit square, strokes on whole pixels where they can be.
const handset = union(
  arc(11, 12, 8, -90, 56, 2.5),
  rotate(box(1.5, 6, 5, 4, 1.5), 4, 8, -8),
  rotate(box(15.5, 6, 5, 4, 1.5), 18, 8, 8),
);
const ring = arc(11, 12, 2.5, 0, 180, 2);
const desk = box(3, 18, 16, 2, 1);
const outline = union(handset, ring, desk);

/**
 * A shape laid over the others with a clear gap around it, so that it reads as its own thing.
 * @param {Layer & { color: Color }} layer
 * @param {number} [gap]
 * @returns {Layer[]}
 */
const apart = ({ shape, color }, gap = 1.25) => [{ shape: grow(shape, gap) }, { shape, color }];

/**
 * Every state differs in shape, not only in colour.
 * @type {Record<string, Layer[]>}
 */
const STATES = {
  idle: [{ shape: outline, color: COLORS.accent }],
  // The ring filled, with a wave to each side of the handset.
  ringing: [
    {
      shape: union(
        scale(handset, 11, 8, 0.72),
        circle(11, 12.5, 3),
        arc(11, 10, 9, 0, 34, 1.75),
        arc(11, 10, 9, 180, 34, 1.75),
        desk,
      ),
      color: COLORS.amber,
    },
  ],
  // The telephone filled down to the desk, the ring cut out of it around a dot for the timer.
  active: [
    { shape: union(handset, box(4, 8, 14, 12, 3), desk), color: COLORS.green },
    { shape: circle(11, 13.5, 4) },
    { shape: circle(11, 13.5, 2), color: COLORS.green },
  ],
  // No ring to be had: a slash in its place.
  offline: [
    { shape: union(handset, desk), color: COLORS.grey },
    ...apart({ shape: line(3.5, 19.5, 18.5, 2.5, 2), color: COLORS.grey }),
  ],
  // The no-entry sign at the corner of the mark.
  dnd: [
    { shape: outline, color: COLORS.grey },
    ...apart({ shape: circle(16.5, 16.5, 5), color: COLORS.red }),
    { shape: box(13.5, 15.5, 6, 2, 1) },
  ],
};

/**
 * Writes the tray's states at 22 and 44 pixels.
 * @param {string} directory the project's `resources`
 */
export function makeTray(directory) {
  mkdirSync(join(directory, 'tray'), { recursive: true });
  for (const [state, layers] of Object.entries(STATES)) {
    for (const [size, suffix] of /** @type {const} */ ([
      [22, ''],
      [44, '@2x'],
    ])) {
      const png = encodePng(size, size, render(size, 22, layers));
      writeFileSync(join(directory, 'tray', `${state}${suffix}.png`), png);
    }
  }
}
