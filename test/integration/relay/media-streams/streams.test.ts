import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { inboundCallId } from '../../../../src/shared/call/ids.ts';
import type { TestConsole } from '../test-console.ts';
import { RelayWorld } from '../relay-world.ts';
import * as parts from './stream-parts.ts';
import { DIAL, SECRET, streamedNumber } from './stream-parts.ts';

const bareL16 = { format: 'binary', codec: 'L16', sampleRate: 16_000 };
const world = new RelayWorld({
  accounts: [
    streamedNumber('desk'),
    streamedNumber('wide', bareL16),
    streamedNumber('a-law', { codec: 'PCMA' }),
  ],
});

const tell = (
  event: 'call.received' | 'call.ended',
  id: string,
  more: { number?: string; direction?: string } = {},
) => parts.tell(world.url, event, id, { ...more, now: world.clock.now() });
const connect = (callId: string, more?: Parameters<typeof parts.connect>[2]) =>
  parts.connect(world.url, callId, more);
const speak = (agent: TestConsole, callId: string, hz: number) =>
  parts.speak(world.url, agent, callId, hz);
const base = () => world.url.replace('http', 'ws');

const idOf = (providerCallId: string, number = 'desk') => inboundCallId(number, providerCallId);

/** Connects to an address and reports the result. */
async function knock(path: string): Promise<number | 'open'> {
  const socket = new WebSocket(`${base()}${path}`);
  onTestFinished(() => socket.terminate());
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
