import { i18n } from '../shared/i18n/i18n.ts';
import { setTimeout } from 'node:timers/promises';
import { app, session } from 'electron';
import { RepairThreads } from './db/storage/repairs.ts';
import { openIpc } from './ipc/open-ipc.ts';
import { nextTurn } from './lib/next-turn.ts';
import { LocalApi } from './local-api/local-api.ts';
import { openNetwork } from './network/system.ts';
import { Autostart } from './os/autostart.ts';
import { skipOwnTidying, tidyMemory } from './os/memory.ts';
import { TakenKeys } from './os/taken-keys.ts';
import { openPrograms, type Programs } from './programs/open-programs.ts';
import { isInvitationLink } from '../shared/links/invitation.ts';
import { notifyPolicy } from './snapshot/policy-notices.ts';
import { openUpdates } from './updates/open-updates.ts';
import { askProvision } from './windows/dialogs.ts';
import { movesItself } from './windows/own-drag.ts';
import { SoftphoneLink } from './windows/softphone.ts';
import { speak } from './os/language.ts';
import { Announcer } from './todo/announcement.ts';
import { SnapshotPublisher } from './workspace/snapshot-publisher.ts';
import { Invitations } from './provisioning/invitations.ts';
import { ProfileImport } from './workspace/profile-import.ts';
import type { WorkspaceSwitcher } from './workspace/workspace-switcher.ts';
import { type AppOptions, openBase } from './app/base.ts';
import {
  handleWindowEvents,
  openIndicatorsFor,
  watchMachineFor,
  watchSoundFor,
} from './app/desktop.ts';
import { encryptDatabases, openDatabaseKeys, openVault } from './app/vault.ts';
import { openWorkspaces } from './app/workspaces.ts';

/** After the workspace is open, in ms. */
const INDICATORS_WITHIN_MS = 2_000;
/** Then the first work is done, in ms. */
const SETTLED_MS = 8_000;

/** The running app, as `index.ts` uses it. */
export interface RunningApp {
  /** Resolves when the agent can use the main window. */
  ready: Promise<void>;
  show: () => void;
  /** The system opens a link to a number here. */
  openLink: (link: string) => void;
  /** A second start named a profile: imports it if the agent agrees. */
  offerProfile: (file: string) => void;
  /** The start is over. */
  handleReady: () => void;
  /** The agent quits: installs an update that waited for the end of the shift. */
  beforeQuit: () => Promise<void>;
  close: () => Promise<void>;
}

/** Builds every part, each after those it needs. Call it when Electron is ready. */
export async function openApp(options: AppOptions): Promise<RunningApp> {
  const publisher = new SnapshotPublisher();
  const base = openBase(options, publisher.handleChange);
  const { log, windows, notices, changed } = base;

  await nextTurn();
  const vault = await openVault(base);
  const keys = await openDatabaseKeys(base, vault);
  await nextTurn();
  const repairs = new RepairThreads(base.paths.repairWorker, base.paths.sqliteBinding, keys);
  await encryptDatabases(base, keys, repairs);
  const network = openNetwork({
    session: session.defaultSession,
    route: options.organisation.policy.route,
    vault,
    clock: base.clock,
    log,
    changed,
    passed: () => workspaces.current?.replaceSocket('the sign-in page of the network is passed'),
  });
  const softphone = new SoftphoneLink(windows.main, log);
  const announcer = new Announcer();
  const { announce } = announcer;
  const workspaces: WorkspaceSwitcher = openWorkspaces(base, {
    vault,
    keys,
    network,
    softphone,
    announce,
  });
  const programs: Programs = openPrograms({
    window: windows.main,
    snapshot: () => publisher.snapshot(),
    say: (what) => indicators.say(what),
    notices,
    log,
  });
  const { newCall } = programs;
  const updates = openUpdates({
    userData: base.paths.userData,
    copyDatabase: (from, to) => repairs.snapshot(from, to),
    transport: network.transport,
    policy: base.organisation.policy.updates ?? {},
    clock: base.clock,
    log,
    changed: base.changed,
  });
  const indicators = openIndicatorsFor(base, { workspaces, newCall, updates });
  announcer.start({
    snapshot: () => publisher.snapshot(),
    say: indicators.say,
    playSound: () => windows.main.send({ type: 'news' }),
  });
  const localApi = new LocalApi({
    workspace: () => workspaces.current,
    snapshot: () => publisher.snapshot(),
    vault,
    prepare: (number, accountId) => newCall.prepare({ number, accountId }),
    show: () => windows.main.show(),
    noted: () => windows.send({ type: 'history-changed' }),
    changed: base.changed,
    clock: base.clock,
    log,
  });
  const invitations = new Invitations({ fetch: network.transport.fetch, changed });
  const { remote } = options;
  if (remote !== undefined) log.info(`start: in a remote session (${remote})`);
  publisher.start({
    updates: () => updates.view,
    versions: {
      version: app.getVersion(),
      electron: process.versions.electron,
      remoteSession: remote,
      dragsRingWindow: movesItself(process.platform, process.env, {
        ozone:
          app.commandLine.getSwitchValue('ozone-platform') ||
          app.commandLine.getSwitchValue('ozone-platform-hint'),
        electron: Number.parseInt(process.versions.electron, 10),
      }),
    },
    language() {
      void speak(workspaces.current?.settings().language);
      return i18n.language();
    },
    clock: base.clock,
    notices,
    vault,
    network,
    organisation: options.organisation.view,
    workspaces,
    invitations,
    keys: indicators.keys,
    localApi: () => localApi.state,
    windows: [windows.main, windows.ring],
  });
  windows.sounds.from(async (id, track) => workspaces.current?.recordings.open(id, track));
  const answer = () =>
    openIpc({
      invitations,
      vault,
      network,
      organisation: options.organisation,
      windows,
      softphone,
      programs,
      localApi,
      updates,
      autostart: new Autostart({ app, ...process, program: process.execPath }),
      workspaces,
      publisher,
      notices,
      changed,
      requests: options.requests,
      logFile: options.paths.logFile,
      log,
    });
  i18n.onLanguageChange(changed);
  handleWindowEvents(base, { softphone, newCall, workspaces, indicators });
  publisher.subscribe(({ connection }) => network.portal.handleConnection(connection));
  publisher.subscribe(programs.screenPops.handleSnapshot);
  publisher.subscribe(localApi.handleSnapshot);
  publisher.subscribe(updates.handleSnapshot);
  publisher.subscribe(new TakenKeys(notices).handleSnapshot);
  const closeMachine = watchMachineFor(base, workspaces, localApi);
  const closeSound = watchSoundFor(base);
  const profiles = new ProfileImport({
    workspaces,
    ask: (file) => askProvision(windows.main, file),
    notices,
    log,
  });

  notifyPolicy(notices, options.organisation);
  void windows.main.usable.then(() => windows.ring.prepare());
  const finishStart = async () => {
    // Tray and keys take a tenth of the start. A page that never comes must not keep them away.
    await Promise.race([windows.main.usable, setTimeout(INDICATORS_WITHIN_MS)]);
    publisher.subscribe(indicators.handleSnapshot);
    changed();
    skipOwnTidying();
    await setTimeout(SETTLED_MS);
    if ((workspaces.current?.calls.live() ?? []).length === 0) tidyMemory();
  };
  void finishStart();
  if (options.memoryOnly !== undefined) {
    const { folder, why } = options.memoryOnly;
    notices.add({ kind: 'error', code: 'folder-read-only', values: { path: folder, why } });
  }
  // A new profile may ask the agent something. Else the first picture is the workspace, and not its absence.
  let closeIpc = options.profile === undefined ? undefined : answer();
  const imported = options.profile !== undefined && (await profiles.import(options.profile));
  await nextTurn();
  if (!imported) await workspaces.start();
  await speak(workspaces.current?.settings().language);
  closeIpc ??= answer();
  void programs.links.takeOwn(workspaces.settings().ringdeskLinks);
  changed();

  return {
    ready: windows.main.usable,
    show: windows.show,
    openLink(link) {
      if (!isInvitationLink(link)) return newCall.openLink(link);
      invitations.open(link);
      // Whoever is on a call finds it afterwards.
      if ((workspaces.current?.calls.live() ?? []).length === 0) windows.show();
    },
    offerProfile: (file) => void profiles.offer(file),
    handleReady: () => updates.start(),
    beforeQuit: () => updates.handleQuit(),
    async close() {
      updates.close();
      closeMachine();
      network.portal.close();
      closeSound();
      await localApi.close();
      await indicators.close();
      closeIpc();
      windows.close();
      publisher.close();
      await workspaces.close();
      await network.transport.close();
    },
  };
}
