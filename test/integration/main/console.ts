import { EventEmitter, once } from 'node:events';
import { join as joinPath } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { CallService } from '../../../src/main/calls/call-service.ts';
import { TeamMessages } from '../../../src/main/team/team-messages.ts';
import { TeamState } from '../../../src/main/team/team-state.ts';
import { CallReports } from '../../../src/main/db/call-reports.ts';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { History } from '../../../src/main/history/history.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { presenceSetting, teamMessagesSetting } from '../../../src/main/db/json-settings.ts';
import { RelayCursor } from '../../../src/main/db/relay-cursor.ts';
import { openTeam } from '../../../src/main/workspace/open-team.ts';
import { RelayClient } from '../../../src/main/relay-client/relay-client.ts';
import { LiveCalls } from '../../../src/main/snapshot/live-calls.ts';
import { Notices } from '../../../src/main/snapshot/notices.ts';
import type { MediaCommand } from '../../../src/shared/ipc/events.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import type { FromConsole } from '../../../src/shared/protocol/agent-frames.ts';
import type { RelayedCallStatus } from '../../../src/shared/protocol/frames.ts';
import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import { PROTOCOL_VERSION } from '../../../src/shared/protocol/versions.ts';
import { FakeLog } from '../../fakes/log.ts';
import { FakeMediaStreams } from '../../fakes/media-streams.ts';
import { FakeProvider } from '../../fakes/provider.ts';
import { RelayServer } from '../../fakes/relay-server.ts';
import { temporaryFolder } from '../relay/harness.ts';

/**
 * The console's main process, without Electron, on a real socket to a relay whose every frame the
 * test chooses. The softphone answers at once.
 */

export const ANA = { id: 'ana', name: 'Ana' };
export const BOB = { id: 'bob', name: 'Bob' };
export const CALL = 'support/wacid.1';
export const facts = {
  callId: CALL,
  accountId: 'support',
  party: { waId: '16315553602', name: 'Mia' },
  direction: 'inbound',
} as const;

/**
 * A console that has connected.
 *
 * @param from a killed console, whose relay and log on disk continue
 */
export async function join(from?: { server: RelayServer; path: string; cursor: () => number }) {
  const server = from?.server ?? (await RelayServer.start());
  const path = from?.path ?? databaseFile();
  const { db } = openDatabase({ path });
  const log = new FakeLog();
  const changes = new EventEmitter().setMaxListeners(50);
  const changed = () => void changes.emit('changed');
  const relay = new RelayClient({
    url: server.url,
    token: 'token',
    WebSocket,
    clock: systemClock,
    random: () => 0,
    cursorStore: new RelayCursor(db),
    log,
  });
  const provider = new FakeProvider();
  const orders: MediaCommand[] = [];
  const media = (command: MediaCommand) => {
    orders.push(command);
    const { callId } = command;
    const report = (kind: 'offer-ready' | 'connected') =>
      team.handleMediaReport(callId, kind === 'connected' ? { kind } : { kind, sdp: 'offer' });
    if (command.do === 'offer') queueMicrotask(() => report('offer-ready'));
    if (command.do === 'live') queueMicrotask(() => report('connected'));
  };
  const callLog = new SqliteCallLog(db);
  const self = () => relay.agent;
  const calls: CallService = new CallService({
    ports: {
      log: callLog,
      media,
      provider: () => provider,
      coordinator: relay,
      relayedApi: relay.relayedApi,
      relayPath: (accountId) => relay.pathOf(accountId),
      streams: new FakeMediaStreams(),
      iceServers: () => relay.iceServers,
    },
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    log,
    self,
  });
  const teamState = new TeamState(self);
  const live = new LiveCalls(
    {
      account: () => ({ label: 'Support', number: '' }),
      alsoRings: () => [],
      team: (call) => teamState.viewOf(call),
      shown: (party) => party,
      lastMessage: () => undefined,
      before: () => Promise.resolve({}),
      isWrappingUp: () => false,
    },
    systemClock,
    changed,
  );
  calls.on('changed', (call) => live.handleCall(call));
  calls.on('changed', changed);
  relay.on('probe', (probe) => relay.reportRinger(undefined, probe));
  relay.on('entry', (entry) => calls.reports.handleEntry(entry));
  const notices = new Notices(() => Date.now(), changed);
  const messages = new TeamMessages({
    store: teamMessagesSetting(db),
    relay,
    selfId: () => self()?.id,
    notices,
    changed,
  });
  relay.on('entry', ({ body, at }) => messages.handleEntry(body, at));
  const accountLabel = () => 'Support';
  const team = openTeam({
    chosen: presenceSetting(db),
    relay,
    self,
    state: teamState,
    messages,
    calls,
    live,
    accountLabel,
    callLog,
    callReports: new CallReports(db),
    failed: (error) => log.error(String(error)),
    media,
    clock: systemClock,
    notices,
    changed,
  });
  const kill = () => {
    relay.close();
    relay.removeAllListeners();
    team.close();
    live.close();
    db.close();
  };
  onTestFinished(() => {
    if (db.open) kill();
  });

  let cursor = from?.cursor() ?? 0;
  const greet = async () => {
    await server.next('hello');
    server.send({
      type: 'welcome',
      version: PROTOCOL_VERSION,
      epoch: 'e1',
      agent: ANA,
      rights: { role: 'agent', calls: 'all', numbers: [] },
      iceServers: [{ urls: ['stun:stun.example.com'] }],
      head: cursor,
      from: cursor,
      complete: true,
    });
  };
  calls.restore();
  relay.start();
  await greet();
  const until = async (check: () => boolean) => {
    while (!check()) await once(changes, 'changed');
  };
  /** Answers the next request of a kind. */
  const grant = async <T extends FromConsole['type']>(
    type: T,
    kind: 'granted' | 'leg' = 'granted',
  ) => {
    const frame = await server.next(type);
    if (!('id' in frame)) throw new Error('not a request');
    const outcome = kind === 'leg' ? ({ kind, sdp: 'relay-sdp' } as const) : ({ kind } as const);
    server.send({ type: 'result', id: frame.id, outcome });
    return frame;
  };
  const receive = (body: LogBody, at = Date.now()) =>
    server.send({ type: 'entry', cursor: ++cursor, at, body });
  const show = (more: Partial<RelayedCallStatus>) =>
    server.send({
      type: 'call',
      call: {
        ...facts,
        state: 'talking',
        owner: ANA,
        supervisors: [],
        dtmf: '',
        legs: {},
        ...more,
      },
    });
  const call = () => live.list().find(({ id }) => id === CALL);
  const name = () => call()?.phase.name;
  return {
    server,
    path,
    cursor: () => cursor,
    kill,
    relay,
    greet,
    grant,
    receive,
    show,
    until,
    calls,
    call,
    name,
    team,
    notices,
    orders,
    provider,
    history: new History(db),
  };
}

/** A database of its own on disk. */
function databaseFile(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  return joinPath(folder.dir, 'calls.db');
}

/** A customer's call that Ana has accepted. */
export async function talking() {
  const agent = await join();
  agent.receive({
    type: 'provider',
    accountId: 'support',
    providerCallId: 'wacid.1',
    path: 'relayed',
    event: { kind: 'offer', at: Date.now(), party: facts.party },
  });
  await agent.grant('leg', 'leg');
  await agent.until(() => agent.name() === 'ringing');
  agent.calls.accept(CALL);
  await agent.grant('claim');
  await agent.until(() => agent.name() === 'connected');
  return agent;
}

export const offered = (deadlineAt: number) => ({
  ...facts,
  callOfferId: 'h1',
  providerCallId: 'wacid.1',
  why: 'transfer' as const,
  from: ANA,
  to: [BOB],
  note: 'wants a refund',
  deadlineAt,
});
