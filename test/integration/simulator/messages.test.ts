import { expect, test } from 'vitest';
import {
  ACCOUNT,
  ANA,
  isEvent,
  openPeer,
  openSimulatedWorld,
  type WebhookValue,
} from './simulated-world.ts';

const text = { messaging_product: 'whatsapp', to: ANA.waId, type: 'text', text: { body: 'Hello' } };
const statuses = (values: readonly WebhookValue[]) =>
  values.flatMap(({ statuses: reported = [] }) => reported.map(({ status }) => status));
const closed = { customers: [{ ...ANA, serviceWindow: 'closed' as const }] };

test('sends a message that is delivered and read', async () => {
  const timing = { messageDeliveredAfterMs: 10, messageReadAfterMs: 10 };
  const { graph, endpoint } = await openSimulatedWorld({ timing });
  const { body } = await graph.request('POST', 'messages', text);
  await endpoint.next((value) => statuses([value]).includes('read'));
  expect(statuses(endpoint.values())).toEqual(['sent', 'delivered', 'read']);
  expect(endpoint.values()[0]).toMatchObject({
    field: 'messages',
    statuses: [{ id: body.messages?.[0]?.id, recipient_id: ANA.waId }],
  });
});

test('a customer’s message reaches the business in Meta’s form', async () => {
  const { simulator, endpoint } = await openSimulatedWorld();
  simulator.writeMessage({ customer: { bsuid: 'BR.1', name: 'Bia' }, text: 'Oi' });
  const value = await endpoint.next(({ messages }) => messages !== undefined);
  expect(value.messages?.[0]).toEqual({
    from_user_id: 'BR.1',
    id: expect.stringMatching(/^wamid\./),
    timestamp: expect.stringMatching(/^\d{10}$/),
    type: 'text',
    text: { body: 'Oi' },
  });
  expect(value.contacts).toEqual([{ profile: { name: 'Bia' }, user_id: 'BR.1' }]);
});

test('the service window is closed until the customer writes or calls', async () => {
  const { graph, simulator } = await openSimulatedWorld(closed);
  expect((await graph.request('POST', 'messages', text)).body.error?.code).toBe(131047);
  expect((await graph.requestPermission(ANA.waId)).body.error?.code).toBe(131047);
  await simulator.startCall({ customer: ANA });
  expect((await graph.request('POST', 'messages', text)).status).toBe(200);
});

test('a template can be sent outside the service window if it exists and its values fit', async () => {
  const { graph, simulator } = await openSimulatedWorld(closed);
  const send = (name: string, values: string[]) => {
    const parameters = values.map((value) => ({ type: 'text', text: value }));
    const template = { name, language: { code: 'en' }, components: [{ type: 'body', parameters }] };
    return graph.request('POST', 'messages', { ...text, type: 'template', template });
  };
  expect((await send('no_such', [])).body.error?.code).toBe(132001);
  expect((await send('spring_sale', [])).body.error?.code).toBe(132001);
  expect((await send('order_update', ['Ana'])).body.error?.code).toBe(132000);
  expect((await send('order_update', ['Ana', '7'])).status).toBe(200);
  expect(simulator.messages().at(-1)?.text).toBe('Hello Ana, your order 7 is on its way.');
});

test('a recorded call leaves a file that is fetched with the token', async () => {
  const { graph, simulator, endpoint } = await openSimulatedWorld({
    timing: { recordingAfterMs: 10 },
  });
  const { callId, offerSdp } = await simulator.startCall({ customer: ANA, hangUpAfterMs: 200 });
  const session = { sdp_type: 'answer', sdp: await openPeer().answer(offerSdp) };
  const recording = { status: 'ENABLED', purpose: 'Training' };
  const nameless = await graph.call({
    action: 'accept',
    call_id: callId,
    session,
    recording: { status: 'ENABLED' },
  });
  expect(nameless.status).toBe(400);
  await graph.call({ action: 'accept', call_id: callId, session, recording });
  const reported = await endpoint.next(isEvent('call_recording_available'));
  const file = Reflect.get(Object(reported.calls?.[0]?.['call_recording']), 'audio');
  expect(file).toMatchObject({ mime_type: 'audio/ogg; codecs=opus', sha256: expect.any(String) });
  const id = String(Reflect.get(Object(file), 'id'));
  const url = `${simulator.baseUrl}/v23.0/${id}`;
  expect((await fetch(url)).status).toBe(401);
  const headers = { authorization: `Bearer ${ACCOUNT.accessToken}` };
  const found: { url: string } = await (await fetch(url, { headers })).json();
  const audio = Buffer.from(await (await fetch(found.url, { headers })).arrayBuffer());
  expect(audio.subarray(0, 4).toString()).toBe('OggS');
  expect(audio.subarray(28, 36).toString()).toBe('OpusHead');
});

test('notices about the number are sent; a restriction refuses calls', async () => {
  const { graph, simulator, endpoint } = await openSimulatedWorld();
  const type = 'RESTRICTED_BUSINESS_INITIATED_CALLING';
  await simulator.announce({ what: 'restriction', type, expiresAt: Date.now() + 60_000 });
  await simulator.announce({ what: 'violation', type: 'USER_INITIATED_CALLS_LOW_PICKUP_RATE' });
  await simulator.announce({ what: 'price-tier', tier: '25000001:50000000', region: 'Brazil' });
  expect(endpoint.values()).toMatchObject([
    { field: 'account_update', event: 'ACCOUNT_RESTRICTION', restriction_info: [{}] },
    { event: 'ACCOUNT_VIOLATION', violation_info: {} },
    {
      event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
      volume_tier_info: { pricing_category: 'CALLING' },
    },
  ]);
  simulator.setCustomer(ANA, { permission: 'permanent' });
  const placed = await graph.connect(ANA.waId, await openPeer().offer());
  expect(placed.body.error?.code).toBe(138014);
  await simulator.startCall({ customer: ANA });
  const both = 'RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING';
  await simulator.announce({ what: 'restriction', type: both });
  await expect(simulator.startCall({ customer: ANA })).rejects.toThrow('disabled');
});
