import { existsSync } from 'node:fs';
import { link, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** No preparation takes this long, so an older lock was left behind by a crash. In ms. */
const STALE_AFTER_MS = 30 * 60_000;

/**
 * The per-user cache. It is outside the project, so that a fresh clone finds what an earlier one
 * prepared.
 */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'ringdesk');
}

/**
 * A folder of the cache, made by `build` the first time. `build` fills a temporary folder that gets
 * its real name in one rename, so an interrupted preparation never looks like a finished one; a
 * lock keeps two starts from preparing the same thing at once.
 * @param {string} name changes whenever the recipe does
 * @param {(folder: string) => Promise<void>} build
 * @param {import('./progress.mjs').Say} say
 * @returns {Promise<string>} the finished folder
 */
export async function preparedFolder(name, build, say) {
  const root = cacheFolder();
  const finished = join(root, name);
  if (existsSync(finished)) return finished;
  await mkdir(root, { recursive: true });
  const unlock = await lock(join(root, `${name}.lock`), say);
  try {
    if (existsSync(finished)) return finished; // the process that held the lock has made it
    await removeLeftovers(root, `${name}.partial-`);
    const partial = join(root, `${name}.partial-${process.pid}`);
    await mkdir(partial);
    try {
      await build(partial);
      await rename(partial, finished);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    return finished;
  } finally {
    await unlock();
  }
}

/**
 * @param {string} path
 * @param {import('./progress.mjs').Say} say
 * @returns {Promise<() => Promise<void>>} releases the lock
 */
async function lock(path, say) {
  const mine = `${path}-${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    for (let told = false; ;) {
      try {
        // A link appears complete: nobody can read a lock without its owner.
        await link(mine, path);
        return () => rm(path, { force: true });
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
      if (await isStale(path)) {
        await rm(path, { force: true });
        continue;
      }
      if (!told) say('Another start of Ringdesk is preparing this; waiting for it');
      told = true;
      await sleep(300);
    }
  } finally {
    await rm(mine, { force: true });
  }
}

/** @param {string} path */
async function isStale(path) {
  try {
    const owner = Number(await readFile(path, 'utf8'));
    const age = Date.now() - (await stat(path)).mtimeMs;
    return age > STALE_AFTER_MS || !isAlive(owner);
  } catch {
    return false; // released in this very moment; the next try decides
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM'); // another user's process, but alive
  }
}

/**
 * @param {string} folder
 * @param {string} prefix
 */
async function removeLeftovers(folder, prefix) {
  for (const entry of await readdir(folder)) {
    if (entry.startsWith(prefix)) await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
const hasCode = (error, code) => error instanceof Error && 'code' in error && error.code === code;
