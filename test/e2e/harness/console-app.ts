import { join } from 'node:path';
import { type ElectronApplication, _electron, errors, type Page } from '@playwright/test';
import type { RemoteNetwork } from './remote-network.ts';

/** How to start one console in real Electron. */
export interface ConsoleAppOptions {
  electronPath: string;
  /** Folder of the built app. A packaged app finds its own. */
  appPath?: string | undefined;
  /** Chromium switches that the machine needs, e.g. `--no-sandbox` for root. */
  machineArgs: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Data folder; two consoles never share one. */
  userData: string;
  profile?: string | undefined;
  /** WAV file that stands in for the agent's microphone. */
  microphone?: string | undefined;
  /** Uses the sound server of `env` instead of Chromium's fake devices. */
  realSound?: boolean | undefined;
  args?: readonly string[] | undefined;
  /** Starts the console on another network. */
  network?: RemoteNetwork | undefined;
}

/** One agent's running console and its windows. */
export interface ConsoleApp {
  electron: ElectronApplication;
  window: Page;
  /** Everything printed so far. */
  output(): string;
  /** The popup for a ringing call. It exists, hidden, from the start. */
  ringWindow(): Promise<Page>;
  close(): Promise<void>;
  /** `kill -9`, like a crash. */
  kill(): Promise<void>;
}

const FAKE_DEVICES = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

/** Starts a console and waits for its main window. */
export async function openConsoleApp(options: ConsoleAppOptions): Promise<ConsoleApp> {
  const { userData, profile, microphone, electronPath } = options;
  const remote = await options.network?.electron(electronPath);
  const electron = await launch({
    executablePath: remote?.electronPath ?? electronPath,
    args: [
      ...options.machineArgs,
      ...(options.appPath === undefined ? [] : [options.appPath]),
      `--user-data-dir=${userData}`,
      ...(options.realSound === true ? [] : FAKE_DEVICES),
      ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}`]),
      ...(profile === undefined ? [] : [`--profile=${profile}`]),
      ...(options.args ?? []),
      ...(remote?.args ?? []),
    ],
    env: definedOnly({ ...options.env, RINGDESK_LOG: 'stdout' }),
  });
  const printed: string[] = [];
  const child = electron.process();
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    electron,
    window: await pageOf(electron, 'index.html'),
    output: () => printed.join(''),
    ringWindow: () => pageOf(electron, 'ring.html'),
    close: async () => {
      await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
      await gone;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Far longer than a console takes to start, even on a busy machine. */
const LAUNCH_LIMIT_MS = 20_000;

/**
 * Starts Electron, twice if needed: Playwright sometimes attaches to a window just as it opens and
 * then waits for ever. It ends the app before giving up, so the second start is a clean one.
 */
async function launch(
  options: Parameters<typeof _electron.launch>[0],
): Promise<ElectronApplication> {
  const timeout = { ...options, timeout: LAUNCH_LIMIT_MS };
  try {
    return await _electron.launch(timeout);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    return await _electron.launch(timeout);
  }
}

/** The window that shows this page, now or as soon as it opens. */
async function pageOf(electron: ElectronApplication, file: string): Promise<Page> {
  const shows = (page: Page) => new URL(page.url()).pathname.endsWith(file);
  const found = electron.windows().find(shows);
  if (found) return found;
  return new Promise<Page>((resolve) => {
    const check = (page: Page) => {
      if (shows(page)) resolve(page);
      else page.once('framenavigated', () => check(page));
    };
    electron.on('window', check);
    for (const page of electron.windows()) check(page);
  });
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...rest } = env;
  return Object.fromEntries(
    Object.entries(rest).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
  );
}

/** The project's root, where the built app starts from. */
export const projectFolder = join(import.meta.dirname, '..', '..', '..');
