import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from './png.mjs';
import { arc, box, line, render, rotate, union } from './raster.mjs';

/** @import { Color, Layer } from './raster.mjs' */

const SIZES = [16, 32, 48, 64, 128, 256, 512];
/** @type {Color} */
const WHITE = [255, 255, 255];
/** @type {Color} Top left of the tile: indigo. */
const INDIGO = [0x44, 0x48, 0xb8];
/** @type {Color} Bottom right of the tile: deep teal. */
const TEAL = [0x0b, 0x74, 0x80];

/**
 * The tile's colour, running from one corner to the other of a 64-unit square.
 * @param {number} x
 * @param {number} y
 * @returns {Color}
 */
function tileColor(x, y) {
  const t = Math.min(1, Math.max(0, (x + y) / 128));
  const mix = (/** @type {0 | 1 | 2} */ i) => INDIGO[i] + (TEAL[i] - INDIGO[i]) * t;
  return [mix(0), mix(1), mix(2)];
}

/**
 * The mark on a 64-unit square: a handset over a ring, on a desk, which together make a telephone.
 * Drawn the same by hand in `resources/icon.svg`.
 * @returns {Layer[]}
 */
function fullMark() {
  const handset = union(
    arc(32, 36.5, 20.5, -90, 56, 6),
    rotate(box(10, 21, 12, 9.5, 3.5), 16, 25.5, -8),
    rotate(box(42, 21, 12, 9.5, 3.5), 48, 25.5, 8),
  );
  const ring = arc(32, 33.5, 6, 0, 180, 4.5);
  const desk = line(14, 48, 50, 48, 4);
  return [
    { shape: box(2, 2, 60, 60, 15), color: tileColor },
    { shape: union(handset, ring, desk), color: WHITE },
  ];
}

/**
 * The same mark for 16 pixels, where each stroke has to fill whole pixels (4 units) to be seen.
 * @returns {Layer[]}
 */
function smallMark() {
  const handset = union(box(16, 12, 32, 8, 6), box(8, 16, 12, 12, 4), box(44, 16, 12, 12, 4));
  return [
    { shape: box(0, 0, 64, 64, 14), color: tileColor },
    { shape: union(handset, box(24, 28, 16, 12, 6), box(12, 48, 40, 4, 2)), color: WHITE },
  ];
}

/**
 * Writes the application's icon in every size Linux desktops ask for.
 * @param {string} directory the project's `resources`
 */
export function makeIcons(directory) {
  mkdirSync(join(directory, 'icons'), { recursive: true });
  for (const size of SIZES) {
    const layers = size <= 16 ? smallMark() : fullMark();
    const png = encodePng(size, size, render(size, 64, layers));
    writeFileSync(join(directory, 'icons', `${size}x${size}.png`), png);
    if (size === 512) writeFileSync(join(directory, 'icon.png'), png);
  }
}
