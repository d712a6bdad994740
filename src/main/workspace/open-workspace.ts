import { randomUUID } from 'node:crypto';
import { TeamBoard } from '../team/team-state.ts';
import { openNumbers } from '../numbers/numbers.ts';
import { openTeam, type Team } from './open-team.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { AccountView, Settings, Snapshot, StorageView } from '../../shared/ipc/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { lastThree } from '../../shared/lib/redact.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import { CallService } from '../calls/call-service.ts';
import { openReading } from '../calls/provider-sync/provider-sync.ts';
import { hangUpAll } from '../calls/hang-up-all.ts';
import { PcmSounds } from '../calls/streams/pcm-stream-manager.ts';
import type { Provider } from '../calls/ports.ts';
import { ContactService } from '../contacts/contact-service.ts';
import { HistoryReader } from '../history/history-reader.ts';
import { SafeCallLog } from '../db/storage/safe-calls.ts';
import {
  SafeContacts,
  SafeDrafts,
  SafeMarks,
  SafePresence,
  SafeRateCard,
  SafeSettings,
} from '../db/storage/safe-stores.ts';
import { RepairThreads } from '../db/storage/repairs.ts';
import { Storage } from '../db/storage/storage.ts';
import { describe, type Log } from '../log.ts';
import type { WorkspaceKind } from '../paths.ts';
import type { Transport } from '../network/transport.ts';
import type { Account } from '../providers/account.ts';
import { noAnchor, noCoordinator } from '../relay-client/none.ts';
import { RelayClient } from '../relay-client/relay-client.ts';
import { isLoopback } from '../../shared/lib/encrypted-url.ts';
import { callHistoryOf } from '../snapshot/call-history.ts';
import { LiveCalls } from '../snapshot/live-calls.ts';
import { StorageNotices } from '../snapshot/storage-notices.ts';
import { notifyLateness, notifyPermission } from '../snapshot/call-notices.ts';
import type { Notices } from '../snapshot/snapshot.ts';

/** Whom a workspace works for, and with what. */
export interface WorkspaceOptions {
  kind: WorkspaceKind;
  agent: { id: string; name: string };
  /** Without a token the relay is not connected. */
  relay: { url: string; token: string | undefined };
  /** The numbers to use from now on; undefined keeps those of the database. */
  accounts: readonly Account[] | undefined;
  /** They come from a profile that was imported just now. */
  imported?: boolean | undefined;
  /** An account's access token, if it can be read. */
  tokenOf: (accountId: string) => string | undefined;
  /** Where the relay takes the calls that an account's provider forwards to it, if that was provisioned. */
  relayAddressOf?: (accountId: string) => string | undefined;
}

export interface WorkspacePorts {
  /** The way out of this machine. */
  transport: Pick<Transport, 'fetch' | 'WebSocket'>;
  database: string;
  sqliteBinding: string | undefined;
  readerScript: string;
  repairScript: string;
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
  /** The numbers came back from a damaged file after the workspace was opened without any. */
  numbersFound: () => void;
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
  drafts: { all: SafeDrafts['all']; set: (key: string, text: string) => void };
  unseenMissed: () => number;
  markSeen: (callId: string | undefined) => void;
  saveQuality: SafeCallLog['saveQuality'];
  /** As they are provisioned. */
  provisioned: readonly Account[];
  storage: () => StorageView;
  team: Team;
  contacts: ContactService;
  /** The agent wants to be connected now. */
  tryNow: () => void;
  /** The socket may be dead without knowing it. */
  replaceSocket: (why: string) => void;
  /** Whether the machine has any network. */
  setOnline: (online: boolean) => void;
  close: () => Promise<void>;
}

/** Opens a workspace, in the order in which its parts need each other. What its file can or cannot do does not keep it from opening. */
export function openWorkspace(input: WorkspaceOptions, deps: WorkspacePorts): Workspace {
  const { clock, log, notices, changed, historyChanged } = deps;

  // Stores.
  let closed = false;
  const teller = new StorageNotices(notices);
  const history = new HistoryReader({
    path: deps.database,
    nativeBinding: deps.sqliteBinding,
    script: deps.readerScript,
    damaged: (why) => storage.handleDamage(why),
  });
  const repairs = new RepairThreads(deps.repairScript, deps.sqliteBinding);
  const storage: Storage = new Storage({
    path: deps.database,
    nativeBinding: deps.sqliteBinding,
    defaults: deps.defaults,
    clock,
    log,
    changed: () => storageChanged(),
    refreshed: () => refreshed(),
    async release(until) {
      await Promise.all([history.release(until), repairs.release()]);
    },
    repairs,
  });
  /** Also while it is opened. */
  function storageChanged(): void {
    setImmediate(() => {
      if (!closed) teller.update(storage.view());
      changed();
    });
  }
  const callLog = new SafeCallLog(storage);
  const settingsStore = new SafeSettings(storage, deps.defaults);
  let settings = settingsStore.get();
  const drafts = new SafeDrafts(storage);

  const { fetch, WebSocket } = deps.transport;
  const numbers = openNumbers({
    storage,
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
          cursorStore: callLog.cursor,
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
        callHistoryOf(call, (filter, limit) => history.list(filter, undefined, limit)).catch(
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
  calls.on('permission', (accountId, told) => {
    notifyPermission(notices, accountId, told);
    log.info(
      `permission: ${told.granted ? 'granted' : 'declined'} by ${lastThree(told.party.waId)}`,
    );
  });
  const reading = openReading({
    calls,
    callLog,
    accounts: numbers.accounts.map(({ id }) => id),
    provider: numbers.provider,
    marks: new SafeMarks(storage),
    found: (found) => {
      live.handleReplayComplete(found);
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
  const contacts = new ContactService({
    store: new SafeContacts(storage),
    numbers: numbers.states,
    facts: numbers.facts,
    rateCard: new SafeRateCard(storage),
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
    // Told again for the sake of an offer; the rest is known.
    const isAgain = callLog.hasHeard(cursor);
    if (isAgain && !(body.type === 'provider' && body.event.kind === 'offer')) return;
    try {
      // First, because with the call service's commit the entry counts as stored.
      if (!isAgain) contacts.handleEntry(body);
    } catch (error) {
      log.error(`contacts: entry ${cursor} was not dealt with: ${describe(error)}`);
    }
    if (body.type === 'provider') {
      notifyLateness(notices, numbers.find(body.accountId), body.ahead);
    }
    try {
      calls.fromRelay({ cursor, at, body });
    } catch (error) {
      // It would fail again, and everything behind it with it.
      log.error(`calls: entry ${cursor} was not dealt with: ${describe(error)}`);
      callLog.advance(cursor);
    }
  });
  relay?.on('ringing', (frame) => calls.fromRelayRinging(frame));
  relay?.on('caught-up', ({ rang }) => {
    live.handleReplayComplete(rang.flatMap((id) => callLog.get(id) ?? []));
    reading.handleCaughtUp();
  });
  relay?.on('log-incomplete', () => {
    notices.add({ kind: 'warning', code: 'relay-log-incomplete' });
    reading.handleIncomplete();
  });

  const team = openTeam({
    chosen: new SafePresence(storage),
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

  const restore = () => {
    calls.restore();
    if (interrupted === 0) return;
    notices.add({
      kind: 'warning',
      code: 'calls-interrupted',
      values: { count: String(interrupted) },
    });
  };
  /** More of the file can be read than when it was opened. */
  const refreshed = () => {
    settings = settingsStore.get();
    restore();
    historyChanged();
    deps.contactsChanged();
    changed();
    if (numbers.accounts.length === 0) deps.numbersFound();
  };

  // Only now can anything happen.
  storageChanged();
  restore();
  void storage.check();
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
    provisioned: numbers.accounts,
    storage: () => storage.view(),
    team,
    contacts,
    tryNow: () => relay?.tryNow(),
    replaceSocket: (why) => relay?.replaceSocket(why),
    setOnline(online) {
      // A relay on this machine, as the demo's, needs no network.
      if (!isLoopback(new URL(input.relay.url).hostname)) relay?.setOnline(online);
    },
    async close() {
      numbers.close();
      await hangUpAll(calls);
      reading.dispose();
      sounds.dispose();
      team.close();
      relay?.stop();
      relay?.removeAllListeners();
      calls.removeAllListeners();
      live.close();
      await history.close();
      closed = true;
      await repairs.release();
      storage.close();
      teller.close();
    },
  };
}
