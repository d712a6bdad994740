import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { RelayCursor } from '../../../../src/main/db/relay-cursor.ts';
import type { EntryFrame } from '../../../../src/main/relay/events.ts';
import { RelayClient } from '../../../../src/main/relay/relay-client.ts';
import type { CaughtUp } from '../../../../src/main/relay/replay.ts';
import type { Connection } from '../../../../src/shared/relay/connection.ts';
import type { FromRelayFrame } from '../../../../src/shared/relay/protocol.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { RelayServer } from '../../../fakes/relay-server.ts';
import { told } from '../../../helpers/told.ts';

const agent = { id: 'ana', name: 'Ana' };

const welcome = (more: Partial<Extract<FromRelayFrame, { type: 'welcome' }>> = {}) =>
  ({
    type: 'welcome' as const,
    version: 2,
    epoch: 'e1',
    agent,
    role: 'agent' as const,
    iceServers: [],
    head: 0,
    from: 0,
    complete: true,
    ...more,
  }) satisfies FromRelayFrame;

const offer = (cursor: number): EntryFrame => ({
  type: 'entry',
  cursor,
  at: 1,
  body: {
    type: 'provider',
    accountId: 'a',
    providerCallId: `wacid.${cursor}`,
    event: told.offer(1),
  },
});

async function start() {
  const server = await RelayServer.start();
  const { db } = openDatabase({ path: ':memory:' });
  const cursors = new RelayCursor(db);
  const clock = new FakeClock();
  const log = new FakeLog();
  const client = new RelayClient({
    url: server.url,
    token: 'a-token',
    WebSocket,
    clock,
    random: () => 0.5,
    cursorStore: cursors,
    log,
  });
  onTestFinished(() => {
    client.stop();
    db.close();
  });
  const entries: number[] = [];
  client.on('entry', (entry) => {
    cursors.advance(entry.cursor);
    entries.push(entry.cursor);
  });

  /** Resolves when the connection is in a state. */
  const until = async (state: Connection['state']) => {
    while (client.connection.state !== state) await once(client, 'connection');
    return client.connection;
  };
  /** Says hello back; resolves with the console's hello once the console has taken the welcome. */
  const welcomed = async (frame = welcome()) => {
    const hello = await server.next('hello');
    const taken = once(client, 'welcome');
    server.send(frame);
    await taken;
    return hello;
  };
  return { server, cursors, clock, log, client, entries, until, welcomed };
}

/** Connected, and up to date. */
async function connected(frame = welcome()) {
  const relay = await start();
  const greeted = relay.welcomed(frame);
  relay.client.start();
  await greeted;
  return relay;
}

describe('connecting', () => {
  test('first visit: says who it is, and begins where the relay says', async () => {
    const relay = await start();
    const greeted = relay.welcomed(welcome({ head: 7, from: 7 }));
    relay.client.start();
    expect(relay.client.connection).toEqual({ state: 'connecting' });
    expect(await greeted).toMatchObject({ epoch: null, cursor: null, presence: 'available' });
    expect(relay.server.authorization).toBe('Bearer a-token');
    expect(relay.client.connection).toMatchObject({ state: 'connected' });
    expect(relay.client.agent).toEqual(agent);
    expect(relay.cursors.get()).toEqual({ epoch: 'e1', cursor: 7 });
  });

  test('comes back with what it has stored, and hears what rang meanwhile', async () => {
    const relay = await connected();
    relay.server.send(offer(1));
    await relay.server.next('ack');
    relay.server.cut();
    await relay.until('reconnecting');
    const caughtUp = once(relay.client, 'caught-up');
    const greeted = relay.welcomed(welcome({ from: 1, head: 3 }));
    relay.clock.advance(300);
    expect(await greeted).toMatchObject({ epoch: 'e1', cursor: 1 });
    relay.server.send(offer(2));
    relay.server.send(offer(3));
    const [away]: CaughtUp[] = await caughtUp;
    expect(away).toMatchObject({ entries: 2, rang: ['a/wacid.2', 'a/wacid.3'] });
    expect(away?.since).toBeTypeOf('number');
    expect(relay.entries).toEqual([1, 2, 3]);
  });

  test('entries that come twice are stored once', async () => {
    const relay = await connected();
    for (const cursor of [1, 2, 1, 2, 3]) relay.server.send(offer(cursor));
    for (let last = 0; last < 3;) last = (await relay.server.next('ack')).cursor;
    expect(relay.entries).toEqual([1, 2, 3]);
  });

  test.each([
    { frame: welcome({ epoch: 'e2', from: 5, head: 5 }), otherLog: true },
    { frame: welcome({ from: 5, head: 5, complete: false }), otherLog: false },
  ])('a gap in the log is told: $otherLog', async ({ frame, otherLog }) => {
    const relay = await start();
    relay.cursors.reset('e1', 2);
    const told = once(relay.client, 'log-incomplete');
    const greeted = relay.welcomed(frame);
    relay.client.start();
    await greeted;
    expect(await told).toEqual([{ otherLog }]);
    expect(relay.cursors.get()).toEqual({ epoch: frame.epoch, cursor: 5 });
  });

  test('no welcome in time is no connection', async () => {
    const relay = await start();
    const hello = relay.server.next('hello');
    relay.client.start();
    await hello;
    relay.clock.advance(10_000);
    expect(relay.client.connection).toMatchObject({ state: 'reconnecting', why: 'no welcome' });
  });

  test('waits longer from try to try', async () => {
    const relay = await start();
    relay.server.turnAway = { status: 503, body: '' };
    relay.client.start();
    const waits: number[] = [];
    for (let i = 0; i < 4; i++) {
      await once(relay.client, 'connection');
      const state = relay.client.connection;
      if (state.state !== 'reconnecting') throw new Error(state.state);
      waits.push(state.retryAt - relay.clock.now());
      relay.clock.advance(state.retryAt - relay.clock.now());
    }
    expect(waits).toEqual([125, 375, 750, 1500]);
  });
});

describe('refused', () => {
  test.each([
    [
      '{"error":{"code":"token-unknown","message":"Ask for a new one."}}',
      'token-unknown',
      'Ask for a new one.',
    ],
    ['{"code":"token-unknown","message":"Ask."}', 'token-unknown', 'Ask.'],
    ['nothing', 'unauthorized', 'The relay refused this console (HTTP 401).'],
  ])('401 with %s', async (body, code, message) => {
    const relay = await start();
    relay.server.turnAway = { status: 401, body };
    relay.client.start();
    expect(await relay.until('refused')).toEqual({ state: 'refused', code, message });
    expect(relay.clock.pending).toBe(0);
    relay.client.replaceSocket('unlocked');
    expect(relay.client.connection.state).toBe('refused');
  });

  test('by a frame: the relay’s words stay, and nothing is tried', async () => {
    const relay = await connected();
    relay.server.send({ type: 'refused', code: 'replaced', message: 'Ana is elsewhere.' });
    relay.server.closeWith(4409, '');
    expect(await relay.until('refused')).toMatchObject({
      code: 'replaced',
      message: 'Ana is elsewhere.',
    });
    expect(relay.clock.pending).toBe(0);
  });

  test('by a close code alone', async () => {
    const relay = await connected();
    relay.server.closeWith(4406, 'too old');
    expect(await relay.until('refused')).toMatchObject({ code: 'version', message: 'too old' });
  });

  test('a relay that shuts down is tried again', async () => {
    const relay = await connected();
    relay.server.send({ type: 'refused', code: 'shutting-down', message: '' });
    expect(await relay.until('reconnecting')).toMatchObject({ why: 'shutting-down: ' });
  });

  test('starting anew is the way back', async () => {
    const relay = await connected();
    relay.server.closeWith(4409, '');
    await relay.until('refused');
    const greeted = relay.welcomed();
    relay.client.start();
    await greeted;
    expect(relay.client.connection.state).toBe('connected');
  });
});

describe('nothing is lost', () => {
  test.each(['not json', '{"type":"entry","cursor":1}', '{"type":"new"}'])(
    'a frame that cannot be read: %s',
    async (text) => {
      const relay = await connected();
      relay.server.send(text);
      expect(await relay.until('reconnecting')).toMatchObject({
        why: 'a frame that cannot be read',
      });
      expect(relay.server.frames.some((frame) => frame.type === 'ack')).toBe(false);
    },
  );

  test('an entry that cannot be stored is not acknowledged, and comes again', async () => {
    const relay = await connected();
    const broken = () => {
      throw new Error('disk full');
    };
    relay.client.prependListener('entry', broken);
    relay.server.send(offer(1));
    await relay.until('reconnecting');
    expect(relay.server.frames.some((frame) => frame.type === 'ack')).toBe(false);
    relay.client.off('entry', broken);
    const greeted = relay.welcomed(welcome({ head: 1 }));
    relay.clock.advance(300);
    expect(await greeted).toMatchObject({ cursor: 0 });
    relay.server.send(offer(1));
    expect(await relay.server.next('ack')).toMatchObject({ cursor: 1 });
    expect(relay.entries).toEqual([1]);
  });

  test('a relay whose entries cannot be stored is not asked without a pause', async () => {
    const relay = await connected();
    relay.client.prependListener('entry', () => {
      throw new Error('disk full');
    });
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      relay.server.send(offer(1));
      const state = await relay.until('reconnecting');
      if (state.state !== 'reconnecting') throw new Error(state.state);
      waits.push(state.retryAt - relay.clock.now());
      const greeted = relay.welcomed(welcome({ head: 1 }));
      relay.clock.advance(state.retryAt - relay.clock.now());
      await greeted;
    }
    expect(waits).toEqual([125, 375, 750]);
  });
});

describe('a line that is dead without saying so', () => {
  test('is found by the missing sign of life', async () => {
    const relay = await connected();
    relay.server.freeze();
    relay.clock.advance(15_000);
    expect(relay.client.connection).toMatchObject({
      state: 'reconnecting',
      why: 'no sign of life',
    });
  });

  test('a living one proves itself', async () => {
    const relay = await connected();
    const proof = once(relay.client, 'connection');
    relay.clock.advance(10_000);
    await proof;
    expect(relay.client.connection).toMatchObject({ provenAt: relay.clock.now() });
    relay.clock.advance(14_000);
    expect(relay.client.connection.state).toBe('connected');
  });

  test('is replaced after sleep, whatever its state says', async () => {
    const relay = await connected();
    const greeted = relay.welcomed();
    relay.client.replaceSocket('resumed');
    expect(relay.client.connection).toMatchObject({ state: 'reconnecting' });
    await greeted;
    expect(relay.client.connection.state).toBe('connected');
    expect(relay.server.connections).toBe(2);
  });

  test('without a network nothing is tried; with one, at once', async () => {
    const relay = await connected();
    relay.client.setOnline(false);
    expect(relay.client.connection.state).toBe('offline');
    expect(relay.clock.pending).toBe(0);
    const greeted = relay.welcomed();
    relay.client.setOnline(true);
    await greeted;
    expect(relay.client.connection.state).toBe('connected');
  });
});

describe('asking', () => {
  test('hold, claim and decline are answered', async () => {
    const relay = await connected();
    const ask = async (
      asked: Promise<unknown>,
      type: 'hold' | 'claim' | 'decline',
      outcome: Extract<FromRelayFrame, { type: 'result' }>['outcome'],
    ) => {
      const { id } = await relay.server.next(type);
      relay.server.send({ type: 'result', id, outcome });
      return asked;
    };
    expect(await ask(relay.client.hold('c'), 'hold', { kind: 'granted' })).toEqual({
      kind: 'granted',
    });
    const refused = { kind: 'refused', by: { id: 'bob', name: 'Bob' }, why: 'taken' } as const;
    expect(await ask(relay.client.claim('c'), 'claim', refused)).toEqual(refused);
    const declined = { kind: 'declined', last: true } as const;
    expect(await ask(relay.client.decline('c'), 'decline', declined)).toEqual(declined);
  });

  test('no answer within two seconds is unreachable', async () => {
    const relay = await connected();
    const asked = relay.client.claim('c');
    await relay.server.next('claim');
    relay.clock.advance(2_000);
    expect(await asked).toEqual({ kind: 'unreachable' });
  });

  test('a lost line answers at once', async () => {
    const relay = await connected();
    const asked = relay.client.claim('c');
    relay.server.cut();
    expect(await asked).toEqual({ kind: 'unreachable' });
    expect(await relay.client.decline('c')).toEqual({ kind: 'unreachable' });
  });

  test('presence is told now, and again with the next hello', async () => {
    const relay = await connected();
    relay.client.setPresence('dnd');
    expect(await relay.server.next('presence')).toMatchObject({ presence: 'dnd' });
    const greeted = relay.welcomed();
    relay.client.replaceSocket('resumed');
    expect(await greeted).toMatchObject({ presence: 'dnd' });
  });

  test('who else rings is passed on', async () => {
    const relay = await connected();
    const frame: FromRelayFrame = { type: 'ringing', callId: 'c', agents: [agent], alone: true };
    const passed = once(relay.client, 'ringing');
    relay.server.send(frame);
    expect(await passed).toEqual([frame]);
  });
});
