import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { t } from '../../shared/i18n/i18n.ts';
import { isLoopback } from '../../shared/lib/loopback.ts';
import type { TeamView } from '../../shared/ipc/live-call.ts';
import { partyLabel } from '../../shared/lib/party-name.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import { emptyWrapUpForm } from '../../shared/protocol/wrap-up.ts';
import { hangUpAll } from '../calls/hang-up-all.ts';
import { openProviderSync } from '../calls/provider-sync/provider-sync.ts';
import { CallbackReminders } from '../contacts/callback-reminders.ts';
import { ContactService } from '../contacts/contact-service.ts';
import { FileCache } from '../contacts/files/file-cache.ts';
import { MessageFiles } from '../contacts/files/message-files.ts';
import { NoteService } from '../contacts/note-service.ts';
import { People } from '../contacts/people.ts';
import { PeopleSharing } from '../contacts/people-sharing.ts';
import {
  SafeContacts,
  SafeMarks,
  SafeOwnMessages,
  SafeRateCard,
  SafeSetting,
} from '../db/storage/safe-stores.ts';
import { tellingCalls } from '../db/telling-calls.ts';
import { SafeTodos } from '../db/storage/safe-todos.ts';
import { describe } from '../log.ts';
import { NumberService } from '../numbers/number-service.ts';
import { openNumbers } from '../numbers/numbers.ts';
import { EnteredBills } from '../numbers/entered-bills.ts';
import { RateCards } from '../numbers/rate-cards.ts';
import type { RelayAddress } from '../recordings/relay-file.ts';
import { openRecordings } from './open-recordings.ts';
import { Ringer } from '../ready/ringer.ts';
import { ReadyService } from '../ready/ready-service.ts';
import { RelayClient } from '../relay-client/relay-client.ts';
import { KnownAgents } from '../team/known-agents.ts';
import { TeamMessages } from '../team/team-messages.ts';
import { TeamState } from '../team/team-state.ts';
import { TodoService } from '../todo/todo-service.ts';
import { callRestorer, openCalls, openLiveCalls } from './open-calls.ts';
import { openRecorder } from './open-recorder.ts';
import { blameBeyond } from '../team/blame.ts';
import { openInsight, systemZone } from './open-insight.ts';
import { answerOfVerdict } from '../team/team-requests.ts';
import { openTeam } from './open-team.ts';
import { SafeCallReports } from '../db/storage/safe-call-reports.ts';
import { callbackNoticeId, notifyCallback } from '../snapshot/callback-notices.ts';
import { followRelay } from './relay-events.ts';
import { openErasing } from './open-erasing.ts';
import { startRetention } from './retention.ts';
import { ScheduledExports } from '../history/export/scheduled-exports.ts';
import { administers } from '../../shared/protocol/rights.ts';
import { openWorkspaceStorage, type WorkspaceStorage } from './workspace-storage.ts';
import type { HistoryFilter } from '../../shared/ipc/history.ts';
import type { Workspace, WorkspaceOptions, WorkspacePorts } from './workspace.ts';

/** Opens a workspace: each part after those it needs. Nothing starts before all parts are there. */
export function openWorkspace(options: WorkspaceOptions, ports: WorkspacePorts): Workspace {
  const { clock, log, notices, changed, historyChanged, contactsChanged } = ports;

  const file = openWorkspaceStorage(ports);
  const { storage, history, callLog, settings, drafts } = file;
  // Without a relay there is nobody else.
  const mayAdminister = () => !relay || administers(teamState.me?.role);
  const numbers = openNumbers({
    storage,
    ...options,
    mayRecord: ports.organisation.policy.recording?.allowed !== false,
    mayDecideRecording: mayAdminister,
    relay: {
      pathOf: (accountId) => relay?.pathOf(accountId),
      recordingOf: (accountId) => relay?.recordingOf(accountId),
    },
    fetch: ports.transport.fetch,
    clock,
    log,
    notices,
    changed(accountId) {
      ports.numberChanged(accountId);
      ready.handleNumber(accountId);
      changed();
    },
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
  const recorder = openRecorder({ workspace: ports, calls, numbers, relay, storage, self });
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
  const rateCard = new SafeRateCard(storage);
  const enteredBills = new EnteredBills({
    store: new SafeSetting(storage, (stores) => stores.enteredBills, []),
    mayEnter: mayAdminister,
  });
  const rateCards = new RateCards({
    store: rateCard,
    clock,
    changed() {
      contactsChanged();
      readyChanged();
    },
  });
  const numberService = new NumberService({
    ...numbers,
    clock,
    log,
    changed(accountId) {
      ports.numberChanged(accountId);
      ready.handleNumber(accountId);
    },
  });
  const readyChanged = () => {
    ready.handleChange();
    ports.readyChanged();
    changed();
  };
  const ringer = new Ringer({
    clock,
    ask: ports.askRinger,
    report: (problem, probe) => relay?.reportRinger(problem, probe),
    needsMicrophone: () => numbers.accounts.some(({ id }) => relay?.pathOf(id) !== 'external'),
    changed: readyChanged,
  });
  const found = ports.devices();
  if (found) ringer.handleDevices(found);
  relay?.on('probe', (probe) => ringer.probe(probe));
  const ready: ReadyService = new ReadyService({
    ...numbers,
    numbers: numberService,
    agentId: options.agent.id,
    relayUrl: options.relay.url,
    connection: () => relay?.connection ?? { state: 'unconfigured' },
    askRelay: async () => relay?.checks(),
    echo: async (sdp) => (await relay?.echo(sdp)) ?? { end: 'unanswered' },
    epoch: () => relay?.epoch,
    pathOf: (accountId) => relay?.pathOf(accountId),
    ringer: () => ringer.state,
    iceServers: () => relay?.iceServers ?? [],
    socksSignedIn: () => ports.transport.socksSignedIn?.(),
    onlyTurn: ports.organisation.policy.route?.media === 'turn',
    earlierCalls: (accountId) => storage.read(({ db }) => tellingCalls(db, accountId), []),
    devices: ports.devices,
    rateCard: () => rateCard.get(),
    fetch: ports.transport.fetch,
    clock,
    log,
    changed: readyChanged,
  });
  relay?.on('webhooks', (webhooks) => ready.handleWebhooks(webhooks));
  const reminders = new CallbackReminders({
    open: () => file.notes.callbacks(),
    clock,
    remind(callback) {
      notifyCallback(notices, callback);
      ports.announce({ kind: 'callback', party: callback.party });
    },
    resolve: (callId) => notices.remove(callbackNoticeId(callId)),
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
  const own = new SafeOwnMessages(storage);
  const contacts = new ContactService({
    store: contactStore,
    own,
    numbers: numbers.states,
    facts: numbers.facts,
    numberService,
    rateCard,
    pickUp: insight.pickUpFacts,
    accounts: numbers.accounts,
    provider: numbers.provider,
    live: () => calls.live(),
    isOurs: (accountId, id) => callLog.byProviderId(accountId, id) !== undefined,
    self,
    reportSent: async (what) => (await relay?.sent(what)) ?? false,
    clock,
    newId: randomUUID,
    log,
    described() {
      live.handlePeople();
      historyChanged();
    },
    changed() {
      // A teammate may have made it.
      reminders.refresh();
      // Two customers may turn out to be one.
      todo.handlePeople();
      live.handleMessages();
      contactsChanged();
      changed();
    },
  });
  const todo = new TodoService({
    store: new SafeTodos(storage),
    relay: {
      todo: async (what) => (await relay?.todo(what)) ?? { kind: 'unreachable' },
      todos: async (after) => (await relay?.todos(after)) ?? { kind: 'unreachable' },
    },
    personOf: (party) => contactStore.personOf(party),
    shown: (party) => contactStore.shown(party),
    // An admin may have taken the number from this agent since the profile was written.
    hasAccount: (accountId) =>
      numbers.find(accountId) !== undefined && (relay?.mayUse(accountId) ?? true),
    self,
    clock,
    announce: ports.announce,
    stillWaits(party) {
      const name = partyLabel(party) || t('desktop.unknownCaller');
      const id = `still-waits/${personKey(party) ?? ''}`;
      notices.add({ id, kind: 'info', code: 'still-waits', values: { name } });
    },
    changed() {
      ports.todoChanged();
      changed();
    },
  });
  const peopleChanged = () => {
    reminders.refresh();
    live.handlePeople();
    todo.handlePeople();
    historyChanged();
    contactsChanged();
    changed();
  };
  const sharing = new PeopleSharing({
    store: contactStore,
    relay: {
      people: async (what) => (await relay?.people(what)) ?? false,
      knownPeople: async (after) => relay?.knownPeople(after),
    },
    self,
    accounts: () => numbers.accounts.map(({ id }) => id),
    changed: peopleChanged,
    failed: (error) => log.error(`people: sharing failed: ${describe(error)}`),
  });
  const people = new People({
    store: contactStore,
    self,
    share: () => void sharing.share(),
    clock,
    changed: peopleChanged,
  });
  const files = new MessageFiles({
    message: (identity) => own.get(identity),
    provider: numbers.provider,
    fetch: ports.transport.fetch,
    cache: new FileCache({
      folder: join(dirname(ports.database), 'message-files'),
      keys: ports.databaseKeys,
      now: () => clock.now(),
      log,
    }),
    now: () => clock.now(),
    log,
  });
  const notes = new NoteService({
    store: file.notes,
    call: (callId) => callLog.get(callId),
    report: async (what) => (await relay?.noted(what)) ?? false,
    clock,
    callbacksChanged: () => reminders.refresh(),
    changed: historyChanged,
    failed: (error) => log.error(`notes: sharing failed: ${describe(error)}`),
  });
  const recordings = openRecordings({
    workspace: ports,
    storage,
    callLog,
    provider: numbers.provider,
    keepDays: (accountId) => numbers.recordingPolicy(accountId).keepDays,
    placeOf: (accountId) => numbers.recordingPolicy(accountId).where,
    relayFile: (id, track) => relayRecording(options.relay, id, track),
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
    saveWrapUp: (callId, seconds) => callLog.saveWrapUp(callId, seconds),
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
  /** The relay's last word about the sound of the call that was measured last. */
  let heard: { callId: string; legs: TeamView['legs'] | undefined } | undefined;
  restoreCalls();
  reminders.refresh();
  eraser.resume();
  const noteExport = (path: string, { from, to }: HistoryFilter) =>
    file.erasures.noteExport({ path, at: clock.now(), from, to });
  // Its thread would take a core from the page.
  void (ports.usable ?? Promise.resolve()).then(() => storage.check());
  const exports = new ScheduledExports({
    presets: () =>
      ports.organisation.policy.features?.export === false ? [] : settings.get().exportPresets,
    reader: history,
    clock,
    log,
    written: (path, filter) => noteExport(path, filter),
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
    saveQuality(callId, quality) {
      const call = callLog.get(callId);
      const now = call && teamState.viewOf(call)?.legs;
      // The last report may come after the relay's.
      const legs = now ?? (heard?.callId === callId ? heard.legs : undefined);
      heard = { callId, legs };
      callLog.saveQuality(callId, blameBeyond(quality, legs));
      team.handleQuality(callId);
    },
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

/** Where the relay serves a recording that it has made. */
function relayRecording(
  { url, token }: WorkspaceOptions['relay'],
  id: string,
  track: number | undefined,
): ReturnType<RelayAddress> {
  if (token === undefined) return undefined;
  const tail = track === undefined ? '' : `/${track}`;
  const address = new URL(`/v1/recordings/${encodeURIComponent(id)}${tail}`, url);
  address.protocol = address.protocol.replace('ws', 'http');
  return { url: address.href, headers: { authorization: `Bearer ${token}` } };
}

/** @returns undefined without a token: such a workspace has no relay */
function openRelay(
  { relay: { url, token } }: WorkspaceOptions,
  { transport, release, clock, log }: WorkspacePorts,
  { callLog }: WorkspaceStorage,
): RelayClient | undefined {
  if (token === undefined) return undefined;
  const { WebSocket } = transport;
  const cursorStore = callLog.cursor;
  return new RelayClient({
    url,
    token,
    WebSocket,
    clock,
    random: Math.random,
    cursorStore,
    log,
    ...(release !== undefined && { release }),
  });
}
