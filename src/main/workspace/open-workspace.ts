import { isLoopback } from '../../shared/lib/loopback.ts';
import { emptyWrapUpForm } from '../../shared/protocol/wrap-up.ts';
import { hangUpAll } from '../calls/hang-up-all.ts';
import { openProviderSync } from '../calls/provider-sync/provider-sync.ts';
import { SafeContacts, SafeMarks, SafeSetting } from '../db/storage/safe-stores.ts';
import { SafeTodos } from '../db/storage/safe-todos.ts';
import { describe } from '../log.ts';
import { openNumberParts } from './open-numbers.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import { openContacts } from './open-contacts.ts';
import { openReady } from './open-ready.ts';
import { openRecordings } from './open-recordings.ts';
import { openRelay, relayAnnouncement, relayRecordings } from './open-relay.ts';
import { openTodo } from './open-todo.ts';
import { KnownAgents } from '../team/known-agents.ts';
import { TeamMessages } from '../team/team-messages.ts';
import { TeamState } from '../team/team-state.ts';
import { callRestorer, openCalls, openLiveCalls } from './open-calls.ts';
import { openRecorder } from './open-recorder.ts';
import { openInsight, systemZone } from './open-insight.ts';
import { answerOfVerdict } from '../team/team-requests.ts';
import { openTeam } from './open-team.ts';
import { SafeCallReports } from '../db/storage/safe-call-reports.ts';
import { followRelay } from './relay-events.ts';
import { openErasing } from './open-erasing.ts';
import { startRetention } from './retention.ts';
import { ScheduledExports } from '../history/export/scheduled-exports.ts';
import { administers } from '../../shared/protocol/rights.ts';
import { openWorkspaceStorage } from './workspace-storage.ts';
import type { Workspace, WorkspaceOptions, WorkspacePorts } from './workspace.ts';

/** Opens a workspace: each part after those it needs. Nothing starts before all parts are there. */
export function openWorkspace(options: WorkspaceOptions, ports: WorkspacePorts): Workspace {
  const { clock, log, notices, changed, historyChanged, contactsChanged } = ports;

  const file = openWorkspaceStorage(ports);
  const { storage, history, callLog, settings, drafts } = file;
  // Without a relay there is nobody else.
  const mayAdminister = () => !relay || administers(teamState.me?.role);
  const { numbers, numberService, rateCard, rateCards, enteredBills } = openNumberParts({
    workspace: ports,
    options,
    storage,
    mayAdminister,
    relay: () => relay,
    ready: () => ready,
  });
  const relay: RelayClient | undefined = openRelay(options, ports, file);
  const self = () => relay?.agent ?? options.agent;
  const { calls, streams } = openCalls({ workspace: ports, callLog, numbers, relay, self });
  const teamState = new TeamState(self);
  const keptMessages = new SafeSetting(storage, (stores) => stores.teamMessages, []);
  const messages = new TeamMessages({
    store: keptMessages,
    relay,
    selfId: () => self()?.id,
    notices,
    changed,
  });
  const knownAgents = new KnownAgents({
    store: new SafeSetting(storage, (stores) => stores.knownAgents, []),
    selfId: () => self()?.id,
  });
  relay?.on('team', ({ agents }) => knownAgents.handleTeam(agents));
  const contactStore = new SafeContacts(storage);
  const live = openLiveCalls({
    workspace: ports,
    calls,
    numbers,
    history,
    contacts: contactStore,
    teamState,
  });
  const recorder = openRecorder({
    workspace: ports,
    calls,
    numbers,
    relay,
    storage,
    self,
    announcementAddress: (accountId) => relayAnnouncement(options.relay, accountId),
  });
  const restoreCalls = callRestorer(calls, ports);
  const sync = openProviderSync({
    calls,
    callLog,
    accounts: numbers.accounts.map(({ id }) => id),
    provider: numbers.provider,
    marks: new SafeMarks(storage),
    found(found) {
      live.handleReplayComplete(found);
      historyChanged();
    },
    clock,
    log,
  });
  const { ready, ringer } = openReady({
    workspace: ports,
    options,
    storage,
    numbers,
    numberService,
    rateCard,
    relay,
  });
  const insight = openInsight({
    history,
    prepare: () => storage.complete(),
    prices: () => rateCard.get(),
    relay,
    policy: ports.organisation.policy,
    roster: () => knownAgents.roster(),
    zone: () => settings.get().insightZone || systemZone(),
    clock,
    log,
    changed: contactsChanged,
  });
  const todo = openTodo({
    workspace: ports,
    storage,
    contacts: contactStore,
    numbers,
    relay,
    self,
  });
  const { contacts, people, sharing, files, notes, reminders } = openContacts({
    workspace: ports,
    file,
    store: contactStore,
    numbers,
    numberService,
    rateCard,
    pickUp: insight.pickUpFacts,
    calls,
    live,
    todo,
    relay,
    self,
  });
  const recordings = openRecordings({
    workspace: ports,
    storage,
    callLog,
    provider: numbers.provider,
    keepDays: (accountId) => numbers.recordingPolicy(accountId).keepDays,
    placeOf: (accountId) => numbers.recordingPolicy(accountId).where,
    relayFile: relayRecordings(options.relay),
    self: () => self() ?? options.agent,
    me: () => teamState.me,
    askHold: relay && (async (hold) => answerOfVerdict(await relay.legalHold(hold))),
    sealMessageFiles: (isOver) => files.sealAnew(isOver),
    released: () => eraser.resume('released'),
    changed: historyChanged,
  });
  calls.on('changed', (call) => recordings.handleCall(call));
  recorder.on('recording', (event) => recordings.handleRecording(event));
  const { eraser, erasures } = openErasing({
    file,
    database: ports.database,
    calls,
    callLog,
    files,
    recordings,
    messages: keptMessages,
    settings,
    todos: new SafeTodos(storage),
    administer: relay && ((request) => relay.administer(request)),
    self,
    clock,
    log,
    changed() {
      reminders.refresh();
      live.handlePeople();
      todo.refresh();
      historyChanged();
      contactsChanged();
      changed();
    },
  });
  calls.on('ended', (call) => {
    eraser.handleEnded();
    numberService.handleEnded(call);
    insight.handleEnded();
    ready.handleEnded(call);
    reminders.refresh();
    void notes.share();
  });
  calls.on('named', (accountId, ids) => contacts.handleNamed(accountId, ids));
  if (relay) {
    followRelay(relay, {
      calls,
      callLog,
      contacts,
      sharing,
      notes,
      live,
      numbers,
      sync,
      todo,
      ready,
      ringer,
      messages,
      eraser,
      holds: recordings.holds,
      notices,
      log,
      changed,
    });
  }
  const team = openTeam({
    chosen: new SafeSetting(storage, (stores) => stores.presence, { presence: 'available' }),
    relay,
    self,
    state: teamState,
    messages,
    calls,
    live,
    accountLabel: (id) => numbers.find(id)?.label ?? id,
    callLog,
    callReports: new SafeCallReports(storage),
    failed: (error) => log.warn(`team: a measured call was not told: ${describe(error)}`),
    media: ports.media,
    clock,
    notices,
    changed,
  });
  storage.on('refreshed', () => {
    eraser.resume('back');
    restoreCalls();
    reminders.refresh();
    todo.refresh();
    historyChanged();
    contactsChanged();
    changed();
    if (numbers.accounts.length === 0) ports.numbersFound();
  });

  // Practice calls are gone with the demo.
  const retention =
    options.kind === 'profile'
      ? startRetention({
          days: ports.organisation.policy.retention?.callDays,
          forget: (before, most) => callLog.forget(before, most),
          forgetFiles: (before) => void files.forgetOld(before),
          deadline: {
            get: () => storage.read(({ deadline }) => deadline.get(), undefined),
            set: (at) => storage.write(({ deadline }) => deadline.set(at), undefined),
          },
          isTimeSure: () => relay?.isTimeSure ?? false,
          purge: () =>
            void file.repairs
              .purge(ports.database)
              .catch((error: unknown) => log.warn(`retention: index: ${describe(error)}`)),
          changed() {
            historyChanged();
            changed();
          },
          clock,
          log,
        })
      : undefined;
  restoreCalls();
  reminders.refresh();
  eraser.resume();
  const noteExport: Workspace['noteExport'] = (path, has, { from, to } = {}) =>
    file.erasures.noteExport({ path, at: clock.now(), has, from, to });
  // Its thread would take a core from the page.
  void (ports.usable ?? Promise.resolve()).then(() => storage.check());
  const exports = new ScheduledExports({
    presets: () =>
      ports.organisation.policy.features?.export === false ? [] : settings.get().exportPresets,
    live: () => calls.live().map(({ createdAt }) => createdAt),
    reader: history,
    clock,
    log,
    written: (path, filter) => noteExport(path, 'calls', filter),
    failed: (name, why) =>
      notices.add({ kind: 'warning', code: 'export-failed', values: { name, why } }),
  });
  recordings.start();
  relay?.start();
  ready.checkSoon();
  sync.start(relay !== undefined);
  log.info(`workspace: ${options.kind} is open with ${numbers.accounts.length} numbers`);

  return {
    kind: options.kind,
    agent: options.agent,
    calls,
    streams,
    recorder,
    live,
    history,
    insight,
    team,
    contacts,
    people,
    files,
    notes,
    erasures,
    now: () => clock.now(),
    noteExport,
    todo,
    numbers: numberService,
    rateCards,
    enteredBills,
    recordings,
    ready,
    ringer,
    accounts: () => numbers.views(),
    provisioned: numbers.accounts,
    screenPop: options.screenPop,
    provider: numbers.provider,
    connection: () => relay?.connection ?? { state: 'unconfigured' },
    storage: () => ({ ...storage.view(), copiedAt: file.snapshots.newestAt }),
    settings: () => ports.organisation.settings(settings.get()),
    setSettings(changes) {
      ports.organisation.assertFree(changes);
      settings.set(changes);
      changed();
    },
    drafts: {
      all: () => drafts.all(),
      set: (key, text) => drafts.set(key, text, clock.now()),
    },
    unseenMissed: () => callLog.unseenMissed(),
    loggedCalls: () => callLog.listed(),
    markSeen(callId) {
      callLog.markSeen(callId);
      live.handleSeen(callId);
      historyChanged();
      changed();
    },
    saveQuality: team.saveQuality,
    wrapUpForm: () => relay?.wrapUpForm ?? emptyWrapUpForm,
    relayUrl: options.relay.url,
    administer: async (request) => (await relay?.administer(request)) ?? { kind: 'unreachable' },
    tryNow: () => relay?.tryNow(),
    replaceSocket: (why) => relay?.replaceSocket(why),
    setOnline(online) {
      if (online) recordings.handleOnline();
      // A relay on this machine, like the demo's, needs no network.
      if (!isLoopback(new URL(options.relay.url).hostname)) relay?.setOnline(online);
    },
    async close() {
      retention?.();
      ready.close();
      ringer.close();
      exports.close();
      recordings.close();
      insight.close();
      eraser.close();
      numbers.close();
      notes.close();
      reminders.close();
      todo.close();
      await hangUpAll(calls);
      await recorder.close();
      sync.close();
      streams.closeAll();
      team.close();
      relay?.close();
      relay?.removeAllListeners();
      calls.removeAllListeners();
      live.close();
      await file.close();
    },
  };
}
