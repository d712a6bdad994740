import { dirname, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, dialog, ipcMain, Menu, safeStorage } from 'electron';
import { z } from 'zod';
import { t } from '../shared/i18n/i18n.ts';
import { REQUEST_CHANNEL } from '../shared/ipc/channels.ts';
import type { RunningApp } from './app.ts';
import type { AppOptions } from './app/base.ts';
import { codeCache } from './code-cache.ts';
import { MachineClock } from './clock.ts';
import { type ExportOptions, HELP, parseArguments, type StartOptions } from './config.ts';
import { RequestChannel } from './ipc/request-channel.ts';
import { JsonFile } from './lib/json-file.ts';
import { nextTurn } from './lib/next-turn.ts';
import { createLog, describe, type Log, messageOf } from './log.ts';
import type { Organisation } from './policy/organisation.ts';
import { makeFolders, makeScratch, type Paths, pathsOf, whyUnwritable } from './paths.ts';
import { Graphics, graphicsSchema } from './os/graphics.ts';
import { speak } from './os/language.ts';
import { readApp } from './read-app.ts';
import { remoteSession } from './os/remote-session.ts';
import { forgetVariables, refusedSwitches } from './switches.ts';
import { openWindows } from './windows/open-windows.ts';
import { registerScheme } from './windows/protocol.ts';

/** A data folder that cannot be written. */
type Unwritable = NonNullable<AppOptions['memoryOnly']>;

/** How long the parts may take to finish when the app quits, in ms. */
const CLOSE_MS = 3_000;

/**
 * Starts what the command line asks for, the console if nothing else. Electron is not ready before the returned promise
 * resolves.
 */
export async function start(): Promise<void> {
  // The installed console's switches are fixed, because its files and fuses are.
  const refused = app.isPackaged
    ? refusedSwitches(process.argv.slice(1), {
        platform: process.platform,
        asRoot: process.getuid?.() === 0,
      })
    : [];
  if (app.isPackaged) forgetVariables(process.env);
  await speak('system');

  const parsed = parseArguments(process.argv.slice(1));
  const memoryOnly = leaveUnwritable();
  const paths = pathsOf({
    userData: memoryOnly?.folder ?? app.getPath('userData'),
    scratch: app.getPath('userData'),
    app: app.getAppPath(),
    out: dirname(fileURLToPath(import.meta.url)),
    packaged: app.isPackaged,
    resourcesPath: process.resourcesPath,
    env: process.env,
  });

  if (refused.length > 0) {
    const problem = t('desktop.refusedSwitches', { names: refused.join(', ') });
    process.stderr.write(`${problem}\n`);
    // A program without a terminal has no standard output.
    if (process.platform !== 'linux') dialog.showErrorBox(t('desktop.fatalTitle'), problem);
    app.exit(1);
  } else if (!parsed.ok) {
    process.stderr.write(`${parsed.error}\n`);
    app.exit(1);
  } else if (parsed.value.print) {
    process.stdout.write(parsed.value.print === 'help' ? HELP : `${app.getVersion()}\n`);
    app.exit(0);
  } else if (parsed.value.exportCalls) {
    void exportAndExit(paths, parsed.value.exportCalls, parsed.value);
  } else if (
    !app.requestSingleInstanceLock({
      profile: absolute(parsed.value.profile),
      link: parsed.value.link,
    })
  ) {
    // The running instance was notified and shows itself.
    app.exit(0);
  } else if (parsed.value.importCalls !== undefined) {
    void importAndExit(paths, parsed.value.importCalls);
  } else {
    run(parsed.value, paths, memoryOnly);
  }
}

/**
 * A data folder that cannot be written would end the start without a message. Calls ring all the
 * same: Chromium and the log use a temporary folder, the stored setup is still read, and nothing
 * else is kept.
 */
function leaveUnwritable(): Unwritable | undefined {
  const folder = app.getPath('userData');
  const why = whyUnwritable(folder);
  if (why === undefined) return undefined;
  process.stderr.write(`${t('desktop.folderReadOnly', { folder })} (${why})\n`);
  try {
    const scratch = makeScratch(folder);
    app.setPath('userData', scratch);
    app.setPath('sessionData', scratch);
    return { folder, why };
  } catch (error) {
    const problem = t('desktop.noFolder', { folder, why: messageOf(error) });
    process.stderr.write(`${problem}\n`);
    dialog.showErrorBox(t('desktop.fatalTitle'), problem);
    return process.exit(1);
  }
}

function run(options: StartOptions, paths: Paths, memoryOnly: Unwritable | undefined): void {
  makeFolders(paths);
  const log = createLog(paths.logFile, process.env['RINGDESK_LOG'] === 'stdout');
  log.info(`start: Ringdesk ${app.getVersion()}, Electron ${process.versions.electron}`);
  const { taken, refused } = codeCache;
  if (refused > 0)
    log.warn(`start: ${refused} of ${taken + refused} code caches are of another V8`);
  process.on('uncaughtException', (error) => log.error(`uncaught: ${describe(error)}`));
  process.on('unhandledRejection', (error) => log.error(`unhandled: ${describe(error)}`));
  // The terminal that it was started from may be gone.
  process.stdout.on('error', () => undefined);
  app.on('child-process-gone', (_event, { type, reason }) => {
    log.warn(`process: ${type} is gone: ${reason}`);
  });

  registerScheme();
  // GTK, which opens the file dialogs, would read all of OpenGL into main, for nothing: 25 MB.
  process.env['GDK_GL'] ??= 'disable';
  const graphics = new Graphics({
    file: new JsonFile(paths.graphicsFile, graphicsSchema),
    electron: process.versions.electron,
    now: () => new MachineClock().now(),
    disable: () => app.disableHardwareAcceleration(),
    isMissing: () => app.getGPUFeatureStatus().gpu_compositing.startsWith('disabled'),
  });
  graphics.recall();
  // Both pages live in one process; a second one takes 25 MB.
  app.commandLine.appendSwitch('process-per-site');
  // A page’s V8 tidies up after the start as soon as V8 by itself would, and once. Chromium makes it wait for half a
  // minute, when nothing should run any more, and do it twice.
  app.commandLine.appendSwitch(
    'js-flags',
    '--gc-memory-reducer-start-delay-ms=8000 --memory-reducer-gc-count=1',
  );
  // Date fields follow the page’s language, which can change, and not the one that the system had at the start.
  app.commandLine.appendSwitch('enable-blink-features', 'LangAttributeAwareFormControlUI');
  // No “Reload”: it would end the call that the page carries.
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );
  // Otherwise Windows shows notifications under Electron's name.
  app.setAppUserModelId('io.github.ringdesk');

  let running: RunningApp | undefined;
  /** The last link that was opened before anything could show it. */
  let { link: waiting } = options;
  const openLink = (link: string) => {
    if (running) running.openLink(link);
    else waiting = link;
  };
  app.on('second-instance', (_event, _argv, _cwd, data: unknown) => {
    const { profile, link } = startDataOf(data);
    // A link decides itself whether it may come to the front.
    if (link === undefined) running?.show();
    else openLink(link);
    if (profile !== undefined) running?.offerProfile(profile);
  });
  // How macOS opens links.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLink(link);
  });
  app.on('activate', () => running?.show());
  // The console stays in the tray; people quit it there or in the menu.
  app.on('window-all-closed', () => undefined);
  quitInOrder(() => running, log);

  const open = async () => {
    await app.whenReady();
    // GTK has read it, and no program that is started from here may find it.
    delete process.env['GDK_GL'];
    quitOnSignals();
    const requests = new RequestChannel(ipcMain, REQUEST_CHANNEL);
    const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
    const windows = openWindows({ paths, devServer, log });
    windows.main.open(options.hidden);
    await nextTurn();
    // It is asked while the page's process starts, because its answer, which is kept, takes as long.
    if (process.platform === 'linux') safeStorage.isEncryptionAvailable();
    const about = Promise.all([
      organisationOf(options),
      remoteSession({ platform: process.platform, env: process.env }),
    ]);
    // Read only now: the page starts in its own process meanwhile.
    const { openApp } = await readApp();
    const [organisation, remote] = await about;
    running = await openApp({
      paths,
      log,
      windows,
      requests,
      organisation,
      remote,
      rotateKey: options.rotateKey,
      memoryOnly,
      profile: absolute(options.profile),
    });
    if (waiting !== undefined) running.openLink(waiting);
    await running.ready;
    running.handleReady();
    graphics.remember();
    log.info('start: ready');
    process.stdout.write(`${t('desktop.ready', { log: paths.logFile })}\n`);
  };
  open().catch((error: unknown) => {
    log.error(`start: ${describe(error)}`);
    dialog.showErrorBox(t('desktop.fatalTitle'), describe(error));
    app.exit(1);
  });
}

/** What the organisation has set for this console. */
async function organisationOf({ policy }: Pick<StartOptions, 'policy'>): Promise<Organisation> {
  const [{ readOrganisation }, { policySources }] = await Promise.all([
    import('./policy/organisation.ts'),
    import('./policy/sources.ts'),
  ]);
  const file = absolute(policy);
  return readOrganisation(policySources({ platform: process.platform, file }));
}

/** Shows nothing, and does not disturb a running console. */
async function exportAndExit(
  paths: Paths,
  options: ExportOptions,
  started: StartOptions,
): Promise<void> {
  try {
    (await organisationOf(started)).assertAllowed('export');
    const { exportHeadless } = await import('./headless.ts');
    process.stdout.write(`${await exportHeadless(paths, options)}\n`);
    app.exit(0);
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    app.exit(1);
  }
}

/** Only where no console runs: it would not know what came. */
async function importAndExit(paths: Paths, file: string): Promise<void> {
  try {
    const { importHeadless } = await import('./headless.ts');
    process.stdout.write(`${await importHeadless(paths, file)}\n`);
    app.exit(0);
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    app.exit(1);
  }
}

/** For whoever typed the command. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // While a file is written, its name has a number, and ends in `.part`.
  const [, path] = /^ENOENT: .* '(.+?)(?:\.[\da-f]{8}\.part)?'$/.exec(error.message) ?? [];
  return path === undefined ? error.message : `${path}: there is no such file or folder.`;
}

/** Lets every part finish before the process ends, within a limit. */
function quitInOrder(running: () => RunningApp | undefined, log: Log): void {
  let quitting = false;
  app.on('before-quit', (event) => {
    const started = running();
    // Again while the parts finish: a second Ctrl+C, or the system that ends the session.
    event.preventDefault();
    // Nothing is open yet but the window, which would only be hidden.
    if (!started) return app.exit(0);
    if (quitting) return;
    quitting = true;
    void closeAndExit(started, log);
  });
}

/** Chromium's own handlers quit at the first signal, and end the process in mid-work at the second. */
function quitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => app.quit());
}

async function closeAndExit(running: RunningApp, log: Log): Promise<void> {
  try {
    await running.beforeQuit();
    await Promise.race([running.close(), setTimeout(CLOSE_MS)]);
  } catch (error) {
    log.error(`quit: ${describe(error)}`);
  }
  log.info('quit');
  app.exit(0);
}

function absolute(file: string | undefined): string | undefined {
  return file === undefined ? undefined : resolve(file);
}

const startData = z.object({
  profile: z.string().optional().catch(undefined),
  link: z.string().optional().catch(undefined),
});

/** What a second start was given. */
function startDataOf(data: unknown): z.infer<typeof startData> {
  const read = startData.safeParse(data);
  return read.success ? read.data : {};
}
