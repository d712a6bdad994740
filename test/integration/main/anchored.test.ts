import { EventEmitter, once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { CallService } from '../../../src/main/calls/call-service.ts';
import { TeamBoard } from '../../../src/main/calls/team-board.ts';
import { createCallLog } from '../../../src/main/db/call-log.ts';
import { History } from '../../../src/main/db/history.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { RelayCursor } from '../../../src/main/db/relay-cursor.ts';
import { openTeam } from '../../../src/main/profile/team.ts';
import { RelayClient } from '../../../src/main/relay/relay-client.ts';
import { LiveCalls } from '../../../src/main/state/live-calls.ts';
import { Notices } from '../../../src/main/state/state.ts';
import type { MediaCommand } from '../../../src/shared/ipc/events.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import {
  PROTOCOL_VERSION,
  type AnchoredCall,
  type FromConsole,
  type LogBody,
  type Teammate,
} from '../../../src/shared/relay/protocol.ts';
import { FakeLog } from '../../fakes/log.ts';
import { FakeProvider } from '../../fakes/provider.ts';
import { FakeSounds } from '../../fakes/sounds.ts';
import { RelayServer } from '../../fakes/relay-server.ts';

/*
 * The console's main process, without Electron, against a relay whose every word is the test's, over a real socket. The
 * softphone answers at once.
 */

const ANA = { id: 'ana', name: 'Ana' };
const BOB = { id: 'bob', name: 'Bob' };
const CALL = 'support/wacid.1';
const facts = {
  callId: CALL,
  accountId: 'support',
  party: { waId: '16315553602', name: 'Mia' },
  direction: 'inbound',
} as const;

async function join() {
  const server = await RelayServer.start();
  const { db } = openDatabase({ path: ':memory:' });
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
      team.fromMedia(callId, kind === 'connected' ? { kind } : { kind, sdp: 'offer' });
    if (command.do === 'offer') queueMicrotask(() => report('offer-ready'));
    if (command.do === 'live') queueMicrotask(() => report('connected'));
  };
  const callLog = createCallLog(db);
  const self = () => relay.agent;
  const calls: CallService = new CallService({
    ports: {
      log: callLog,
      media,
      provider: () => provider,
      coordinator: relay,
      anchor: relay.anchor,
      sounds: new FakeSounds(),
      iceServers: () => relay.iceServers,
    },
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    log,
    self,
  });
  const board = new TeamBoard(self);
  const live = new LiveCalls(
    {
      account: () => ({ label: 'Support', number: '' }),
      alsoRings: () => [],
      team: (call) => board.viewOf(call),
      history: () => Promise.resolve(undefined),
    },
    systemClock,
    changed,
  );
  calls.on('changed', (call) => live.handleCall(call));
  relay.on('entry', (entry) => calls.fromRelay(entry));
  const notices = new Notices(() => Date.now(), changed);
  const accountLabel = () => 'Support';
  const team = openTeam({
    db,
    relay,
    self,
    board,
    calls,
    live,
    accountLabel,
    media,
    clock: systemClock,
    notices,
    changed,
  });
  onTestFinished(() => {
    relay.stop();
    team.dispose();
    live.dispose();
    db.close();
  });

  let cursor = 0;
  const greet = async () => {
    await server.next('hello');
    server.send({
      type: 'welcome',
      version: PROTOCOL_VERSION,
      epoch: 'e1',
      agent: ANA,
      role: 'agent',
      iceServers: [{ urls: ['stun:stun.example.com'] }],
      head: cursor,
      from: cursor,
      complete: true,
    });
  };
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
  const say = (body: LogBody) =>
    server.send({ type: 'entry', cursor: ++cursor, at: Date.now(), body });
  const show = (more: Partial<AnchoredCall>) =>
    server.send({
      type: 'call',
      call: {
        ...facts,
        state: 'talking',
        owner: ANA,
        supervisors: [],
        keys: '',
        legs: {},
        ...more,
      },
    });
  const call = () => live.list().find(({ id }) => id === CALL);
  const name = () => call()?.phase.name;
  return {
    server,
    greet,
    grant,
    say,
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

/** A customer's call that Ana has taken. */
async function talking() {
  const desk = await join();
  desk.say({
    type: 'provider',
    accountId: 'support',
    providerCallId: 'wacid.1',
    route: 'anchored',
    event: { kind: 'offer', at: Date.now(), party: facts.party, sdp: '' },
  });
  await desk.grant('leg', 'leg');
  await desk.until(() => desk.name() === 'ringing');
  desk.calls.accept(CALL);
  await desk.grant('claim');
  await desk.until(() => desk.name() === 'connected');
  return desk;
}

const offered = (deadlineAt: number) => ({
  ...facts,
  handoverId: 'h1',
  providerCallId: 'wacid.1',
  why: 'transfer' as const,
  from: ANA,
  to: [BOB],
  note: 'wants a refund',
  deadlineAt,
});

test('ring, leg, claim, talk, hang up: only the relay is spoken to', async () => {
  const desk = await talking();
  expect(desk.orders.map((order) => order.do)).toEqual(['offer', 'apply-answer', 'live']);
  expect(desk.orders[0]).toMatchObject({
    leg: { iceServers: [{ urls: ['stun:stun.example.com'] }] },
  });
  desk.calls.hangUp(CALL);
  expect(await desk.grant('hang-up')).toMatchObject({ callId: CALL });
  expect(desk.provider.asked).toEqual([]);
});

test('a transfer: asked of the relay, shown with its deadline, and back with the true reason', async () => {
  const desk = await talking();
  const asked = desk.team.desk.transfer(CALL, {
    to: 'bob',
    mode: 'blind',
    note: ' wants a refund ',
  });
  expect(await desk.grant('transfer')).toMatchObject({ to: 'bob', note: 'wants a refund' });
  expect(await asked).toEqual({ ok: true, data: null });
  const deadlineAt = Date.now() + 30_000;
  desk.say({ type: 'handover', handover: offered(deadlineAt) });
  desk.show({ state: 'parked', handover: offered(deadlineAt), keys: '7' });
  await desk.until(() => desk.call()?.team?.asking !== undefined);
  expect(desk.call()?.team).toMatchObject({ asking: { to: 'Bob', deadlineAt }, keys: '7' });
  desk.say({ type: 'handover-ended', handoverId: 'h1', callId: CALL, end: 'unanswered' });
  desk.show({ state: 'talking' });
  await desk.until(() => desk.notices.list().length > 0);
  expect(desk.notices.list()).toMatchObject([
    { code: 'transfer-reverted', values: { name: 'Bob', end: 'unanswered' } },
  ]);
  expect(desk.name()).toBe('connected');
});

test('a refusal of the relay is answered with its word', async () => {
  const desk = await talking();
  const asked = desk.team.desk.transfer(CALL, { to: 'bob', mode: 'blind' });
  const frame = await desk.server.next('transfer');
  const outcome = { kind: 'refused', why: 'busy' } as const;
  desk.server.send({ type: 'result', id: frame.id, outcome });
  expect(await asked).toMatchObject({
    ok: false,
    error: { code: 'relay-refused', details: ['busy'] },
  });
});

test('a consultation that ends with handing over: our record names to whom', async () => {
  const desk = await talking();
  const deadlineAt = Date.now() + 30_000;
  desk.say({ type: 'handover', handover: offered(deadlineAt) });
  desk.show({ state: 'consulting', handover: offered(deadlineAt), consulting: BOB });
  await desk.until(() => desk.call()?.team?.consulting !== undefined);
  const done = desk.team.desk.complete(CALL);
  await desk.grant('transfer-complete');
  expect((await done).ok).toBe(true);
  desk.say({ type: 'handover-ended', handoverId: 'h1', callId: CALL, end: 'accepted', by: BOB });
  await desk.until(() => desk.name() === 'ended');
  expect(desk.history.get(CALL)).toMatchObject({
    endReason: { kind: 'transferred', to: 'Bob' },
    transfers: [{ to: 'Bob', note: 'wants a refund', end: 'accepted' }],
  });
});

test('the network is lost: a new leg is made by itself once the relay is back', async () => {
  const desk = await talking();
  desk.server.cut();
  desk.calls.softphoneLost();
  await desk.until(() => desk.name() === 'rejoining');
  await desk.greet();
  await desk.grant('leg', 'leg');
  await desk.until(() => desk.name() === 'connected');
  expect(desk.orders.at(-1)).toEqual({ do: 'live', callId: CALL });
});

test('presence goes to the relay, and the team comes from it', async () => {
  const desk = await join();
  desk.team.presence.set('away', 30);
  expect(await desk.server.next('presence')).toMatchObject({ presence: 'away' });
  const one = (who: typeof ANA): Teammate => ({
    ...who,
    role: 'agent',
    presence: 'away',
    since: 1,
    takesTransfers: true,
  });
  desk.server.send({ type: 'team', agents: [one(ANA), one(BOB)] });
  await desk.until(() => desk.team.view().team.length === 2);
  expect(desk.team.view().presence.state).toBe('away');
  expect(desk.team.view().supervisable).toEqual([]);
});

test('a supervisor sees teammates’ calls, and listens', async () => {
  const desk = await join();
  const me: Teammate = {
    ...ANA,
    role: 'supervisor',
    presence: 'available',
    since: 1,
    takesTransfers: true,
  };
  desk.server.send({ type: 'team', agents: [me] });
  desk.show({ owner: BOB, startedAt: 1 });
  await desk.until(() => desk.team.view().supervisable.length === 1);
  const heard = desk.team.supervision.set(CALL, 'listen');
  expect(await desk.grant('leg', 'leg')).toMatchObject({ callId: CALL });
  expect(await desk.grant('supervise')).toMatchObject({ mode: 'listen' });
  expect((await heard).ok).toBe(true);
  expect(desk.team.view().supervisable).toMatchObject([{ agent: 'Bob', mode: 'listen' }]);
  desk.show({ owner: BOB, state: 'ended' });
  await desk.until(() => desk.team.view().supervisable.length === 0);
  expect(desk.orders.at(-1)?.do).toBe('close');
});
