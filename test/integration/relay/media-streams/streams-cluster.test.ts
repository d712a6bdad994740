import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { inboundCallId } from '../../../../src/shared/call/ids.ts';
import { Cluster } from '../cluster-world.ts';
import { connect, DIAL, speak, streamedNumber, tell } from './stream-parts.ts';
import type { TestConsole } from '../test-console.ts';

let cluster: Cluster;
const accounts = [streamedNumber('desk')];
afterEach(async () => {
  await cluster.close();
});

const url = (index: number) => cluster.node(index).url;
const idOf = (providerCallId: string) => inboundCallId('desk', providerCallId);

/** The call's audio has arrived at a node. */
const joined = (index: number, callId: string) =>
  cluster.node(index).logged((line) => line.event === 'stream.joined' && line['call'] === callId);

/** A node has heard that the other one has the call's audio. */
const knows = (index: number, callId: string) =>
  cluster
    .node(index)
    .logged((line) => line.event === 'stream.elsewhere' && line['call'] === callId);

/** An agent claims a customer's call, which is reported to the second node and streamed to the first. */
async function claim(agent: TestConsole, id: string) {
  await tell(url(1), 'call.received', id);
  const customer = connect(url(0), id);
  await Promise.all([joined(0, idOf(id)), knows(1, idOf(id))]);
  await agent.first('ringing', ({ callId }) => callId === idOf(id));
  expect(await agent.claim(idOf(id))).toEqual({ kind: 'granted' });
  return customer;
}

/** The path to a call's audio, as the agent is told it. */
async function pathOf(agent: TestConsole, callId: string): Promise<string> {
  const outcome = await agent.stream(callId);
  if (outcome.kind !== 'stream') throw new Error(JSON.stringify(outcome));
  return outcome.path;
}

const open = (relay: string, path: string) => {
  const socket = new WebSocket(`${relay.replace('http', 'ws')}${path}`);
  onTestFinished(() => socket.terminate());
  return socket;
};

describe('a call that is streamed to one node, with its agent at another', () => {
  beforeEach(async () => {
    cluster = await Cluster.open(2, { more: { accounts } });
  });

  it.each([
    ['reaches their own node', 1],
    ['reaches the node that has the call', 0],
  ])('is heard both ways and ended by them, where their audio %s', async (_, reached) => {
    const ana = await cluster.join('ana', 1);
    const { hears, closed } = await claim(ana, 'c1');
    const agent = speak(url(reached), ana, idOf('c1'), 1000);
    await Promise.all([hears(1000), agent.hears(440)]);
    agent.streams.closeAll();
    expect(await ana.hangUp(idOf('c1'))).toEqual({ kind: 'granted' });
    await closed;
  });

  it('is heard through the other node where the agent is at the node that has the call', async () => {
    const ana = await cluster.join('ana', 0);
    const { hears, customer } = await claim(ana, 'c1');
    const agent = speak(url(1), ana, idOf('c1'), 1000);
    await Promise.all([hears(1000), agent.hears(440)]);
    expect(customer.connections).toBe(1);
  });

  it('is nobody’s but who dialled it, at whichever node they ask', async () => {
    const [ana, bea] = [await cluster.join('ana', 1), await cluster.join('bea', 0)];
    expect(await ana.ask(DIAL)).toEqual({ kind: 'granted' });
    await tell(url(0), 'call.received', 'c1', { direction: 'outbound' });
    await Promise.all([ana.entry('provider'), bea.entry('provider')]);
    const { hears } = connect(url(0), 'c1');
    await joined(0, idOf('c1'));
    for (const ask of [bea.stream, bea.hangUp]) {
      expect(await ask(idOf('c1'))).toEqual({ kind: 'refused', why: 'not-yours' });
    }
    const agent = speak(url(1), ana, idOf('c1'), 1000);
    await Promise.all([hears(1000), agent.hears(440)]);
  });

  it('ends when the customer answers after the agent has cancelled at the other node', async () => {
    const ana = await cluster.join('ana', 1);
    await ana.ask(DIAL);
    await tell(url(0), 'call.received', 'c1', { direction: 'outbound' });
    await ana.entry('provider');
    expect(await ana.hangUp(idOf('c1'))).toEqual({ kind: 'granted' });
    const { closed, customer } = connect(url(0), 'c1');
    await closed;
    expect(customer.report().packetsReceived).toBe(0);
  });

  it('ends when its last agent declines at the other node', async () => {
    const ana = await cluster.join('ana', 1);
    await tell(url(1), 'call.received', 'c1');
    const { closed } = connect(url(0), 'c1');
    await joined(0, idOf('c1'));
    await ana.first('ringing', ({ callId }) => callId === idOf('c1'));
    expect(await ana.decline(idOf('c1'))).toEqual({ kind: 'declined', last: true });
    await closed;
  });

  it('is found again where the provider connects it anew to the other node', async () => {
    const ana = await cluster.join('ana', 1);
    const first = await claim(ana, 'c1');
    const agent = speak(url(1), ana, idOf('c1'), 1000);
    await first.hears(1000);
    const second = connect(url(1), 'c1', { hz: 700 });
    await Promise.all([first.closed, second.hears(1000), agent.hears(700)]);
    expect(second.customer.report().connected).toBe(true);
  });

  it('is another one than that whose stream the other node has, where none has a name', async () => {
    const [ana, bea] = [await cluster.join('ana', 0), await cluster.join('bea', 1)];
    await tell(url(0), 'call.received', 'c1');
    await tell(url(0), 'call.received', 'c2');
    const second = connect(url(1), 'c2', { namesCall: false, hz: 700 });
    await joined(1, idOf('c2'));
    await knows(0, idOf('c2'));
    const first = connect(url(0), 'c1', { namesCall: false, hz: 500 });
    await joined(0, idOf('c1'));
    await ana.claim(idOf('c1'));
    await bea.claim(idOf('c2'));
    const agents = [
      speak(url(1), ana, idOf('c1'), 1000),
      speak(url(0), bea, idOf('c2'), 1500),
    ] as const;
    await Promise.all([
      first.hears(1000),
      second.hears(1500),
      agents[0].hears(500),
      agents[1].hears(700),
    ]);
    expect([first.customer.connections, second.customer.connections]).toEqual([1, 1]);
  });

  it('is opened by a token once, at whichever node, and by none of a node that is not there', async () => {
    const ana = await cluster.join('ana', 1);
    await claim(ana, 'c1');
    const path = await pathOf(ana, idOf('c1'));
    await once(open(url(1), path), 'open');
    for (const [relay, wrong] of [
      [url(0), path],
      [url(1), path],
      [url(1), path.replace(/[^/]*$/, 'nobody')],
    ] as const) {
      const [, { statusCode }] = await once(
        open(relay, wrong).on('error', () => undefined),
        'unexpected-response',
      );
      expect(statusCode).toBe(401);
    }
  });

  it('is no longer heard at the other node by an agent who loses the number', async () => {
    const ana = await cluster.join('ana', 1);
    await claim(ana, 'c1');
    const audio = open(url(1), await pathOf(ana, idOf('c1')));
    await once(audio, 'open');
    const cut = once(audio, 'close');
    await cluster.update('ana', { numbers: [] });
    const [code] = await cut;
    expect(code).toBe(1000);
  });
});

describe('a streamed call whose node dies', () => {
  beforeEach(async () => {
    cluster = await Cluster.open(2, { apart: true, more: { accounts } });
  });

  it(
    'ends for the agent at the other node, who takes the next one',
    { timeout: 120_000 },
    async () => {
      const ana = await cluster.join('ana', 1);
      await claim(ana, 'c1');
      const audio = open(url(1), await pathOf(ana, idOf('c1')));
      await once(audio, 'open');
      const over = once(audio, 'close');
      await cluster.node(0).kill();
      await over;
      expect(await ana.stream(idOf('c1'))).toEqual({ kind: 'refused', why: 'no-stream' });
      await tell(url(1), 'call.received', 'c2');
      const next = connect(url(1), 'c2');
      await ana.first('ringing', ({ callId }) => callId === idOf('c2'));
      await ana.claim(idOf('c2'));
      const agent = speak(url(1), ana, idOf('c2'), 1000);
      await Promise.all([next.hears(1000), agent.hears(440)]);
    },
  );
});
