import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PcmStreamManager } from '../../../src/main/calls/streams/pcm-stream-manager.ts';
import { inboundCallId } from '../../../src/shared/call/ids.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { measureTone } from '../../../src/simulator/media/tone.ts';
import { connectBridge, type BridgeOptions } from '../../../src/simulator/pcm/bridge.ts';
import { PcmSession } from '../../../src/simulator/pcm/session.ts';
import { FakeLog } from '../../fakes/log.ts';
import { FakeProvider } from '../../fakes/provider.ts';
import { postTo } from './numbers.ts';
import { sign } from './harness.ts';
import type { TestConsole } from './test-console.ts';
import { RelayWorld } from './relay-world.ts';

const SECRET = 'a-secret-in-the-address';
const SIGNING = 'the secret of the subscription';
const bareL16 = { format: 'binary', codec: 'L16', sampleRate: 16_000 };
const account = (id: string, stream: object = {}) => ({
  id,
  provider: 'zernio',
  signingSecret: SIGNING,
  stream: { secret: SECRET, ...stream },
});
const world = new RelayWorld({
  accounts: [account('desk'), account('wide', bareL16), account('a-law', { codec: 'PCMA' })],
});

let cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
  cleanups = [];
});

/** Zernio's webhooks about a call. */
async function tell(
  event: 'call.received' | 'call.ended',
  id: string,
  { number = 'desk', direction = 'inbound' } = {},
): Promise<void> {
  const at = new Date(world.clock.now()).toISOString();
  const body = JSON.stringify({
    id: `${event}/${id}`,
    event,
    timestamp: at,
    account: { id: 'acc', platform: 'whatsapp', username: 'u' },
    call: {
      id,
      direction,
      from: direction === 'inbound' ? '+5511999990000' : '+551130000000',
      to: direction === 'inbound' ? '+551130000000' : '+5511999990000',
      startedAt: at,
      ...(event === 'call.ended' && { endedAt: at, durationSeconds: 3, endReason: 'hangup' }),
    },
  });
  const signature = sign(body, SIGNING).replace('sha256=', '');
  const answer = await postTo(world.url, `zernio/${number}`, body, {
    'x-zernio-signature': signature,
  });
  expect(answer).toMatchObject({ status: 200, json: { added: 1 } });
}

const base = () => world.url.replace('http', 'ws');

/** Zernio connects a humming customer to the relay. */
function connect(
  callId: string,
  {
    number = 'desk',
    sampleRate = 8_000,
    hz = 440,
    ...options
  }: Partial<BridgeOptions> & { number?: string; sampleRate?: number; hz?: number } = {},
) {
  const customer = new PcmSession({
    format: { sampleRate, frameMs: 20 },
    voice: { kind: 'tone', hz },
    speechFile: '',
  });
  let hungUp: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (hungUp = resolve));
  const disconnect = connectBridge({
    url: `${base()}/v1/streams/zernio/${number}/${SECRET}`,
    callId,
    session: customer,
    frames: 'json',
    codec: 'PCMU',
    namesCall: true,
    onClosed: hungUp,
    ...options,
  });
  customer.accept();
  cleanups.push(
    () => customer.close(),
    () => disconnect(),
  );
  const hears = (pitch: number) =>
    new Promise<void>((resolve) => {
      const off = customer.events.on(({ what }) => {
        const { toneHz } = customer.report();
        if (what !== 'heard' || toneHz === null || Math.abs(toneHz - pitch) > 5) return;
        off();
        resolve();
      });
    });
  return { customer, closed, disconnect, hears };
}

/** The sound of a console without a window: sends a tone, and keeps what it receives. */
function speak(agent: TestConsole, callId: string, hz: number) {
  const [accountId = '', providerCallId = ''] = callId.split('/');
  let rate = 8_000;
  let heard: Uint8Array[] = [];
  const looks = new Set<() => void>();
  const streams = new PcmStreamManager({
    provider: () => new FakeProvider(),
    relay: {
      url: `${base()}/v1/agents`,
      async stream(id) {
        const outcome = await agent.stream(id);
        return outcome.kind === 'stream' || outcome.kind === 'refused'
          ? outcome
          : { kind: 'unreachable' };
      },
      hangUp: (id) => void agent.hangUp(id),
    },
    media: (command) => {
      if (command.do === 'stream') rate = command.sampleRate;
    },
    play: (_, frame) => {
      heard = [...heard, frame].slice(-60);
      for (const look of looks) look();
    },
    report: () => undefined,
    WebSocket,
    clock: systemClock,
    random: () => 0,
    log: new FakeLog(),
  });
  streams.open({ callId, accountId, providerCallId });
  let sample = 0;
  const timer = setInterval(() => {
    const frame = Buffer.alloc((2 * rate * 20) / 1000);
    for (let at = 0; at < frame.length; at += 2) {
      frame.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * hz * sample++) / rate)), at);
    }
    streams.send(callId, frame);
  }, 20);
  cleanups.push(() => {
    clearInterval(timer);
    streams.closeAll();
  });
  const hears = (pitch: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        const bytes = Buffer.concat(heard);
        const samples = Int16Array.from({ length: bytes.length / 2 }, (_, n) =>
          bytes.readInt16LE(2 * n),
        );
        const found = measureTone(samples, rate).hz;
        if (heard.length < 60 || found === undefined || Math.abs(found - pitch) > 5) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
    });
  return { streams, hears };
}

/** The customer whom `tell` names. */
const DIAL = { type: 'dial', accountId: 'desk', to: '5511999990000' } as const;

const idOf = (providerCallId: string, number = 'desk') => inboundCallId(number, providerCallId);

/** Connects to an address and reports the result. */
async function knock(path: string): Promise<number | 'open'> {
  const socket = new WebSocket(`${base()}${path}`);
  cleanups.push(() => socket.terminate());
  return new Promise((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0));
  });
}

describe('a call that is forwarded to the relay', () => {
  it('carries audio both ways for the agent who claimed it, until they hang up', async () => {
    const ana = await world.join('ana');
    await tell('call.received', 'c1');
    const { hears, closed, customer } = connect('c1');
    await ana.ringing(idOf('c1'), ['ana']);
    expect(await ana.stream(idOf('c1'))).toMatchObject({ kind: 'refused', why: 'not-yours' });
    expect((await ana.claim(idOf('c1'))).kind).toBe('granted');
    const agent = speak(ana, idOf('c1'), 1000);
    await Promise.all([hears(1000), agent.hears(440)]);
    agent.streams.close(idOf('c1'));
    agent.streams.hangUp({ callId: idOf('c1'), accountId: 'desk', providerCallId: 'c1' });
    await closed;
    expect(customer.report().connected).toBe(false);
  });

  it.each([
    ['bare PCM16', 'wide', { frames: 'binary', codec: 'L16', sampleRate: 16_000 }],
    ['A-law', 'a-law', { codec: 'PCMA' }],
    ['what the start frame says', 'desk', { codec: 'L16', sampleRate: 16_000 }],
  ] as const)('may be encoded as %s', async (_, number, coding) => {
    const ana = await world.join('ana');
    await tell('call.received', 'c1', { number });
    const { hears, customer } = connect('c1', { number, ...coding });
    await ana.claim(idOf('c1', number));
    const agent = speak(ana, idOf('c1', number), 1000);
    await Promise.all([hears(1000), agent.hears(440)]);
    expect(customer.report().packetsReceived).toBeGreaterThan(0);
  });

  it('B5 is nobody’s but who dialled it, whoever asks first and however', async () => {
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    expect(await ana.ask(DIAL)).toEqual({ kind: 'granted' });
    // Knowing whom a teammate calls does not help either.
    expect(await bea.ask(DIAL)).toMatchObject({ kind: 'refused', why: 'taken', by: { id: 'ana' } });
    const { hears } = connect('c1');
    await tell('call.received', 'c1', { direction: 'outbound' });
    await bea.entry('provider');
    for (const ask of [bea.stream, bea.hangUp]) {
      expect(await ask(idOf('c1'))).toEqual({ kind: 'refused', why: 'not-yours' });
    }
    expect(await bea.claim(idOf('c1'))).toMatchObject({ kind: 'refused' });
    const agent = speak(ana, idOf('c1'), 1000);
    await Promise.all([hears(1000), agent.hears(440)]);
    expect(await bea.stream(idOf('c1'))).toMatchObject({ kind: 'refused', why: 'not-yours' });
    expect(await bea.hangUp(idOf('c1'))).toMatchObject({ kind: 'refused' });
  });

  it('B5 that nobody dialled here is nobody’s, also where someone dialled before or elsewhere', async () => {
    const ana = await world.join('ana');
    expect(await ana.ask({ ...DIAL, accountId: 'wide' })).toEqual({ kind: 'granted' });
    expect(await ana.ask({ ...DIAL, to: '5511999990009' })).toEqual({ kind: 'granted' });
    expect(await ana.ask(DIAL)).toEqual({ kind: 'granted' });
    world.clock.advance(60_000);
    connect('c1');
    await tell('call.received', 'c1', { direction: 'outbound' });
    await ana.entry('provider');
    expect(await ana.stream(idOf('c1'))).toEqual({ kind: 'refused', why: 'not-yours' });
  });

  it('C17 may be dialled by one agent only a few times at once', async () => {
    const ana = await world.join('ana');
    const dial = (n: number) => ana.ask({ ...DIAL, to: `55119999900${n}0` });
    for (let n = 0; n < 4; n++) expect(await dial(n)).toEqual({ kind: 'granted' });
    expect(await dial(5)).toEqual({ kind: 'refused', why: 'too-many' });
    expect(await dial(3)).toEqual({ kind: 'granted' });
  });

  it('is matched without a name even after ringing for a while', async () => {
    const ana = await world.join('ana');
    await ana.ask(DIAL);
    await tell('call.received', 'c1', { direction: 'outbound' });
    world.clock.advance(55_000);
    const { hears, customer } = connect('c1', { namesCall: false });
    await streamOf(ana, idOf('c1'));
    const agent = speak(ana, idOf('c1'), 1000);
    await Promise.all([hears(1000), agent.hears(440)]);
    expect(customer.connections).toBe(1);
  });

  it('ends when the customer answers after we cancelled', async () => {
    const ana = await world.join('ana');
    await ana.ask(DIAL);
    await tell('call.received', 'c1', { direction: 'outbound' });
    await ana.entry('provider');
    expect(await ana.hangUp(idOf('c1'))).toEqual({ kind: 'granted' });
    const { closed, customer } = connect('c1');
    await closed;
    expect(customer.report().packetsReceived).toBe(0);
    expect(await ana.stream(idOf('c1'))).toMatchObject({ kind: 'refused' });
  });

  it('does not keep the stream of the next call', async () => {
    const ana = await world.join('ana');
    await ana.ask(DIAL);
    await tell('call.received', 'c1', { direction: 'outbound' });
    const first = connect('c1', { namesCall: false });
    await streamOf(ana, idOf('c1'));
    await ana.hangUp(idOf('c1'));
    await first.closed;
    // The end of the first is not reported yet, and the second's report comes after its stream.
    const second = connect('c2', { namesCall: false });
    const connected = () => world.relay.lines.filter(({ event }) => event === 'stream.connected');
    await world.logged(() => connected().length === 2);
    await ana.ask(DIAL);
    await tell('call.received', 'c2', { direction: 'outbound' });
    const agent = speak(ana, idOf('c2'), 1000);
    await Promise.all([second.hears(1000), agent.hears(440)]);
    expect(second.customer.connections).toBe(1);
  });

  it('is matched to its stream by name, or without a name by time', async () => {
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    await tell('call.received', 'c1');
    await tell('call.received', 'c2');
    // The second call's stream comes first, and only the first call's has a name.
    const second = connect('c2', { namesCall: false, hz: 700 });
    await world.logged((line) => line.event === 'stream.joined' && line['call'] === idOf('c2'));
    const first = connect('c1', { hz: 500 });
    await ana.claim(idOf('c1'));
    await bea.claim(idOf('c2'));
    const agents = [speak(ana, idOf('c1'), 1000), speak(bea, idOf('c2'), 1500)] as const;
    await Promise.all([
      first.hears(1000),
      second.hears(1500),
      agents[0].hears(500),
      agents[1].hears(700),
    ]);
    expect([first.customer.connections, second.customer.connections]).toEqual([1, 1]);
  });

  it('survives a reconnecting console', async () => {
    const ana = await world.join('ana');
    await tell('call.received', 'c1');
    const { hears, customer } = connect('c1');
    await ana.claim(idOf('c1'));
    const before = speak(ana, idOf('c1'), 1000);
    await hears(1000);
    before.streams.closeAll();
    const after = speak(ana, idOf('c1'), 1500);
    await Promise.all([hears(1500), after.hears(440)]);
    expect(customer.connections).toBe(1);
  });

  it('ends for the agent with the provider’s stream, and for the provider with the webhook', async () => {
    const ana = await world.join('ana');
    await tell('call.received', 'c1');
    const { disconnect } = connect('c1');
    await ana.claim(idOf('c1'));
    const given = await ana.until(() =>
      ana.all('entry').find(({ body }) => body.type === 'claimed'),
    );
    expect(given).toBeDefined();
    const outcome = await streamOf(ana, idOf('c1'));
    const agent = new WebSocket(`${base()}${outcome}`);
    await once(agent, 'open');
    const over = once(agent, 'close');
    disconnect();
    await over;
    expect(await ana.stream(idOf('c1'))).toMatchObject({ kind: 'refused', why: 'no-stream' });
    await tell('call.ended', 'c1');
    expect(await ana.stream(idOf('c1'))).toMatchObject({ kind: 'refused', why: 'unknown' });

    await tell('call.received', 'c2');
    const { closed } = connect('c2');
    await world.logged((line) => line.event === 'stream.joined' && line['call'] === idOf('c2'));
    await tell('call.ended', 'c2');
    await closed;
  });

  it('is ended when nobody answers', async () => {
    const ana = await world.join('ana');
    await tell('call.received', 'c1');
    const first = connect('c1');
    await world.logged((line) => line.event === 'stream.joined' && line['call'] === idOf('c1'));
    world.clock.advance(60_000);
    await first.closed;
    await tell('call.received', 'c2');
    const second = connect('c2');
    await world.logged((line) => line.event === 'stream.joined' && line['call'] === idOf('c2'));
    expect(await ana.decline(idOf('c2'))).toEqual({ kind: 'declined', last: true });
    await second.closed;
  });
});

describe('stream addresses', () => {
  it('accept the right secret and account only', async () => {
    expect(await knock(`/v1/streams/zernio/desk/${SECRET}`)).toBe('open');
    expect(await knock(`/v1/streams/zernio/desk/${SECRET}x`)).toBe(401);
    expect(await knock('/v1/streams/zernio/desk/')).toBe(401);
    expect(await knock(`/v1/streams/zernio/nobody/${SECRET}`)).toBe(401);
    expect(await knock('/v1/streams/zernio/nobody/')).toBe(401);
    expect(await knock('/v1/streams/else')).toBe(404);
    expect(world.relay.lines.map((line) => JSON.stringify(line)).join()).not.toContain(SECRET);
  });

  it('accept an agent’s token once, and not for long', async () => {
    const ana = await world.join('ana');
    await tell('call.received', 'c1');
    connect('c1');
    await ana.claim(idOf('c1'));
    const used = await streamOf(ana, idOf('c1'));
    expect(await knock(used)).toBe('open');
    expect(await knock(used)).toBe(401);
    const stale = await streamOf(ana, idOf('c1'));
    world.clock.advance(31_000);
    expect(await knock(stale)).toBe(401);
    expect(await knock('/v1/streams/agent/')).toBe(401);
  });

  it('close after a frame that is no speech', async () => {
    const socket = new WebSocket(`${base()}/v1/streams/zernio/desk/${SECRET}`);
    await once(socket, 'open');
    socket.send(Buffer.alloc(131_073));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  it('close a stream that belongs to no call', async () => {
    const { closed, customer } = connect('nobody-told');
    await world.logged((line) => line.event === 'stream.connected');
    world.clock.advance(30_000);
    await closed;
    expect(customer.report().connected).toBe(false);
  });
});

/** The address of a call's sound, once its stream is there. */
async function streamOf(agent: TestConsole, callId: string): Promise<string> {
  await world.logged((line) => line.event === 'stream.joined' && line['call'] === callId);
  const outcome = await agent.stream(callId);
  if (outcome.kind !== 'stream') throw new Error(JSON.stringify(outcome));
  return outcome.path;
}
