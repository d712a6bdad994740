import { randomUUID } from 'node:crypto';
import { TeamBoard } from '../calls/team-board.ts';
import { openNumbers } from './numbers.ts';
import { openTeam, type Team } from './team.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { AccountView, Settings, Snapshot } from '../../shared/ipc/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { lastThree } from '../../shared/lib/redact.ts';
import type { Connection } from '../../shared/relay/connection.ts';
import { CallService } from '../calls/call-service.ts';
import { openReading } from '../calls/reading.ts';
import { hangUpAll } from '../calls/hang-up-all.ts';
import { PcmSounds } from '../calls/pcm-sounds.ts';
import type { Provider } from '../calls/ports.ts';
import { ContactDesk } from '../contacts/contact-desk.ts';
import { createCallLog } from '../db/call-log.ts';
import { ContactStore } from '../db/contacts.ts';
import { DraftStore } from '../db/drafts.ts';
import { HistoryReader } from '../db/history-reader.ts';
import { openDatabase } from '../db/open.ts';
import { RateCardStore } from '../db/rate-card.ts';
import { RelayCursor } from '../db/relay-cursor.ts';
import { SqliteReadMarks } from '../db/read-marks.ts';
import { SettingsStore } from '../db/settings.ts';
import { describe, type Log } from '../log.ts';
import type { WorkspaceKind } from '../paths.ts';
import type { Transport } from '../network/transport.ts';
import type { Account } from '../providers/account.ts';
import { noAnchor, noCoordinator } from '../relay/none.ts';
import { RelayClient } from '../relay/relay-client.ts';
import { isLoopback } from '../../shared/lib/encrypted-url.ts';
import { earlierCalls } from '../state/earlier-calls.ts';
import { LiveCalls } from '../state/live-calls.ts';
import { tellLateness, tellPermission } from '../state/tell.ts';
import type { Notices } from '../state/state.ts';

/** Whom a workspace works for, and with what. */
export interface WorkspaceInput {
  kind: WorkspaceKind;
  agent: { id: string; name: string };
  /** Without a token the relay is not connected. */
  relay: { url: string; token: string | undefined };
  /** The numbers to use from now on; undefined keeps those of the database. */
  accounts: readonly Account[] | undefined;
  /** An account's access token, if it can be read. */
  tokenOf: (accountId: string) => string | undefined;
  /** Where the relay takes the calls that an account's provider forwards to it, if that was provisioned. */
  relayAddressOf?: (accountId: string) => string | undefined;
}

export interface WorkspaceDeps {
  /** The way out of this machine. */
  transport: Pick<Transport, 'fetch' | 'WebSocket'>;
  database: string;
  sqliteBinding: string | undefined;
  readerScript: string;
  defaults: Settings;
  clock: Clock;
  log: Log;
  notices: Notices;
  media: (command: MediaCommand) => void;
  /** Sound of a customer, to the softphone. */
  play: (callId: string, frame: Uint8Array) => void;
  /** Something that the snapshot shows is no longer what it was. */
  changed: () => void;
  historyChanged: () => void;
  contactsChanged: () => void;
  numberChanged: (accountId: string) => void;
}

/** One set of numbers with its database, its relay and its calls. The demo is one, a real profile another. */
export interface Workspace {
  kind: WorkspaceKind;
  agent: Snapshot['agent'];
  calls: CallService;
  sounds: PcmSounds;
  live: LiveCalls;
  history: HistoryReader;
  accounts: () => readonly AccountView[];
  connection: () => Connection;
  provider: (accountId: string) => Provider | undefined;
  settings: () => Settings;
  setSettings: (changes: Partial<Settings>) => void;
  drafts: { all: DraftStore['all']; set: (key: string, text: string) => void };
  unseenMissed: () => number;
  markSeen: (callId: string | undefined) => void;
  saveQuality: ReturnType<typeof createCallLog>['saveQuality'];
  team: Team;
  contacts: ContactDesk;
  /** The agent wants to be connected now. */
  tryNow: () => void;
  /** The socket may be dead without knowing it. */
  replaceSocket: (why: string) => void;
  /** Whether the machine has any network. */
  setOnline: (online: boolean) => void;
  dispose: () => Promise<void>;
}

/**
 * Opens a workspace, in the order in which its parts need each other.
 *
 * @throws DatabaseNewerError when a later version of the app wrote its database
 */
export function openWorkspace(input: WorkspaceInput, deps: WorkspaceDeps): Workspace {
  const { clock, log, notices, changed, historyChanged } = deps;

  // Stores.
  const { db, setAside } = openDatabase({
    path: deps.database,
    nativeBinding: deps.sqliteBinding,
  });
  if (setAside) log.error(`database: set aside as ${setAside.path}: ${setAside.why}`);
  const callLog = createCallLog(db);
  const settingsStore = new SettingsStore(db, deps.defaults);
  let settings = settingsStore.get();
  const drafts = new DraftStore(db, log);
  const history = new HistoryReader({
    path: deps.database,
    nativeBinding: deps.sqliteBinding,
    script: deps.readerScript,
  });

  const { fetch, WebSocket } = deps.transport;
  const numbers = openNumbers({
    db,
    ...input,
    fetch,
    clock,
    log,
    notices,
    changed(accountId) {
      deps.numberChanged(accountId);
      changed();
    },
  });

  // Relay.
  const relay =
    input.relay.token === undefined
      ? undefined
      : new RelayClient({
          url: input.relay.url,
          token: input.relay.token,
          WebSocket,
          clock,
          random: Math.random,
          cursorStore: new RelayCursor(db),
          log,
        });
  let connection: Connection = relay
    ? { state: 'connecting', since: clock.now() }
    : { state: 'unconfigured' };

  // Calls.
  const sounds = new PcmSounds({
    provider: numbers.provider,
    relay: relay?.sounds,
    media: deps.media,
    play: deps.play,
    report: (callId, report) => calls.fromMedia(callId, report),
    WebSocket,
    clock,
    random: Math.random,
    log,
  });
  const calls: CallService = new CallService({
    ports: {
      log: callLog,
      media: deps.media,
      provider: numbers.provider,
      coordinator: relay ?? noCoordinator,
      anchor: relay?.anchor ?? noAnchor,
      sounds,
      iceServers: () => relay?.iceServers ?? [],
      rejoinGraceMs: () => relay?.rejoinGraceMs,
    },
    clock,
    newId: randomUUID,
    log,
    self: () => relay?.agent ?? input.agent,
  });
  const self = () => relay?.agent ?? input.agent;
  const board = new TeamBoard(self);
  const live = new LiveCalls(
    {
      account(accountId) {
        const found = numbers.find(accountId);
        return (
          found && { label: found.label, number: found.number, findings: numbers.findings(found) }
        );
      },
      alsoRings: (callId) => calls.alsoRings(callId),
      team: (call) => board.viewOf(call),
      history: (call) =>
        earlierCalls(call, (filter, limit) => history.list(filter, undefined, limit)).catch(
          (error: unknown) => {
            log.warn(`history: earlier calls could not be read: ${describe(error)}`);
            return undefined;
          },
        ),
    },
    clock,
    changed,
  );

  // Who hears of what.
  let interrupted = 0;
  calls.on('changed', (call) => {
    live.handleCall(call);
    if (call.phase.name === 'ended') historyChanged();
    changed();
  });
  calls.on('ended', (call) => {
    if (call.phase.name === 'ended' && call.phase.reason.kind === 'interrupted') interrupted += 1;
  });
  calls.on('storage-failed', (callId, error) => {
    log.error(`call ${callId}: not stored: ${describe(error)}`);
  });
  calls.on('permission', (accountId, told) => {
    tellPermission(notices, accountId, told);
    log.info(
      `permission: ${told.granted ? 'granted' : 'declined'} by ${lastThree(told.party.waId)}`,
    );
  });
  const reading = openReading({
    calls,
    callLog,
    accounts: numbers.accounts.map(({ id }) => id),
    provider: numbers.provider,
    marks: new SqliteReadMarks(db),
    found: (found) => {
      live.handleCaughtUp(found);
      historyChanged();
    },
    clock,
    log,
  });
  relay?.on('connection', (now) => {
    connection = now;
    reading.handleConnection(now);
    changed();
  });
  const contacts = new ContactDesk({
    store: new ContactStore(db),
    numbers: numbers.states,
    facts: numbers.facts,
    rateCard: new RateCardStore(db),
    accounts: numbers.accounts,
    provider: numbers.provider,
    live: () => calls.live(),
    isOurs: (accountId, id) => callLog.byProviderId(accountId, id) !== undefined,
    self,
    tellSent: async (what) => (await relay?.sent(what)) ?? false,
    clock,
    newId: randomUUID,
    log,
    changed: deps.contactsChanged,
    numberChanged: deps.numberChanged,
  });
  calls.on('ended', (call) => contacts.handleEnded(call));
  calls.on('named', (accountId, ids) => contacts.handleNamed(accountId, ids));
  relay?.on('entry', ({ cursor, at, body }) => {
    // First, because with the call service's commit the entry counts as stored.
    contacts.handleEntry(body);
    if (body.type === 'provider') {
      tellLateness(notices, numbers.find(body.accountId), body.ahead);
    }
    calls.fromRelay({ cursor, at, body });
  });
  relay?.on('ringing', (frame) => calls.fromRelayRinging(frame));
  relay?.on('caught-up', ({ rang }) => {
    live.handleCaughtUp(rang.flatMap((id) => callLog.get(id) ?? []));
    reading.handleCaughtUp();
  });
  relay?.on('log-incomplete', () => {
    notices.add({ kind: 'warning', code: 'relay-log-incomplete' });
    reading.handleIncomplete();
  });

  const team = openTeam({
    db,
    relay,
    self,
    board,
    calls,
    live,
    accountLabel: (id) => numbers.find(id)?.label ?? id,
    media: deps.media,
    clock,
    notices,
    changed,
  });

  // Only now can anything happen.
  calls.restore();
  if (interrupted > 0) {
    notices.add({
      kind: 'warning',
      code: 'calls-interrupted',
      values: { count: String(interrupted) },
    });
  }
  relay?.start();
  reading.start(relay !== undefined);
  log.info(`workspace: ${input.kind} is open with ${numbers.accounts.length} numbers`);

  return {
    kind: input.kind,
    agent: input.agent,
    calls,
    sounds,
    live,
    history,
    accounts: numbers.views,
    connection: () => connection,
    provider: numbers.provider,
    settings: () => settings,
    setSettings(changes) {
      settings = settingsStore.set(changes);
      changed();
    },
    drafts: {
      all: () => drafts.all(),
      set: (key, text) => drafts.set(key, text, clock.now()),
    },
    unseenMissed: () => callLog.unseenMissed(),
    markSeen(callId) {
      callLog.markSeen(callId);
      live.handleSeen(callId);
      historyChanged();
      changed();
    },
    saveQuality: (callId, quality) => callLog.saveQuality(callId, quality),
    team,
    contacts,
    tryNow: () => relay?.tryNow(),
    replaceSocket: (why) => relay?.replaceSocket(why),
    setOnline(online) {
      // A relay on this machine, as the demo's, needs no network.
      if (!isLoopback(new URL(input.relay.url).hostname)) relay?.setOnline(online);
    },
    async dispose() {
      numbers.dispose();
      await hangUpAll(calls);
      reading.dispose();
      sounds.dispose();
      team.dispose();
      relay?.stop();
      relay?.removeAllListeners();
      calls.removeAllListeners();
      live.dispose();
      await history.close();
      db.close();
    },
  };
}
