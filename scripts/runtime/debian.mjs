import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { childEnv } from './project.mjs';
import { run, succeeds } from './run.mjs';

/**
 * @typedef {object} Requirement
 * @property {string[]} packages the Debian package, by its names in different releases, newest
 *   first
 * @property {string} [command] the program it is needed for, to detect it on any Linux
 */

/** What Electron links against or loads. @type {Requirement[]} */
export const ELECTRON_LIBRARIES = [
  { packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { packages: ['libnss3'] },
  { packages: ['libasound2t64', 'libasound2'] },
  { packages: ['libgbm1'] },
  { packages: ['libnotify4'] },
  { packages: ['libsecret-1-0'] },
];

/** @type {Requirement} */
export const XVFB = { packages: ['xvfb'], command: 'Xvfb' };
/** @type {Requirement} */
export const DBUS = { packages: ['dbus'], command: 'dbus-daemon' };
/** @type {Requirement} */
export const DBUS_TOOLS = { packages: ['dbus'], command: 'dbus-send' };
/** @type {Requirement} */
export const KEYRING = { packages: ['gnome-keyring'], command: 'gnome-keyring-daemon' };
/** A TURN server for testing the relay's media and the console's page. @type {Requirement} */
export const COTURN = { packages: ['coturn'], command: 'turnserver' };
/**
 * An independent reader of exported files.
 * @type {Requirement}
 */
const LIBREOFFICE = { packages: ['libreoffice-calc-nogui'], command: 'soffice' };
/**
 * A SOCKS proxy with a password.
 * @type {Requirement}
 */
const MICROSOCKS = { packages: ['microsocks'], command: 'microsocks' };
/** A browser newer than Electron's, for testing the relay's media. @type {Requirement} */
export const CHROMIUM = { packages: ['chromium'], command: 'chromium' };
/**
 * Creates test networks, which requires root.
 * @type {Requirement}
 */
export const IPROUTE = { packages: ['iproute2'], command: 'tc' };
/**
 * A sound server, for tests that plug virtual devices and measure what they play.
 * @type {Requirement}
 */
export const PULSEAUDIO = { packages: ['pulseaudio'], command: 'pulseaudio' };
/** Its command line: `pactl`, `parec`. @type {Requirement} */
export const PULSE_TOOLS = { packages: ['pulseaudio-utils'], command: 'pactl' };
/**
 * A window manager, a window to lie under ours, and a hand on mouse and keys.
 * @type {Requirement[]}
 */
export const WINDOW_MANAGER = [
  { packages: ['openbox'], command: 'openbox' },
  { packages: ['x11-utils'], command: 'xev' },
  { packages: ['xdotool'], command: 'xdotool' },
];
/**
 * What our deployment files are written for.
 * @type {Requirement[]}
 */
const DEPLOYMENT = [
  { packages: ['haproxy'], command: 'haproxy' },
  { packages: ['systemd'], command: 'systemd-analyze' },
  { packages: ['docker-compose'], command: 'docker-compose' },
];
/** What the integration tests and chaos run, beside `nats-server`. */
export const TEST_PROGRAMS = [
  CHROMIUM,
  COTURN,
  IPROUTE,
  LIBREOFFICE,
  MICROSOCKS,
  PULSEAUDIO,
  PULSE_TOOLS,
  ...DEPLOYMENT,
];
/** SQLite's command line, which the benchmark of the call log runs. @type {Requirement} */
export const SQLITE = { packages: ['sqlite3'], command: 'sqlite3' };
/** @type {Requirement} */
export const RPMBUILD = { packages: ['rpm'], command: 'rpmbuild' };
/** @type {Requirement} */
export const SEVEN_ZIP = { packages: ['p7zip-full', '7zip'], command: '7za' };
/** @type {Requirement} */
export const COMPILER = { packages: ['g++'], command: 'g++' };

/**
 * Ensures that requirements are installed. Installs them itself where nobody can be asked and it
 * may (root in a container or in CI), and otherwise prints the command to run.
 * @param {Requirement[]} requirements
 * @param {import('./progress.mjs').Say} say
 */
export async function ensureInstalled(requirements, say) {
  if (process.platform !== 'linux') return;
  const isDebian = onPath('dpkg-query');
  const missing = [];
  for (const requirement of requirements) {
    if (!(await isPresent(requirement, isDebian))) missing.push(requirement);
  }
  if (missing.length === 0) return;
  if (!isDebian) {
    const names = missing.map((requirement) => requirement.command).join(', ');
    throw new Error(
      `Please install ${names} with your system's package manager, then start again.`,
    );
  }
  const mayInstall = process.getuid?.() === 0 && (Boolean(process.env.CI) || !process.stdin.isTTY);
  if (!mayInstall) {
    const names = await Promise.all(missing.map(knownName));
    throw new Error(
      `Some system packages are missing. Please run\n\n  sudo apt-get update && sudo apt-get install -y ` +
        `--no-install-recommends ${names.join(' ')}\n\nand start again.`,
    );
  }
  await install(missing, say);
}

/** Read once for all steps of a preparation. */
let isListRead = false;

/**
 * @param {Requirement[]} missing
 * @param {import('./progress.mjs').Say} say
 */
async function install(missing, say) {
  const env = childEnv({ DEBIAN_FRONTEND: 'noninteractive' });
  // Another apt may be running, e.g. just after boot: wait for it.
  const patient = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  if (!isListRead) {
    say('Reading the list of system packages');
    await run('apt-get', ['update', ...patient], { env });
    isListRead = true;
  }
  const names = await Promise.all(missing.map(knownName)); // before the update, no name is known
  say(`Installing system packages: ${names.join(' ')}`);
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...patient, ...names], { env });
}

/**
 * @param {Requirement} requirement
 * @param {boolean} isDebian
 */
async function isPresent({ packages, command }, isDebian) {
  if (command) return onPath(command);
  if (!isDebian) return true; // libraries have other names elsewhere; the loader names a missing one
  for (const name of packages) {
    const status = await run('dpkg-query', ['-W', '-f=${db:Status-Status}', name]).catch(() => '');
    if (status === 'installed') return true;
  }
  return false;
}

/** The package's name in this release. @param {Requirement} requirement */
async function knownName({ packages }) {
  for (const name of packages) {
    if (await succeeds('apt-cache', ['show', name])) return name;
  }
  return packages[packages.length - 1];
}

/** @param {string} command */
const onPath = (command) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
