import { join } from 'node:path';
import { app, clipboard, safeStorage, session } from 'electron';
import type { AppEvent } from '../shared/ipc/events.ts';
import type { Settings } from '../shared/ipc/model.ts';
import { isCalling } from '../shared/call/record.ts';
import { watchNetwork } from './os/network.ts';
import { MachineClock } from './clock.ts';
import { openIndicators } from './os/open-indicators.ts';
import type { KeyStates } from './os/shortcuts.ts';
import { TakenKeys } from './os/taken-keys.ts';
import { watchPower } from './os/power.ts';
import { Cipher } from './credentials/cipher.ts';
import { Vault, vaultSchema } from './credentials/vault.ts';
import { defaultSettings } from './db/settings.ts';
import { DemoWorld } from './demo/demo-world.ts';
import { IpcDispatcher, ringRoutes } from './ipc/ipc-dispatcher.ts';
import { createHandlers } from './ipc/handlers.ts';
import { problemsOf, reasonOf } from './refusal.ts';
import { registerIpc } from './ipc/register-ipc.ts';
import { describe, type Log } from './log.ts';
import { openNetwork } from './network/system.ts';
import type { Paths } from './paths.ts';
import { workspaceFileSchema } from './provisioning/workspace-file.ts';
import { WorkspaceManager } from './workspace/workspace-manager.ts';
import { type FileTrouble, JsonFile } from './lib/json-file.ts';
import { Notices, SnapshotPublisher } from './snapshot/snapshot.ts';
import { notifyFileTrouble } from './snapshot/storage-notices.ts';
import { boundsSchema } from './windows/bounds.ts';
import {
  askExportFile,
  askProfileFile,
  askProvision,
  askRateCard,
  sayInDialog,
} from './windows/dialogs.ts';
import { words } from './words.ts';
import { MainWindow } from './windows/main-window.ts';
import { Origin } from './windows/origin.ts';
import { guardPermissions } from './windows/permissions.ts';
import { servePages } from './windows/protocol.ts';
import { ringPlaceSchema } from './windows/ring-place.ts';
import { RingWindow } from './windows/ring-window.ts';
import { SoftphoneLink } from './windows/softphone.ts';

export interface AppOptions {
  paths: Paths;
  log: Log;
  hidden: boolean;
  /** The data folder cannot be written, and why: what is stored goes to another one that does not last. */
  memoryOnly: { folder: string; why: string } | undefined;
  /** A profile to import before anything is shown. */
  profile: string | undefined;
  /** Vite's server, in development. */
  devServer: string | undefined;
}

/** The running console, as far as the process around it has to know. */
export interface RunningApp {
  show: () => void;
  /** Another start names a profile: this console takes it if the agent agrees. */
  offerProfile: (file: string) => void;
  close: () => Promise<void>;
}

/** Builds every part by hand, each after those it needs. Call when Electron is ready. */
export async function openApp({ paths, log, ...start }: AppOptions): Promise<RunningApp> {
  const clock = new MachineClock();
  const cleanups: (() => void | Promise<void>)[] = [];

  // State: everything tells it of changes, it tells the windows and the desk.
  const changed = () => state.handleChange();
  const notices = new Notices(() => clock.now(), changed);

  // Secrets.
  const fileTrouble = (trouble: FileTrouble) => {
    log.error(`file: ${trouble.path}: ${trouble.kind}: ${trouble.why}`);
    // Of a folder that cannot be written it is said once.
    if (trouble.kind === 'not-written' && start.memoryOnly !== undefined) return;
    notifyFileTrouble(notices, trouble);
  };
  const vault = new Vault(
    new JsonFile(paths.secretsFile, vaultSchema, { copy: true, trouble: fileTrouble }),
    new Cipher(safeStorage, process.platform),
    log,
  );
  await vault.open();

  // The way out of this machine.
  const network = openNetwork({ session: session.defaultSession, vault, log, changed });
  cleanups.push(() => network.transport.close());

  // Workspaces: database, providers, relay and calls of the demo or of a profile.
  const softphone = new SoftphoneLink(log);
  const workspaces = new WorkspaceManager({
    file: new JsonFile(paths.workspaceFile, workspaceFileSchema, {
      copy: true,
      trouble: fileTrouble,
    }),
    vault,
    database: (kind) => paths.database(kind),
    demo: (onReady) =>
      new DemoWorld({
        script: paths.demoWorld,
        start: {
          folder: join(paths.demoFolder, 'relay'),
          speechFile: paths.resource('speech', 'customer.opus20'),
          sqliteBinding: paths.sqliteBinding,
        },
        clock,
        log,
        onReady,
      }),
    deps: {
      transport: network.transport,
      sqliteBinding: paths.sqliteBinding,
      readerScript: paths.readerWorker,
      repairScript: paths.repairWorker,
      defaults: firstSettings(),
      clock,
      log,
      notices,
      media: softphone.order,
      play: (callId, frame) => main.send({ type: 'pcm', callId, frame }),
      changed,
      historyChanged: () => send({ type: 'history-changed' }),
      contactsChanged: () => send({ type: 'contacts-changed' }),
      numberChanged: (accountId) => send({ type: 'number-changed', accountId }),
      numbersFound: () => void workspaces.reopen(),
    },
  });
  cleanups.push(() => workspaces.close());

  let keys: KeyStates = { accept: 'none', decline: 'none' };
  const state = new SnapshotPublisher({
    now: () => clock.now(),
    app: () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      workspace: workspaces.currentKind,
      profileName: workspaces.current?.agent?.name,
      ownNumbersOf: workspaces.ownNumbersOf,
    }),
    agent: () => workspaces.current?.agent,
    accounts: () => workspaces.current?.accounts() ?? [],
    connection: () => workspaces.connection(),
    proxyAsks: () => network.asks(),
    missedWhileAway: () => workspaces.current?.live.missedWhileAway() ?? [],
    calls: () => workspaces.current?.live.list() ?? [],
    unseenMissed: () => workspaces.current?.unseenMissed() ?? 0,
    team: () => workspaces.current?.team.view() ?? nobody,
    vault: () => vault.state(),
    storage: () => workspaces.current?.storage(),
    settings: () => workspaces.settings(),
    keys: () => ({ ...keys, callId: workspaces.current?.live.list().find(isCalling)?.id }),
    notices: () => notices.list(),
  });
  cleanups.push(() => state.close());

  // Windows.
  const origin = new Origin(start.devServer);
  servePages(session.defaultSession, paths.rendererRoot, origin);
  guardPermissions(session.defaultSession, origin);
  let trayHost = false;
  const main = new MainWindow({
    origin,
    preload: paths.preload,
    icon: paths.resource('icon.png'),
    saved: new JsonFile(paths.windowFile, boundsSchema, {
      trouble: ({ kind, why }) => log.warn(`window: its place: ${kind}: ${why}`),
    }),
    log,
    hasTray: () => trayHost,
    onMinimisedInstead: () => sayOnce(),
    onPlaced: () => ring.handleMainChanged(),
    onHiddenInstead: () => void sayRingsOn(),
    onPageGone(why) {
      if (!softphone.handleGone()) return;
      log.warn(`softphone: gone, because ${why}`);
      const { current } = workspaces;
      current?.team.supervision.end();
      const calls = current?.calls;
      if (!calls || calls.live().length === 0) return;
      calls.softphoneLost();
      notices.add({ kind: 'warning', code: 'softphone-restarted', values: { why } });
    },
  });
  const ring = new RingWindow({
    origin,
    preload: paths.preload,
    log,
    saved: new JsonFile(paths.ringWindowFile, ringPlaceSchema),
    main: () => main.state,
  });
  const send = (event: AppEvent) => {
    main.send(event);
    ring.send(event);
  };
  let trayMissingSaid = false;
  const sayOnce = () => {
    if (trayMissingSaid) return;
    trayMissingSaid = true;
    notices.add({ kind: 'info', code: 'tray-missing' });
  };
  /** Once; again when the agent asks for it in the settings. */
  const sayRingsOn = async () => {
    if (!workspaces.settings().trayHint) return;
    workspaces.current?.setSettings({ trayHint: false });
    if (!(await desk.say(words.ringsOn))) await sayInDialog(words.ringsOn);
  };
  const show = (to: 'calls' | 'history' | 'settings' = 'calls', callId?: string) => {
    main.show();
    main.send({ type: 'navigate', to, callId });
  };
  cleanups.push(() => {
    ring.close();
    main.handleQuit();
    main.close();
  });

  // The door between them.
  const door = new IpcDispatcher(
    createHandlers({
      snapshot: () => state.snapshot(),
      workspaces,
      vault,
      network,
      notices,
      changed,
      softphoneReady: (order) => softphone.handleReady(order),
      isMainWindow: (sender) => sender.id === main.contentsId,
      sendToMain: (event) => main.send(event),
      showMain: (to) => show(to),
      copy: (text) => void clipboard.writeText(text),
      askProfileFile: () => askProfileFile(main),
      askExportFile: (format) => askExportFile(main, format),
      askRateCard: () => askRateCard(main),
    }),
    (sender) => {
      if (!sender.topFrame || !origin.isPage(sender.url)) return 'nothing';
      if (sender.id === main.contentsId) return 'everything';
      return sender.id === ring.contentsId ? ringRoutes : 'nothing';
    },
    log,
  );
  cleanups.push(registerIpc(door));

  // Attention.
  const accept = (callId: string) => {
    const answer = workspaces.current?.calls.accept(callId);
    if (answer?.ok === true) show('calls', callId);
    else log.info(`accept: ${answer?.error.code ?? 'no workspace'}`);
  };
  const decline = (callId: string) => {
    const answer = workspaces.current?.calls.decline(callId);
    if (answer?.ok === false) log.info(`decline: ${answer.error.code}`);
  };
  const undo = (callId: string) => {
    const answer = workspaces.current?.calls.undoDecline(callId);
    if (answer?.ok === false) log.info(`undo decline: ${answer.error.code}`);
  };
  const goBack = () => {
    workspaces.useOwn().catch((error: unknown) => log.info(`back: ${reasonOf(error)}`));
  };
  const desk = openIndicators({
    clock,
    log,
    icon: app.isPackaged ? 'ringdesk' : paths.resource('icon.png'),
    trayImage: (name) => paths.resource('tray', `${name}.png`),
    ringWindow: ring,
    flashFrame: (on) => main.flash(on),
    accept,
    decline,
    undo,
    goBack,
    show: (callId) => show('calls', callId),
    setDnd: (on) => workspaces.setDnd(on),
    quit: () => app.quit(),
    onKeys(states) {
      keys = states;
      changed();
    },
    onAlarm: () => main.send({ type: 'alarm' }),
    onTrayHost(has) {
      trayHost = has;
    },
  });
  cleanups.push(() => desk.dispose());

  cleanups.push(state.subscribe((snapshot) => send({ type: 'snapshot', snapshot })));
  cleanups.push(state.subscribe(desk.handleSnapshot));
  cleanups.push(state.subscribe(new TakenKeys(notices).handleSnapshot));
  const replace = (why: string) => workspaces.current?.replaceSocket(why);
  const followClock = setInterval(() => {
    // In the middle of a call nothing may jump.
    if ((workspaces.current?.calls.live() ?? []).length > 0) return;
    const jump = clock.follow();
    if (Math.abs(jump) < CLOCK_SET_MS) return;
    log.warn(`clock: this machine’s clock was set by ${jump} ms`);
    // How far it is from the relay's is told at the welcome.
    replace('the clock was set');
  }, FOLLOW_CLOCK_MS);
  cleanups.push(() => clearInterval(followClock));
  cleanups.push(
    watchPower({
      onWake(why) {
        clock.follow();
        replace(why);
      },
      onLocked: (locked) => workspaces.current?.team.presence.setLocked(locked),
    }),
  );
  cleanups.push(
    watchNetwork((online) => {
      workspaces.setOnline(online);
      if (online) replace('another network');
    }),
  );

  // Now things may happen.
  const importProfile = async (file: string) => {
    try {
      await workspaces.importProfile(file);
    } catch (error) {
      log.error(`profile: ${describe(error)}`);
      notices.add({ kind: 'error', code: 'profile-invalid', values: problemsOf(error) });
      return false;
    }
    return true;
  };
  main.open(start.hidden);
  if (start.memoryOnly !== undefined) {
    const { folder, why } = start.memoryOnly;
    notices.add({ kind: 'error', code: 'folder-read-only', values: { path: folder, why } });
  }
  if (start.profile === undefined || !(await importProfile(start.profile))) {
    await workspaces.start();
  }
  changed();
  let asking = false;
  const offerProfile = async (file: string) => {
    // Whoever runs the program again and again gets one question.
    if (asking) return;
    asking = true;
    try {
      if (await askProvision(main, file)) await importProfile(file);
    } finally {
      asking = false;
    }
  };

  return {
    show,
    offerProfile: (file) => void offerProfile(file),
    async close() {
      for (const cleanup of cleanups.toReversed()) await cleanup();
    },
  };
}

/** How often the machine's clock is taken over, in ms. */
const FOLLOW_CLOCK_MS = 30_000;
/** Clocks are nudged all the time; from here on one was set, in ms. */
const CLOCK_SET_MS = 1_000;

/** Before a workspace is open. */
const nobody = {
  presence: { state: 'available', dnd: false },
  team: [],
  supervisable: [],
} as const;

/** A new console's settings: the usual keys, and the country of this machine. */
function firstSettings(): Settings {
  const country = app.getLocaleCountryCode();
  return {
    ...defaultSettings,
    acceptShortcut: 'CommandOrControl+Alt+A',
    declineShortcut: 'CommandOrControl+Alt+D',
    ...(/^[A-Z]{2}$/.test(country) ? { defaultCountry: country } : {}),
  };
}
