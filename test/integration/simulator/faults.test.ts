import { expect, test } from 'vitest';
import { signBody } from '../../../src/simulator/webhooks/signature.ts';
import { ACCOUNT, ANA, isEvent, openPeer, openSimulatedWorld } from './simulated-world.ts';

const settled = (world: Awaited<ReturnType<typeof openSimulatedWorld>>, count: number) =>
  world.simulator.waitFor(
    () => world.simulator.webhooks().filter(({ state }) => state !== 'waiting').length >= count,
  );

test('webhooks are signed over the escaped bytes', async () => {
  const { endpoint, simulator } = await openSimulatedWorld();
  await simulator.startCall({ customer: ANA });
  await endpoint.next(isEvent('connect'));
  const [webhook] = endpoint.received;
  expect(webhook?.body).toContain('Ana M\\u00fcller');
  expect(webhook?.signature).toBe(signBody(ACCOUNT.appSecret, webhook?.body ?? ''));
});

test('the handshake is done at the start, and again on demand', async () => {
  const { endpoint, simulator } = await openSimulatedWorld();
  await simulator.waitFor(() => simulator.handshakes()['shop']?.state === 'verified');
  const wrong = await simulator.setWebhookUrl(endpoint.url.replace(/:\d+/, ':1'));
  expect(wrong).toMatchObject({ state: 'failed', why: expect.stringContaining('ECONNREFUSED') });
});

test('a refused webhook is repeated, and the call’s next one waits for it', async () => {
  const world = await openSimulatedWorld();
  world.endpoint.statuses = [500, 503];
  await world.simulator.startCall({ customer: ANA, ringForMs: 0 });
  await settled(world, 2);
  expect(world.endpoint.labels()).toEqual(['connect', 'connect', 'connect', 'terminate']);
  const [connect] = world.simulator.webhooks();
  expect(connect?.attempts.map(({ status }) => status)).toEqual([500, 503, 200]);
});

test('duplicates, drops and corrupts webhooks on demand', async () => {
  const world = await openSimulatedWorld();
  const { simulator, endpoint } = world;
  simulator.setFaults({ webhooks: { copies: 2, drop: ['terminate'] } });
  await simulator.startCall({ customer: ANA, ringForMs: 0 });
  await settled(world, 2);
  expect(endpoint.labels()).toEqual(['connect', 'connect', 'connect']);
  expect(simulator.webhooks()[1]).toMatchObject({ label: 'terminate', state: 'dropped' });

  simulator.clearFaults();
  const spoiled = async (damage: 'unsigned' | 'bad-signature' | 'garbage') => {
    const seen = endpoint.received.length;
    await simulator.startCall({ customer: ANA, faults: { webhooks: { damage } } });
    await simulator.waitFor(() => endpoint.received.length > seen);
    const { body, signature } = endpoint.received.at(-1) ?? { body: '', signature: undefined };
    return { body, signature, valid: signature === signBody(ACCOUNT.appSecret, body) };
  };
  expect(await spoiled('unsigned')).toMatchObject({ signature: undefined });
  expect(await spoiled('bad-signature')).toMatchObject({ valid: false });
  const garbage = await spoiled('garbage');
  expect(garbage.valid).toBe(true);
  expect(() => JSON.parse(garbage.body)).toThrow('JSON');
  await simulator.postWebhook({ body: '{"not":"meta"', signature: 'good' });
  expect(endpoint.received.at(-1)?.body).toBe('{"not":"meta"');
});

test('delivers terminate before connect on demand', async () => {
  const world = await openSimulatedWorld();
  await world.simulator.startCall({ customer: ANA, terminateBeforeConnect: true });
  await settled(world, 2);
  expect(world.endpoint.labels()).toEqual(['terminate', 'connect']);
});

test('a delayed webhook arrives after its delay', async () => {
  const world = await openSimulatedWorld({ faults: { webhooks: { delayMs: 60 } } });
  await world.simulator.startCall({ customer: ANA });
  await settled(world, 1);
  const [webhook] = world.simulator.webhooks();
  expect((webhook?.attempts[0]?.at ?? 0) - (webhook?.createdAt ?? 0)).toBeGreaterThanOrEqual(59);
});

test('the answer of a business-initiated call may come before the HTTP response', async () => {
  const { endpoint, graph } = await openSimulatedWorld({
    customers: [{ ...ANA, permission: 'permanent' }],
    faults: { webhooks: { connectBeforeResponse: true } },
  });
  const offer = await openPeer().offer();
  const response = graph.connect(ANA.waId, offer).then(() => 'response');
  expect(
    await Promise.race([endpoint.next(isEvent('connect')).then(() => 'webhook'), response]),
  ).toBe('webhook');
  expect(await response).toBe('response');
});

test('the API can be slow, fail with any code, fail once, or hang up', async () => {
  const { graph, simulator } = await openSimulatedWorld();
  const { callId } = await simulator.startCall({ customer: ANA });
  simulator.setFaults({
    api: { delayMs: { reject: 50 }, fail: { reject: { code: 138004, times: 1 } } },
  });
  expect(await graph.reject(callId)).toMatchObject({
    status: 500,
    body: { error: { code: 138004 } },
  });
  expect(simulator.requests().at(-1)?.tookMs).toBeGreaterThanOrEqual(49);
  expect(await graph.reject(callId)).toMatchObject({ status: 200 });

  simulator.setFaults({
    api: { fail: { permissions: { code: 613 }, terminate: { reset: true } } },
  });
  expect(await graph.permissions(ANA.waId)).toMatchObject({ status: 429 });
  expect(await graph.permissions(ANA.waId)).toMatchObject({ status: 429 });
  await expect(graph.terminate(callId)).rejects.toThrow('fetch failed');
  expect(simulator.report(callId)?.requests.at(-1)).toMatchObject({
    action: 'terminate',
    status: 'reset',
  });
});

test('packets are lost both ways at the configured rate', async () => {
  const { graph, simulator } = await openSimulatedWorld();
  const peer = openPeer();
  const { callId, offerSdp } = await simulator.startCall({
    customer: ANA,
    kind: 'tone',
    faults: { media: { lossToBusinessPercent: 30, lossFromBusinessPercent: 30, seed: 7 } },
  });
  await graph.accept(callId, await peer.answer(offerSdp));
  await peer.connected();
  peer.speak(700);
  const { media } = await simulator.waitFor(() => {
    const now = simulator.report(callId);
    return (now?.media.packetsReceived ?? 0) >= 60 && now;
  });
  expect(media.packetsLost).toBeGreaterThan(5);
  expect(media.packetsLost).toBeLessThanOrEqual(media.droppedFromBusiness);
  const lostShare = media.droppedToBusiness / media.packetsSent;
  expect(lostShare).toBeGreaterThan(0.15);
  expect(lostShare).toBeLessThan(0.45);
  expect(peer.listener.main?.reception.lost).toBeGreaterThan(0);
  expect(media.toneHz).toBeCloseTo(700, -1);
});
