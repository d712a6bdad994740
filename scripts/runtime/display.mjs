import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DBUS, DBUS_TOOLS, KEYRING, XVFB, ensureInstalled } from './debian.mjs';
import { run } from './run.mjs';

/** The system bus's socket; containers have none. */
const SYSTEM_BUS = '/run/dbus/system_bus_socket';

/**
 * @typedef {object} Desktop
 * @property {Record<string, string>} env what a child process needs to find the desktop
 * @property {string[]} args switches for Electron on this desktop
 * @property {string | undefined} description one line for people, if we started anything
 * @property {() => Promise<void>} dispose ends what we started
 */

/**
 * A desktop for Electron on Linux. Uses what the session has, and starts what it lacks (a screen, a
 * D-Bus session) privately. Does nothing on other systems.
 * @param {object} wishes
 * @param {boolean} [wishes.isolated] use private ones even where the session has its own, so that a
 *   test does not open windows on somebody's screen or take over their tray
 * @param {boolean} [wishes.keyring] add a private, unlocked keyring for safeStorage (implies a
 *   private D-Bus)
 * @param {import('./progress.mjs').Say} say
 */
export async function openDesktop({ isolated = false, keyring = false }, say) {
  /** @type {Record<string, string>} */
  const env = {};
  /** @type {string[]} */
  const args = [];
  /** @type {(() => Promise<void>)[]} */
  const cleanups = [];
  const dispose = async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  };
  if (process.platform !== 'linux') return { env, args, description: undefined, dispose };

  const has = process.env;
  const needsScreen = isolated || !(has.DISPLAY || has.WAYLAND_DISPLAY);
  const needsBus = isolated || keyring || !has.DBUS_SESSION_BUS_ADDRESS;
  const required = [
    ...(needsScreen ? [XVFB] : []),
    ...(needsBus ? [DBUS] : []),
    ...(keyring ? [KEYRING, DBUS_TOOLS] : []),
  ];
  await ensureInstalled(required, say);

  const started = [];
  try {
    if (isolated || !has.XDG_RUNTIME_DIR) {
      env.XDG_RUNTIME_DIR = await mkdtemp(join(tmpdir(), 'ringdesk-session-'));
      cleanups.push(() => rm(env.XDG_RUNTIME_DIR, { recursive: true, force: true, maxRetries: 3 }));
    }
    if (needsScreen) {
      const size = ['-screen', '0', '1920x1080x24'];
      const screen = await keep('Xvfb', ['-displayfd', '1', ...size, '-nolisten', 'tcp'], env);
      cleanups.push(screen.stop);
      env.DISPLAY = `:${screen.firstLine}`;
      env.XDG_SESSION_TYPE = 'x11';
      started.push(`screen ${env.DISPLAY} (Xvfb)`);
      if (has.WAYLAND_DISPLAY) args.push('--ozone-platform=x11');
    }
    if (needsBus) {
      const bus = await keep(
        'dbus-daemon',
        ['--session', '--nofork', '--nopidfile', '--print-address=1'],
        env,
      );
      cleanups.push(bus.stop);
      env.DBUS_SESSION_BUS_ADDRESS = bus.firstLine;
      // Without a system bus, Electron would log the same warning over and over.
      if (isolated || !existsSync(SYSTEM_BUS)) env.DBUS_SYSTEM_BUS_ADDRESS = bus.firstLine;
      started.push('D-Bus session');
    }
    if (keyring) {
      cleanups.push(await openKeyring(env));
      args.push('--password-store=gnome-libsecret');
      started.push('keyring');
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  const description = started.length > 0 ? `Private ${started.join(', ')}` : undefined;
  return { env, args, description, dispose };
}

/**
 * A keyring that is unlocked with an empty password and deleted afterwards.
 * @param {Record<string, string>} env
 */
async function openKeyring(env) {
  const folder = await mkdtemp(join(tmpdir(), 'ringdesk-keyring-'));
  const args = ['--foreground', '--unlock', '--components=secrets'];
  const keyring = await keep('gnome-keyring-daemon', args, { ...env, XDG_DATA_HOME: folder }, () =>
    ownsSecrets(env),
  );
  return async () => {
    await keyring.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

/** Whether a secret service is on the bus yet. @param {Record<string, string>} env */
async function ownsSecrets(env) {
  const question = ['--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner'];
  const args = ['--session', '--print-reply', ...question, 'string:org.freedesktop.secrets'];
  return (await run('dbus-send', args, { env: { ...process.env, ...env } })).includes(
    'boolean true',
  );
}

/**
 * Runs a helper process that cannot outlive us: a small shell holds a pipe to us, which the system
 * closes even if we are killed. In its own process group, the helper also survives Ctrl+C until the
 * app has closed its windows. The empty line is the keyring's password.
 */
const KEEPER =
  'echo | "$@" & helper=$!; exec >/dev/null; cat; kill $helper 2>/dev/null; wait $helper';

/** How long a helper may take to start, even on a busy machine, in ms. */
const READY_LIMIT_MS = 15_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {() => Promise<boolean>} [isReady] for a helper that does not say it by printing a line
 * @returns {Promise<{ firstLine: string, stop: () => Promise<void> }>} resolves when the helper is
 *   ready
 */
async function keep(command, args, env, isReady) {
  const keeper = spawn('sh', ['-c', KEEPER, 'keeper', command, ...args], {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  let closed = false;
  keeper.stdin.on('error', () => {});
  keeper.stdout.on('data', (chunk) => (output += chunk));
  keeper.stdout.on('end', () => (closed = true));
  keeper.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-2000)));
  const ended = new Promise((done) => keeper.once('exit', done));
  const stop = async () => {
    keeper.ref(); // unless we wait for it now
    keeper.stdin.end();
    await ended;
  };

  const limit = performance.now() + READY_LIMIT_MS;
  while (!(isReady ? await isReady() : output.includes('\n'))) {
    // A silent helper, such as the keyring, may close its output before it is ready.
    if ((closed && !isReady) || performance.now() > limit) {
      await stop();
      throw new Error(
        `${command} ${closed ? 'ended too early' : 'did not get ready'}. ${errors.trim()}`,
      );
    }
    await sleep(20);
  }
  // The helper must not keep this process alive.
  keeper.unref();
  for (const pipe of [keeper.stdout, keeper.stderr, keeper.stdin]) {
    if (pipe instanceof Socket) pipe.unref();
  }
  return { firstLine: output.split('\n', 1)[0], stop };
}
