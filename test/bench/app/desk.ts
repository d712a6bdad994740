import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { writeTone } from '../../../scripts/resources/tone.mjs';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { openDesktop } from '../../../scripts/runtime/display.mjs';
import { prepare } from '../../../scripts/runtime/prepare.mjs';
import { openDatabase } from '../../../src/main/db/open.ts';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { startBackend, type Backend, type BackendOptions } from '../../e2e/harness/backend.ts';
import { openConsoleApp, type ConsoleApp, projectFolder } from '../../e2e/harness/console-app.ts';
import { DbusDesktop } from '../../helpers/dbus-desktop.ts';
import { endedCall } from '../../helpers/calls.ts';
import type { Program } from './program.ts';

const CALLS = 10_000;
/** Of the agent's microphone. */
const MICROPHONE_HZ = 1000;
const FAKE_DEVICES = '--use-fake-device-for-media-stream';
const ana = { id: 'ana', name: 'Ana Lima' };

/** A screen, an Electron, and consoles with a long call log on it. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'ringdesk-bench-'));
  readonly electronVersion: string;
  readonly #electronPath: string;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #closes: (() => Promise<void> | void)[];
  #consoles = 0;

  private constructor(
    runtime: Awaited<ReturnType<typeof prepare>>,
    screen: Awaited<ReturnType<typeof openDesktop>>,
    tray: DbusDesktop,
  ) {
    this.electronVersion = runtime.electronVersion;
    this.#electronPath = runtime.electronPath;
    this.#args = [...runtime.args, ...screen.args];
    this.#env = { ...runtime.env, ...screen.env };
    this.#closes = [() => tray.stop(), screen.dispose, runtime.dispose];
  }

  static async open(): Promise<Desk> {
    const runtime = await prepare({ display: false, onStep: () => undefined });
    await ensureBuilt(runtime);
    const screen = await openDesktop({ isolated: true, keyring: true }, () => undefined);
    const busAddress = screen.env['DBUS_SESSION_BUS_ADDRESS'];
    if (busAddress === undefined) throw new Error('the desktop has no D-Bus session');
    return new Desk(runtime, screen, await DbusDesktop.start({ busAddress }));
  }

  /**
   * A relay and a simulated WhatsApp, and a console's data folder set up for them.
   *
   * @param fill makes its call log; 10,000 calls by default
   */
  async workspace({
    role,
    fill = fillLog,
    ...options
  }: BackendOptions & { role?: 'supervisor'; fill?: (path: string) => void } = {}): Promise<{
    backend: Backend;
    userData: string;
    profile: string;
    open: () => Promise<ConsoleApp>;
  }> {
    const name = `console-${this.#consoles++}`;
    const backend = await startBackend(join(this.folder, `${name}-backend`), {}, options);
    this.#closes.unshift(() => backend.close());
    const userData = join(this.folder, name);
    const microphone = join(this.folder, 'microphone.wav');
    writeTone(microphone, MICROPHONE_HZ, 4);
    const open = (profile?: string) =>
      openConsoleApp({
        electronPath: this.#electronPath,
        appPath: projectFolder,
        machineArgs: this.#args,
        env: this.#env,
        userData,
        microphone,
        profile,
      });
    // The first start stores the profile, and encrypts the log.
    mkdirSync(userData, { mode: 0o700 });
    fill(join(userData, 'ringdesk.db'));
    const profile = await backend.profileFor({ ...ana, role });
    const first = await open(profile);
    await connected(first);
    await first.close();
    return { backend, userData, profile, open: () => open() };
  }

  /** How to start the console as a user does. */
  console(userData: string): Program {
    return this.#program(projectFolder, userData);
  }

  /** A window with one word. */
  blank(...switches: string[]): Program {
    return this.#program(join(import.meta.dirname, 'blank'), join(this.folder, 'blank'), switches);
  }

  /** The smallest console that there could be, of the agent with this profile. */
  async parts(profile: string): Promise<Program> {
    const app = join(import.meta.dirname, 'parts');
    const userData = join(this.folder, 'parts');
    mkdirSync(userData, { mode: 0o700 });
    fillLog(join(userData, 'calls.db'));
    copyFileSync(profile, join(userData, 'profile.json'));
    await build({
      root: app,
      configFile: false,
      base: './',
      logLevel: 'error',
      build: { outDir: join(userData, 'page'), target: 'chrome130' },
    });
    return this.#program(app, userData);
  }

  #program(app: string, userData: string, switches: readonly string[] = []): Program {
    return {
      path: this.#electronPath,
      // As at a desk. A console without a microphone cannot ring, and the relay asks every 5 s whether it can again.
      args: [...this.#args, FAKE_DEVICES, app, `--user-data-dir=${userData}`, ...switches],
      env: this.#env,
    };
  }

  async close(): Promise<void> {
    for (const close of this.#closes) await close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits until the console says that it is connected to the relay. */
export const connected = ({ window }: ConsoleApp) =>
  window
    .getByText(/^Connected/)
    .first()
    .waitFor();

function fillLog(path: string): void {
  const { db } = openDatabase({ path });
  const log = new SqliteCallLog(db);
  const start = Date.now() - CALLS * 60_000;
  db.transaction(() => {
    for (let n = 0; n < CALLS; n++) {
      const waId = `55119${String(70_000_000 + (n % 2500))}`;
      const createdAt = start + n * 60_000;
      log.put(endedCall(n, { createdAt, party: { waId, name: `Customer ${n % 2500}` } }));
    }
  }).immediate();
  log.markSeen();
  db.close();
}
