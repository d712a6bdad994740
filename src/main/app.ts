import { i18n, t } from '../shared/i18n/i18n.ts';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { app, safeStorage, session } from 'electron';
import type { RemoteSession } from '../shared/ipc/snapshot.ts';
import type { Settings } from '../shared/ipc/settings.ts';
import { MachineClock } from './clock.ts';
import { Cipher } from './credentials/cipher.ts';
import { needsEncryption } from './db/at-rest/key.ts';
import { databaseKeys, forgetKeys, knownDatabaseKeys } from './credentials/database-keys.ts';
import { MACHINE_KEY } from './recordings/machine-key.ts';
import { Vault, vaultSchema } from './credentials/vault.ts';
import { RepairThreads } from './db/storage/repairs.ts';
import { defaultSettings } from './db/settings.ts';
import { DemoWorld } from './demo/demo-world.ts';
import { openIpc } from './ipc/open-ipc.ts';
import type { RequestChannel } from './ipc/request-channel.ts';
import { type FileTrouble, JsonFile } from './lib/json-file.ts';
import { nextTurn } from './lib/next-turn.ts';
import { describe, type Log } from './log.ts';
import { LocalApi } from './local-api/local-api.ts';
import { type Network, openNetwork } from './network/system.ts';
import { type Indicators, openIndicators } from './os/indicators.ts';
import { Autostart } from './os/autostart.ts';
import { tidyMemory } from './os/memory.ts';
import { TakenKeys } from './os/taken-keys.ts';
import { soundServerPath, watchSoundServer } from './os/sound-server.ts';
import { watchMachine } from './os/watch-machine.ts';
import type { Paths } from './paths.ts';
import type { Organisation } from './policy/organisation.ts';
import type { NewCall } from './programs/new-call.ts';
import { openPrograms, type Programs } from './programs/open-programs.ts';
import { isInvitationLink } from '../shared/links/invitation.ts';
import { workspaceFileSchema } from './provisioning/workspace-file.ts';
import { refusalReason } from './refusal.ts';
import { Notices } from './snapshot/notices.ts';
import { notifyPolicy } from './snapshot/policy-notices.ts';
import { notifyFileTrouble } from './snapshot/storage-notices.ts';
import { openUpdates } from './updates/open-updates.ts';
import { TrialFolder } from './updates/trial.ts';
import type { Updates } from './updates/updates.ts';
import { askProvision, sayInDialog } from './windows/dialogs.ts';
import type { Windows } from './windows/open-windows.ts';
import { movesItself } from './windows/own-drag.ts';
import { SoftphoneLink } from './windows/softphone.ts';
import { callActions } from './workspace/call-actions.ts';
import { speak } from './os/language.ts';
import { Announcer } from './todo/announcement.ts';
import { keysNeeded } from './workspace/old-keys.ts';
import { SnapshotPublisher } from './workspace/snapshot-publisher.ts';
import { Invitations } from './provisioning/invitations.ts';
import { ProfileImport } from './workspace/profile-import.ts';
import { WorkspaceSwitcher } from './workspace/workspace-switcher.ts';

/** After the workspace is open, in ms. */
const INDICATORS_WITHIN_MS = 2_000;
/** Then the first work is done, in ms. */
const SETTLED_MS = 8_000;

export interface AppOptions {
  paths: Paths;
  log: Log;
  /** The main window is loading its page. */
  windows: Windows;
  requests: RequestChannel;
  /** Set when the data folder cannot be written: why, and the temporary folder used instead. */
  memoryOnly: { folder: string; why: string } | undefined;
  organisation: Organisation;
  /** The remote desktop in which it runs. */
  remote: RemoteSession | undefined;
  /** Make a new key for the databases and encrypt them with it. */
  rotateKey: boolean;
  /** A profile to import before anything is shown. */
  profile: string | undefined;
}

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
    windows,
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
  const indicators = openIndicatorsFor(base, { windows, workspaces, newCall, updates });
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
  handleWindowEvents(base, { windows, softphone, newCall, workspaces, indicators });
  publisher.subscribe(({ connection }) => network.portal.handleConnection(connection));
  publisher.subscribe(programs.screenPops.handleSnapshot);
  publisher.subscribe(localApi.handleSnapshot);
  publisher.subscribe(updates.handleSnapshot);
  publisher.subscribe(new TakenKeys(notices).handleSnapshot);
  const closeMachine = watchMachineFor(base, workspaces, localApi);
  const closeSound = watchSoundFor(base, windows);
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

/** What every part receives. */
interface Base extends AppOptions {
  clock: MachineClock;
  notices: Notices;
  /** Something that the snapshot shows has changed. */
  changed: () => void;
  /** A small file is damaged or cannot be written. */
  handleFileTrouble: (trouble: FileTrouble) => void;
}

/** The parts in the order in which they are built. */
interface Parts {
  vault: Vault;
  network: Network;
  windows: Windows;
  softphone: SoftphoneLink;
  newCall: NewCall;
  workspaces: WorkspaceSwitcher;
  updates: Updates;
  indicators: Indicators;
}

function openBase(options: AppOptions, changed: () => void): Base {
  const clock = new MachineClock();
  const notices = new Notices(() => clock.now(), changed);
  return {
    ...options,
    clock,
    notices,
    changed,
    handleFileTrouble(trouble) {
      options.log.error(`file: ${trouble.path}: ${trouble.kind}: ${trouble.why}`);
      // A folder that cannot be written has a notice of its own.
      if (trouble.kind === 'not-written' && options.memoryOnly !== undefined) return;
      notifyFileTrouble(notices, trouble);
    },
  };
}

async function openVault({ paths, log, handleFileTrouble }: Base): Promise<Vault> {
  const vault = new Vault(
    new JsonFile(paths.secretsFile, vaultSchema, {
      copy: true,
      trouble: handleFileTrouble,
    }),
    new Cipher(safeStorage, process.platform),
    log,
  );
  await vault.open();
  return vault;
}

/** The keys of the databases; none where nothing is stored. */
async function openDatabaseKeys(
  { clock, memoryOnly, rotateKey, paths }: Base,
  vault: Vault,
): Promise<readonly string[]> {
  if (memoryOnly !== undefined) return [];
  // The version before would come back with the keys of its time.
  const mayRotate = new TrialFolder(paths.userData).read() === undefined;
  return databaseKeys(vault, { now: clock.now(), rotate: rotateKey, mayRotate });
}

async function forgetOldKeys({ paths, log }: Base, vault: Vault): Promise<void> {
  const keys = knownDatabaseKeys(vault);
  if (keys.length < 2) return;
  const databases = [paths.database('profile'), paths.database('demo')];
  const gone = await forgetKeys(vault, await keysNeeded(databases, keys));
  if (gone > 0) log.info(`database: ${gone} old keys, which nothing needs any more, are forgotten`);
}

/** Encrypts the databases with the first key, before anything opens them. */
async function encryptDatabases(
  { paths, log, memoryOnly }: Base,
  keys: readonly string[],
  repairs: Pick<RepairThreads, 'encrypt'>,
): Promise<void> {
  if (memoryOnly !== undefined) return;
  for (const kind of ['profile', 'demo'] as const) {
    const path = paths.database(kind);
    try {
      // A thread takes longer to start than most starts need it.
      if (!needsEncryption(path, keys)) continue;
      if (await repairs.encrypt(path)) log.info(`database: ${path} is encrypted with a new key`);
    } catch (error) {
      // It is opened as it is; the next start tries again.
      log.error(`database: ${path} could not be encrypted: ${describe(error)}`);
    }
  }
  log.info(`database: ${keys.length === 0 ? 'no key to encrypt it with' : 'encrypted at rest'}`);
}

/** Database, providers, relay and calls, of the demo or of a profile. */
function openWorkspaces(
  base: Base,
  {
    vault,
    keys,
    network,
    windows,
    softphone,
    announce,
  }: Pick<Parts, 'vault' | 'network' | 'windows' | 'softphone'> &
    Pick<Announcer, 'announce'> & { keys: readonly string[] },
): WorkspaceSwitcher {
  const { paths, clock, log, notices, changed, organisation } = base;
  const switcher: WorkspaceSwitcher = new WorkspaceSwitcher({
    file: new JsonFile(paths.workspaceFile, workspaceFileSchema, {
      copy: true,
      trouble: base.handleFileTrouble,
    }),
    vault,
    organisation,
    database: (kind) => paths.database(kind),
    demo: (onReady) =>
      new DemoWorld({
        script: paths.demoWorld,
        start: {
          folder: join(paths.demoFolder, 'relay'),
          speechFile: paths.resource('speech', 'customer.opus20'),
          sqliteBinding: paths.sqliteBinding,
          language: i18n.language(),
        },
        clock,
        log,
        onReady,
      }),
    workspace: {
      transport: network.transport,
      sqliteBinding: paths.sqliteBinding,
      databaseKeys: keys,
      forgetOldKeys: () => forgetOldKeys(base, vault),
      machineKey: () => vault.get(MACHINE_KEY),
      readerScript: paths.readerWorker,
      repairScript: paths.repairWorker,
      defaults: firstSettings(),
      release: app.getVersion(),
      clock,
      log,
      notices,
      media: softphone.send,
      play: (callId, frame) => windows.main.send({ type: 'pcm', callId, frame }),
      changed,
      historyChanged() {
        windows.send({ type: 'history-changed' });
        // It tells how many calls there are.
        changed();
      },
      contactsChanged: () => windows.send({ type: 'contacts-changed' }),
      announce,
      todoChanged: () => windows.send({ type: 'todo-changed' }),
      numberChanged: (accountId) => windows.send({ type: 'number-changed', accountId }),
      devices: () => switcher.devices,
      usable: windows.main.usable,
      askRinger: (question) => windows.main.send({ type: 'ring-probe', question }),
      readyChanged: () => windows.main.send({ type: 'ready-changed' }),
    },
  });
  return switcher;
}

function openIndicatorsFor(
  { paths, clock, log, changed }: Base,
  {
    windows,
    workspaces,
    newCall,
    updates,
  }: Pick<Parts, 'windows' | 'workspaces' | 'newCall' | 'updates'>,
): Indicators {
  return openIndicators({
    ...callActions(workspaces, (callId) => windows.show('todo', callId), log),
    clock,
    log,
    icon: app.isPackaged ? 'ringdesk' : paths.resource('icon.png'),
    trayImage: (name) => paths.resource('tray', `${name}.png`),
    ringWindow: windows.ring,
    flashFrame: (on) => windows.main.flash(on),
    show: (callId) => windows.show('todo', callId),
    goBack: () => {
      workspaces.useOwn().catch((error: unknown) => log.info(`back: ${refusalReason(error)}`));
    },
    setDnd: (on) => workspaces.setDnd(on),
    update: () => updates.plan('now'),
    quit: () => app.quit(),
    onSelection: () => void newCall.takeSelection(),
    onKeys: changed,
    onAlarm: () => windows.main.send({ type: 'alarm' }),
    onTrayHost: (has) => windows.main.setHasTray(has),
  });
}

function handleWindowEvents(
  { log, notices }: Base,
  {
    windows,
    softphone,
    newCall,
    workspaces,
    indicators,
  }: Pick<Parts, 'windows' | 'softphone' | 'newCall' | 'workspaces' | 'indicators'>,
): void {
  windows.main.on('page-gone', (why) => {
    newCall.handleGone();
    if (!softphone.handleGone()) return;
    log.warn(`softphone: gone, because ${why}`);
    const { current } = workspaces;
    current?.ringer.handleGone();
    current?.team.supervision.end();
    if (!current || current.calls.live().length === 0) return;
    current.calls.handleSoftphoneLost();
    notices.add({ kind: 'warning', code: 'softphone-restarted', values: { why } });
  });
  const sayRingsOn = async () => {
    const said = { title: t('desktop.ringsOn.title'), body: t('desktop.ringsOn.body') };
    if (!(await indicators.say(said))) await sayInDialog(said);
  };
  windows.main.once('closed-to-taskbar', () => {
    notices.add({ kind: 'info', code: 'tray-missing' });
  });
  windows.main.on('closed-to-tray', () => {
    // Shown once; shown again if the agent turns it on in the settings.
    if (!workspaces.settings().trayHint) return;
    workspaces.current?.setSettings({ trayHint: false });
    void sayRingsOn();
  });
}

function watchMachineFor(
  { clock, log }: Base,
  workspaces: WorkspaceSwitcher,
  localApi: LocalApi,
): () => void {
  return watchMachine({
    clock,
    log,
    isOnCall: () => (workspaces.current?.calls.live() ?? []).length > 0,
    onStaleSockets: (why) => workspaces.current?.replaceSocket(why),
    onLocked(locked) {
      localApi.setLocked(locked);
      workspaces.current?.team.presence.setLocked(locked);
    },
    onNetwork: (online) => workspaces.setOnline(online),
  });
}

/** On Linux, Chromium does not notice every device. */
function watchSoundFor({ log }: Base, windows: Windows): () => void {
  const path = process.platform === 'linux' ? soundServerPath(process.env) : undefined;
  if (path === undefined) return () => undefined;
  return watchSoundServer(path, () => windows.main.send({ type: 'device-plugged' }), log);
}

/** Settings of a new agent: the usual keys, and this machine's country. */
function firstSettings(): Settings {
  const country = app.getLocaleCountryCode();
  return {
    ...defaultSettings,
    acceptShortcut: 'CommandOrControl+Alt+A',
    declineShortcut: 'CommandOrControl+Alt+D',
    ...(/^[A-Z]{2}$/.test(country) ? { defaultCountry: country } : {}),
  };
}
