import { join } from 'node:path';
import { type ElectronApplication, _electron, errors, type Page } from '@playwright/test';
import type { OtherNetwork } from './network.ts';

/** How to start one console in real Electron. */
export interface DeskOptions {
  electronPath: string;
  /** Folder of the built app, or undefined for a packaged one that knows its own. */
  appPath?: string | undefined;
  /** Chromium switches that the machine needs, e.g. `--no-sandbox` for root. */
  machineArgs: readonly string[];
  env: NodeJS.ProcessEnv;
  /** The console's own data, never shared between two consoles. */
  userData: string;
  profile?: string | undefined;
  /** WAV file that stands in for the agent's microphone. */
  microphone?: string | undefined;
  args?: readonly string[] | undefined;
  /** Another network that the console is in. */
  network?: OtherNetwork | undefined;
}

/** One agent's console: the running app and its windows. */
export interface Desk {
  app: ElectronApplication;
  window: Page;
  /** What the app printed so far. */
  output(): string;
  /** The popup that shows a ringing call; it exists, hidden, from the start. */
  ringWindow(): Promise<Page>;
  close(): Promise<void>;
  /** `kill -9`, as a crash of the machine would. */
  kill(): Promise<void>;
}

/** Starts a console and waits for its main window. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { userData, profile, microphone, electronPath } = options;
  const place = await options.network?.place(electronPath);
  const app = await launch({
    executablePath: place?.electronPath ?? electronPath,
    args: [
      ...options.machineArgs,
      ...(options.appPath === undefined ? [] : [options.appPath]),
      `--user-data-dir=${userData}`,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}`]),
      ...(profile === undefined ? [] : [`--profile=${profile}`]),
      ...(options.args ?? []),
      ...(place?.args ?? []),
    ],
    env: definedOnly({ ...options.env, RINGDESK_LOG: 'stdout' }),
  });
  const printed: string[] = [];
  const child = app.process();
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    app,
    window: await pageOf(app, 'index.html'),
    output: () => printed.join(''),
    ringWindow: () => pageOf(app, 'ring.html'),
    close: async () => {
      await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
      await gone;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Much longer than a console takes to start, even on a busy machine. */
const LAUNCH_LIMIT_MS = 20_000;

/**
 * Playwright now and then attaches to a window in the moment it opens and then waits for it for ever, although the app
 * is up. It ends the app before it gives up, so that trying again is a start like the first.
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

/** The window that shows a page of ours, now or as soon as it opens. */
async function pageOf(app: ElectronApplication, file: string): Promise<Page> {
  const shows = (page: Page) => new URL(page.url()).pathname.endsWith(file);
  const found = app.windows().find(shows);
  if (found) return found;
  return new Promise<Page>((resolve) => {
    const check = (page: Page) => {
      if (shows(page)) resolve(page);
      else page.once('framenavigated', () => check(page));
    };
    app.on('window', check);
    for (const page of app.windows()) check(page);
  });
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...rest } = env;
  return Object.fromEntries(
    Object.entries(rest).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
  );
}

/** The project's folder, from where the built app is started. */
export const projectFolder = join(import.meta.dirname, '..', '..', '..');
