import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMPILER, ELECTRON_LIBRARIES, ensureInstalled } from './debian.mjs';
import { openDesktop } from './display.mjs';
import { resolveElectron } from './electron.mjs';
import { createProgress } from './progress.mjs';
import { childEnv } from './project.mjs';
import { succeeds } from './run.mjs';
import { isSqlitePrepared, needsOwnBinding, prepareSqlite } from './sqlite.mjs';

/**
 * @typedef {object} Runtime everything needed to start Ringdesk's Electron
 * @property {string} electronPath
 * @property {string} electronVersion
 * @property {boolean} official whether it is the Electron that package.json names
 * @property {NodeJS.ProcessEnv} env the complete environment for Electron and the processes beside
 *   it
 * @property {string[]} args switches that must come first on Electron's command line
 * @property {string | undefined} sqliteBinding for better-sqlite3's `nativeBinding`, if it needs
 *   another
 * @property {() => Promise<void>} dispose ends the private screen and D-Bus session, if there are
 *   any
 */

/**
 * Prepares the machine to run Ringdesk: system libraries, Electron, the database binding and, on
 * request, a desktop. The first time takes minutes and says what it does; later it takes a moment.
 * @param {object} [options]
 * @param {boolean} [options.display] make sure there is a screen and a D-Bus session
 * @param {boolean} [options.isolated] a private screen and D-Bus session even on somebody's desktop
 * @param {boolean} [options.keyring] a private keyring as well, for safeStorage
 * @param {(line: string) => void} [options.onStep] takes the progress lines; the terminal by
 *   default
 * @returns {Promise<Runtime>}
 */
export async function prepare({ display = true, isolated, keyring, onStep } = {}) {
  const progress = createProgress(display ? 4 : 3, onStep);
  await progress.step((say) => ensureInstalled(ELECTRON_LIBRARIES, say));
  const electron = await progress.step(resolveElectron);
  const sqliteBinding = await progress.step(async (say) => {
    if (!needsOwnBinding(electron.version)) return undefined;
    if (!isSqlitePrepared()) await ensureInstalled([COMPILER], say);
    return prepareSqlite(electron, say);
  });
  const args = await sandboxArgs(electron.path);
  progress.note(electron.description);

  const desktop = display
    ? await progress.step((say) => openDesktop({ isolated, keyring }, say))
    : undefined;
  if (desktop?.description) progress.note(desktop.description);
  return {
    electronPath: electron.path,
    electronVersion: electron.version,
    official: electron.official,
    sqliteBinding,
    env: childEnv({
      ...(sqliteBinding && { RINGDESK_SQLITE_BINDING: sqliteBinding }),
      ...desktop?.env,
    }),
    args: [...args, ...(desktop?.args ?? [])],
    dispose: desktop?.dispose ?? (async () => {}),
  };
}

/**
 * Chromium refuses to sandbox as root. Everybody else keeps the sandbox, and is told what to do if
 * the system forbids it.
 * @param {string} electronPath
 */
async function sandboxArgs(electronPath) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = join(dirname(electronPath), 'chrome-sandbox');
  if (await succeeds('unshare', ['--user', 'true'])) return [];
  if (!existsSync(helper) || (await succeeds('test', ['-u', helper]))) return [];
  throw new Error(
    'This system does not let programs open a sandbox, which Electron needs. Please run\n\n' +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}\n\nand start again.`,
  );
}
