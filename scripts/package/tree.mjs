import { cp, lstat, mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../runtime/run.mjs';

/** @typedef {import('./fpm-arguments.mjs').PackageOrder} PackageOrder */

/**
 * Puts a package's files where they will be installed, beneath a folder. The program is also on the user's path.
 * @param {PackageOrder} order
 * @param {string} root
 */
export async function layOut({ files, name }, root) {
  for (const { from, to } of files) {
    const target = join(root, to);
    await mkdir(dirname(target), { recursive: true });
    if (from.endsWith('/')) await run('cp', ['-a', '--reflink=auto', from, target]);
    else await cp(from, target);
  }
  // Whatever this machine's umask is.
  await run('chmod', ['-R', 'u=rwX,go=rX', root]);
  const program = files.find(({ from, to }) => from.endsWith('/') && to.startsWith('/opt/'));
  if (!program) return;
  await mkdir(join(root, 'usr', 'bin'), { recursive: true });
  await symlink(join(program.to, name), join(root, 'usr', 'bin', name));
}

/**
 * Every file beneath a folder, by its path from there, sorted.
 * @param {string} root
 * @returns {Promise<{ path: string, size: number, isLink: boolean }[]>}
 */
export async function filesBeneath(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const described = files.map(async (entry) => {
    const full = join(entry.parentPath, entry.name);
    const { size } = await lstat(full);
    return { path: full.slice(root.length + 1), size, isLink: entry.isSymbolicLink() };
  });
  return (await Promise.all(described)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Writes a file that appears whole or not at all.
 * @param {string} path
 * @param {(partial: string) => Promise<unknown>} write
 */
export async function writeWhole(path, write) {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  await write(partial);
  await rename(partial, path);
}

/**
 * @param {string} path
 * @param {string} text
 * @param {number} [mode]
 */
export async function writeText(path, text, mode = 0o644) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode });
}
