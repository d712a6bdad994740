import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../runtime/run.mjs';
import { filesBeneath, layOut, writeText, writeWhole } from './tree.mjs';

/** @typedef {import('./fpm-arguments.mjs').PackageOrder} PackageOrder */

/**
 * Makes a Debian package, as the Debian Policy Manual describes it.
 * @param {PackageOrder} order
 * @param {string} scratch an empty folder
 */
export async function makeDeb(order, scratch) {
  const root = join(scratch, 'root');
  await layOut(order, root);
  const files = await filesBeneath(root);
  const kib = files.reduce((sum, { size }) => sum + Math.ceil(size / 1024), 0);
  const control = join(root, 'DEBIAN');
  await writeText(join(control, 'control'), controlFile(order, kib));
  const sums = [];
  for (const { path, isLink } of files) {
    if (!isLink) sums.push(`${await md5(join(root, path))}  ${path}\n`);
  }
  await writeText(join(control, 'md5sums'), sums.join(''));
  for (const [name, script] of [
    ['postinst', order.afterInstall],
    ['postrm', order.afterRemove],
  ]) {
    if (name && script) await writeText(join(control, name), await readFile(script, 'utf8'), 0o755);
  }
  const compression = order.compression === 'store' ? 'none' : order.compression;
  const flags = ['--root-owner-group', `-Z${compression}`];
  await writeWhole(order.file, (partial) => run('dpkg-deb', [...flags, '--build', root, partial]));
}

/**
 * The file `control` (Policy Manual, 5.3).
 * @param {PackageOrder} order
 * @param {number} installedKib
 */
export function controlFile(order, installedKib) {
  const lists = [
    ['Depends', order.depends],
    ['Recommends', order.recommends],
  ];
  const lines = [
    `Package: ${order.name}`,
    `Version: ${order.version}`,
    `Architecture: ${order.architecture}`,
    `Maintainer: ${order.maintainer}`,
    `Installed-Size: ${installedKib}`,
    ...lists.flatMap(([field, values]) =>
      values && values.length > 0 ? [`${String(field)}: ${[values].flat().join(', ')}`] : [],
    ),
    `Section: ${order.category}`,
    'Priority: optional',
    `Homepage: ${order.url}`,
    `Description: ${order.summary}`,
    ...order.description.split('\n').map((line) => (line.trim() === '' ? ' .' : ` ${line.trim()}`)),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {string} file */
async function md5(file) {
  const hash = createHash('md5');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
