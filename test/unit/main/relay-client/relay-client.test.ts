import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { RelayCursor } from '../../../../src/main/db/relay-cursor.ts';
import { MachineClock } from '../../../../src/main/clock.ts';
import type { EntryFrame } from '../../../../src/main/relay-client/events.ts';
import { RelayClient } from '../../../../src/main/relay-client/relay-client.ts';
import type { ReplaySummary } from '../../../../src/main/relay-client/replay.ts';
import { backoff, type Connection } from '../../../../src/shared/protocol/connection.ts';
import type { FromRelayFrame } from '../../../../src/shared/protocol/frames.ts';
import { OLDEST_VERSION, PROTOCOL_VERSION } from '../../../../src/shared/protocol/versions.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { RelayServer } from '../../../fakes/relay-server.ts';
import { fromConsole } from '../../../fixtures/protocol-10/console.ts';
import { report } from '../../../helpers/reports.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const agent = { id: 'ana', name: 'Ana' };

const welcome = (more: Partial<Extract<FromRelayFrame, { type: 'welcome' }>> = {}) =>
  ({
    type: 'welcome' as const,
    version: 2,
    epoch: 'e1',
    agent,
    rights: { role: 'agent' as const, calls: 'all' as const, numbers: [] },
    iceServers: [],
    head: 0,
    from: 0,
    complete: true,
    ...more,
  }) satisfies FromRelayFrame;

const offer = (cursor: number, at = 1): EntryFrame => ({
  type: 'entry',
  cursor,
  at,
  body: {
    type: 'provider',
    accountId: 'a',
    providerCallId: `wacid.${cursor}`,
    event: report.offer(at),
  },
});

async function start() {
  const server = await RelayServer.start();
  const db = emptyDatabase();
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
    client.close();
    db.close();
  });
  const entries: number[] = [];
  client.on('entry', (entry) => {
    cursors.advance(entry.cursor);
    entries.push(entry.cursor);
  });

  /** Resolves when the connection reaches a state. */
  const until = async (state: Connection['state']) => {
    while (client.connection.state !== state) await once(client, 'connection');
    return client.connection;
  };
  /** Sends the welcome; resolves with the console's hello once the console has read it. */
  const welcomed = async (frame = welcome()) => {
    const hello = await server.next('hello');
    const taken = once(client, 'welcome');
    server.send(frame);
    await taken;
    return hello;
  };
  /**
   * Resolves when the console has read the relay's answer to a ping, which precedes later frames.
   */
  const proof = async () => {
    const passed = once(client, 'ringing');
    server.send({ type: 'ringing', callId: 'proof', agents: [], soleCandidate: false });
    await passed;
  };
  return { server, cursors, clock, log, client, entries, until, welcomed, proof };
}

/** Connected, and up to date. */
async function connected(frame = welcome()) {
  const relay = await start();
  const greeted = relay.welcomed(frame);
  relay.client.start();
  await greeted;
  return relay;
}

describe('connecting to the relay', () => {
  test('a first connection sends who it is, and begins where the relay says', async () => {
    const relay = await start();
    const greeted = relay.welcomed(welcome({ head: 7, from: 7 }));
    relay.client.start();
    expect(relay.client.connection).toMatchObject({ state: 'connecting' });
    expect(await greeted).toMatchObject({ epoch: null, cursor: null, presence: 'available' });
    expect(relay.server.authorization).toBe('Bearer a-token');
    expect(relay.client.connection).toMatchObject({ state: 'connected' });
    expect(relay.client.agent).toEqual(agent);
    expect(relay.cursors.get()).toEqual({ epoch: 'e1', cursor: 7 });
  });

  test('a later one sends its stored cursor, and receives what rang meanwhile', async () => {
    const relay = await connected();
    relay.server.send(offer(1));
    await relay.server.next('ack');
    relay.server.cut();
    await relay.until('reconnecting');
    const caughtUp = once(relay.client, 'replay-complete');
    const greeted = relay.welcomed(welcome({ from: 1, head: 3 }));
    relay.clock.advance(300);
    expect(await greeted).toMatchObject({ epoch: 'e1', cursor: 1 });
    relay.server.send(offer(2));
    relay.server.send(offer(3));
    const [away]: ReplaySummary[] = await caughtUp;
    expect(away).toMatchObject({ entries: 2, rang: ['a/wacid.2', 'a/wacid.3'] });
    expect(away?.since).toBeTypeOf('number');
    expect(relay.entries).toEqual([1, 2, 3]);
  });

  test('stores repeated entries once', async () => {
    const relay = await connected();
    for (const cursor of [1, 2, 1, 2, 3]) relay.server.send(offer(cursor));
    await relay.proof();
    expect(relay.entries).toEqual([1, 2, 3]);
  });

  test.each([
    { frame: welcome({ epoch: 'e2', from: 5, head: 5 }), otherLog: true },
    { frame: welcome({ from: 5, head: 5, complete: false }), otherLog: false },
  ])('reports a gap in the log: $otherLog', async ({ frame, otherLog }) => {
    const relay = await start();
    relay.cursors.reset('e1', 2);
    const reported = once(relay.client, 'log-incomplete');
    const greeted = relay.welcomed(frame);
    relay.client.start();
    await greeted;
    expect(await reported).toEqual([{ otherLog }]);
    expect(relay.cursors.get()).toEqual({ epoch: frame.epoch, cursor: 5 });
  });

  test('fails without a welcome in time', async () => {
    const relay = await start();
    const hello = relay.server.next('hello');
    relay.client.start();
    await hello;
    relay.clock.advance(10_000);
    expect(relay.client.connection).toMatchObject({
      state: 'reconnecting',
      why: { code: 'timeout' },
    });
  });

  test('waits longer after each attempt', async () => {
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

const refusal = (code: string, message = 'Ask for a new one.') =>
  JSON.stringify({ error: { code, message } });

describe('a refused connection', () => {
  test.each(['token-missing', 'token-unknown'])(
    'P1 the relay’s own %s is a refusal, and is retried slowly',
    async (code) => {
      const relay = await start();
      relay.server.turnAway = { status: 401, body: refusal(code) };
      relay.client.start();
      expect(await relay.until('refused')).toMatchObject({ code, message: 'Ask for a new one.' });
      const { connection } = relay.client;
      if (connection.state !== 'refused' || connection.retryAt === undefined) throw new Error();
      expect(connection.retryAt - relay.clock.now()).toBe(30_000);
      relay.server.turnAway = undefined;
      const greeted = relay.welcomed();
      relay.clock.advance(30_000);
      await greeted;
      expect(relay.client.connection.state).toBe('connected');
    },
  );

  test.each(['wake', 'network', 'try now'])(
    'P1 a refusal is retried at once on %s',
    async (why) => {
      const relay = await start();
      relay.server.turnAway = { status: 401, body: refusal('token-unknown') };
      relay.client.start();
      await relay.until('refused');
      relay.server.turnAway = undefined;
      const greeted = relay.welcomed();
      if (why === 'try now') relay.client.tryNow();
      else if (why === 'wake') relay.client.replaceSocket('the machine woke up');
      else {
        relay.client.setOnline(false);
        relay.client.setOnline(true);
      }
      await greeted;
      expect(relay.client.connection.state).toBe('connected');
    },
  );

  const page = '<html><body><h1>Access denied</h1></body></html>';
  test.each<[number, string]>([
    [401, page],
    [401, ''],
    [401, '{"code":"token-unknown","message":"Ask."}'],
    [401, '{"error":{"code":"invalid_token","message":"The token expired"}}'],
    [401, '{"error":{"code":"token-unknown","message":"Ask.","request_id":"7"}}'],
    [401, '{"error":"token-unknown"}'],
    [403, page],
    [403, refusal('token-unknown')],
    [403, '{"message":"Forbidden"}'],
    [407, page],
    [426, page],
    [429, '{"error":{"code":"rate_limited","message":"Slow down"}}'],
    [200, page],
    [302, ''],
    [404, page],
    [500, refusal('internal')],
    [502, page],
    [503, ''],
    [504, page],
  ])('P1 %i with %s comes from somebody else: disconnected, and retried', async (status, body) => {
    const relay = await start();
    relay.server.turnAway = { status, body };
    relay.client.start();
    expect(await relay.until('reconnecting')).toMatchObject({
      why: { code: 'http', about: String(status) },
    });
    relay.server.turnAway = undefined;
    const greeted = relay.welcomed();
    relay.clock.advance(300);
    await greeted;
    expect(relay.client.connection.state).toBe('connected');
  });

  test.each(['SSH-2.0-OpenSSH_9.2\r\n', '\0\0\0', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'])(
    'P1 garbage is no refusal: %j',
    async (raw) => {
      const relay = await start();
      relay.server.garbage = raw;
      relay.client.start();
      await relay.until('reconnecting');
      relay.server.garbage = undefined;
      const greeted = relay.welcomed();
      relay.clock.advance(300);
      await greeted;
      expect(relay.client.connection.state).toBe('connected');
    },
  );

  // Other servers use 4401, 4406 and 4409, too; the relay always sends the reason before it closes.
  test.each([1000, 1006, 1008, 1013, 4400, 4401, 4406, 4409])(
    'P1 a close code %i alone is no refusal',
    async (code) => {
      const relay = await connected();
      if (code === 1006) relay.server.cut();
      else relay.server.closeWith(code, 'nobody knows');
      expect(await relay.until('reconnecting')).toMatchObject({ why: { code: 'dropped' } });
      expect(relay.clock.pending).toBeGreaterThan(0);
    },
  );

  test('a frame of a later version ends no connection', async () => {
    const relay = await connected();
    relay.server.send('{"type":"of-tomorrow","callId":"a/1"}');
    await relay.proof();
    expect(relay.client.connection).toMatchObject({ state: 'connected' });
  });

  test('asks for the newest version that a relay may speak, from that of the release before', async () => {
    const relay = await start();
    const greeted = relay.welcomed(welcome({ version: OLDEST_VERSION }));
    relay.client.start();
    const hello = await greeted;
    expect(hello).toMatchObject({ version: OLDEST_VERSION, newest: PROTOCOL_VERSION });
    expect(fromConsole.safeParse(hello)).toMatchObject({ success: true });
    expect(relay.client.version).toBe(OLDEST_VERSION);
  });

  test('shows the message of a refusal frame', async () => {
    const relay = await connected();
    relay.server.send({ type: 'refused', code: 'version', message: 'too old' });
    relay.server.closeWith(4406, '');
    expect(await relay.until('refused')).toMatchObject({ code: 'version', message: 'too old' });
  });

  test('replaced by another console: reconnects only on the agent’s request', async () => {
    const relay = await connected();
    relay.server.send({ type: 'refused', code: 'replaced', message: 'Ana is elsewhere.' });
    relay.server.closeWith(4409, '');
    expect(await relay.until('refused')).toMatchObject({ code: 'replaced' });
    expect(relay.clock.pending).toBe(0);
    relay.client.replaceSocket('the machine woke up');
    expect(relay.client.connection.state).toBe('refused');
    const greeted = relay.welcomed();
    relay.client.tryNow();
    await greeted;
    expect(relay.client.connection.state).toBe('connected');
  });

  test('a relay that shuts down is retried', async () => {
    const relay = await connected();
    relay.server.send({ type: 'refused', code: 'shutting-down', message: '' });
    expect(await relay.until('reconnecting')).toMatchObject({ why: { code: 'shutting-down' } });
  });
});

describe('entries are not lost', () => {
  test.each(['not json', '{"type":"entry"}', '{"type":"team"}'])(
    'after a frame that cannot be read: %s',
    async (text) => {
      const relay = await connected();
      relay.server.send(text);
      expect(await relay.until('reconnecting')).toMatchObject({
        why: { code: 'unreadable' },
      });
      expect(relay.server.frames.some((frame) => frame.type === 'ack')).toBe(false);
    },
  );

  test('an entry that cannot be stored is not acknowledged, and is sent again', async () => {
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

describe('a dead connection', () => {
  test('U4 is detected by the missing heartbeat within 5 s', async () => {
    const relay = await connected();
    const provenAt = relay.clock.now();
    relay.server.freeze();
    relay.clock.advance(4_500);
    expect(relay.client.connection).toMatchObject({
      state: 'reconnecting',
      why: { code: 'silent' },
      lostAt: provenAt,
    });
  });

  test('is not suspected while heartbeats arrive, and its view does not flicker', async () => {
    const relay = await connected();
    let shown = 0;
    relay.client.on('connection', () => shown++);
    for (let second = 0; second < 12; second += 2) {
      const pinged = relay.server.pinged();
      relay.clock.advance(2_000);
      await pinged;
      await relay.proof();
    }
    expect(relay.client.connection).toMatchObject({ state: 'connected' });
    expect(shown).toBe(1);
  });

  test('C2 is detected whatever this machine’s clock is set to meanwhile', async () => {
    const server = await RelayServer.start();
    const db = emptyDatabase();
    let wall = Date.now();
    const clock = new MachineClock(() => wall);
    const client = new RelayClient({
      url: server.url,
      token: 'a-token',
      WebSocket,
      clock,
      random: () => 0.5,
      cursorStore: new RelayCursor(db),
      log: new FakeLog(),
    });
    onTestFinished(() => {
      client.close();
      db.close();
    });
    const hello = server.next('hello');
    client.start();
    await hello;
    const taken = once(client, 'welcome');
    server.send(welcome());
    await taken;
    server.freeze();
    wall -= 3_600_000;
    while (client.connection.state === 'connected') await once(client, 'connection');
    expect(client.connection).toMatchObject({ state: 'reconnecting', why: { code: 'silent' } });
    // 4.5 s of a real clock; the rest is for a busy machine.
  }, 60_000);

  test('C2 is judged only after a paused process has read its backlog', async () => {
    const relay = await connected();
    relay.clock.jump(60_000);
    const pinged = relay.server.pinged();
    relay.clock.advance(1);
    await pinged;
    await relay.proof();
    relay.clock.advance(2_000);
    expect(relay.client.connection.state).toBe('connected');
  });

  test('is replaced after sleep, whatever its state', async () => {
    const relay = await connected();
    const greeted = relay.welcomed();
    relay.client.replaceSocket('resumed');
    expect(relay.client.connection).toMatchObject({ state: 'reconnecting' });
    await greeted;
    expect(relay.client.connection.state).toBe('connected');
    expect(relay.server.connections).toBe(2);
  });

  test('is not retried without a network, and at once with one', async () => {
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

describe('reconnecting after an outage', () => {
  test('V5 never pauses more than 4 s, however long it lasts', async () => {
    const relay = await start();
    relay.server.turnAway = { status: 502, body: '' };
    relay.client.start();
    const waits: number[] = [];
    for (let i = 0; i < 40; i++) {
      const state = await relay.until('reconnecting');
      if (state.state !== 'reconnecting') throw new Error(state.state);
      waits.push(state.retryAt - relay.clock.now());
      const turnedAway = relay.server.turnedAway();
      relay.clock.advance(state.retryAt - relay.clock.now());
      await turnedAway;
      await once(relay.client, 'connection');
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_000);
    expect(waits.slice(5).every((wait) => wait === 3_000)).toBe(true);
  });

  test('V5 tries beside a hanging attempt, and uses the first to succeed', async () => {
    const relay = await start();
    // As behind a firewall that drops everything: accepted, and never answered.
    relay.server.swallow = true;
    const first = relay.server.swallowed();
    relay.client.start();
    await first;
    const second = relay.server.swallowed();
    relay.clock.advance(1_250);
    await second;
    relay.server.swallow = false;
    const greeted = relay.welcomed();
    relay.clock.advance(1_250);
    await greeted;
    expect(relay.client.connection.state).toBe('connected');
    expect(relay.server.connections).toBe(1);
    await relay.server.alone();
  });

  test('V5 never waits longer than 1.5 s while its own network is the trouble', () => {
    for (const code of ['no-route', 'host-unknown', 'timeout', 'proxy-unreachable'] as const) {
      expect(backoff(30, 0.999, code)).toBeLessThanOrEqual(1_500);
    }
    // A relay that restarts, or somebody in front of it: no hurry.
    for (const code of ['unreachable', 'http', 'shutting-down', 'silent'] as const) {
      expect(backoff(30, 0, code)).toBeGreaterThanOrEqual(2_000);
    }
  });

  test('V5 keeps the oldest hanging attempt and the two youngest', async () => {
    const relay = await start();
    relay.server.swallow = true;
    const first = relay.server.swallowed();
    relay.client.start();
    await first;
    for (let i = 0; i < 4; i++) {
      const next = relay.server.swallowed();
      relay.clock.advance(1_250);
      await next;
    }
    await relay.server.alone(3);
    expect(relay.client.connection.state).toBe('connecting');
  });

  test('V5 spreads 1,000 consoles out', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const waits = Array.from({ length: 1_000 }, () => backoff(12, random()));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_000);
    const perTenth = new Map<number, number>();
    for (const wait of waits) {
      const tenth = Math.floor(wait / 100);
      perTenth.set(tenth, (perTenth.get(tenth) ?? 0) + 1);
    }
    expect(Math.max(...perTenth.values())).toBeLessThan(100);
  });
});

describe('requests to the relay', () => {
  test('reserve, claim and decline get answers', async () => {
    const relay = await connected();
    const ask = async (
      asked: Promise<unknown>,
      type: 'reserve' | 'claim' | 'decline',
      outcome: Extract<FromRelayFrame, { type: 'result' }>['outcome'],
    ) => {
      const { id } = await relay.server.next(type);
      relay.server.send({ type: 'result', id, outcome });
      return asked;
    };
    expect(await ask(relay.client.reserve('c'), 'reserve', { kind: 'granted' })).toEqual({
      kind: 'granted',
    });
    const refused = { kind: 'refused', by: { id: 'bob', name: 'Bob' }, why: 'taken' } as const;
    expect(await ask(relay.client.claim('c'), 'claim', refused)).toEqual(refused);
    const declined = { kind: 'declined', last: true } as const;
    expect(await ask(relay.client.decline('c'), 'decline', declined)).toEqual(declined);
  });

  test('are unreachable without an answer within two seconds', async () => {
    const relay = await connected();
    const asked = relay.client.claim('c');
    await relay.server.next('claim');
    relay.clock.advance(2_000);
    expect(await asked).toEqual({ kind: 'unreachable' });
  });

  test('fail at once on a lost connection', async () => {
    const relay = await connected();
    const asked = relay.client.claim('c');
    relay.server.cut();
    expect(await asked).toEqual({ kind: 'unreachable' });
    expect(await relay.client.decline('c')).toEqual({ kind: 'unreachable' });
  });

  test('report presence now, and again with the next hello', async () => {
    const relay = await connected();
    relay.client.setPresence('dnd');
    expect(await relay.server.next('presence')).toMatchObject({ presence: 'dnd' });
    const greeted = relay.welcomed();
    relay.client.replaceSocket('resumed');
    expect(await greeted).toMatchObject({ presence: 'dnd' });
  });

  test('begin the wrap-up of a call that ended a moment ago, without a connection', async () => {
    const relay = await connected();
    relay.client.setPresence('on-call');
    await relay.server.next('presence');
    const greeted = relay.welcomed();
    relay.client.replaceSocket('resumed');
    relay.client.setPresence('available', false, true);
    await greeted;
    expect(await relay.server.next('presence')).toMatchObject({
      presence: 'available',
      afterCall: true,
    });
  });

  test('pass on who else rings', async () => {
    const relay = await connected();
    const frame: FromRelayFrame = {
      type: 'ringing',
      callId: 'c',
      agents: [agent],
      soleCandidate: true,
    };
    const passed = once(relay.client, 'ringing');
    relay.server.send(frame);
    expect(await passed).toEqual([frame]);
  });
});

describe('entries', () => {
  test('K1 ring though this machine’s clock was set while connected', async () => {
    const relay = await connected(welcome({ now: Date.UTC(2026, 10, 22, 9) }));
    const { clock, client, server } = relay;
    const relayNow = clock.now();
    for (const [cursor, jump] of [90_000, -3_600_000, 7_200_000, -90_000].entries()) {
      clock.jump(jump);
      const heard = once(client, 'entry');
      server.send(offer(cursor + 1, relayNow));
      const [entry]: EntryFrame[] = await heard;
      if (entry?.body.type !== 'provider') throw new Error('changed kind');
      expect(Math.abs(clock.now() - entry.body.event.at)).toBeLessThanOrEqual(3_000);
    }
  });

  test('B4 of an unknown kind are skipped, and later ones are not', async () => {
    const relay = await connected();
    const incomplete = once(relay.client, 'log-incomplete');
    relay.server.send(JSON.stringify({ ...offer(1), body: { type: 'of-tomorrow' } }));
    await incomplete;
    relay.server.send(offer(2));
    await relay.proof();
    expect(relay.entries).toEqual([1, 2]);
    expect(relay.client.connection).toMatchObject({ state: 'connected' });
  });
});
