import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';

/** Every size that Linux desktops use. */
const ICON_SIZES = [16, 32, 48, 64, 128, 256, 512];
const TRAY_STATES = ['idle', 'ringing', 'active', 'offline', 'dnd'];

/**
 * Draws the application's icons and the tray's states from the SVG sources in `drawings/`.
 * @param {string} directory the project's `resources`
 */
export async function makeImages(directory) {
  const png = (/** @type {string} */ name, /** @type {number} */ size) =>
    render(join(directory, 'drawings', `${name}.svg`), size);

  mkdirSync(join(directory, 'icons'), { recursive: true });
  for (const size of ICON_SIZES) {
    const image = await png(size <= 16 ? 'icon-16' : 'icon', size);
    writeFileSync(join(directory, 'icons', `${size}x${size}.png`), image);
    if (size === 512) writeFileSync(join(directory, 'icon.png'), image);
  }
  mkdirSync(join(directory, 'tray'), { recursive: true });
  for (const state of TRAY_STATES) {
    writeFileSync(join(directory, 'tray', `${state}.png`), await png(`tray-${state}`, 22));
    writeFileSync(join(directory, 'tray', `${state}@2x.png`), await png(`tray-${state}`, 44));
  }
}

/**
 * A square PNG of an SVG file.
 * @param {string} path
 * @param {number} size pixels per side
 */
async function render(path, size) {
  const drawing = await loadImage(readFileSync(path));
  const canvas = createCanvas(size, size);
  canvas.getContext('2d').drawImage(drawing, 0, 0, size, size);
  return canvas.toBuffer('image/png');
}
