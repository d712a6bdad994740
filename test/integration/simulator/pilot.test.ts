import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { named, openReseller } from './resellers.ts';
import { ANA, openPeer } from './simulated-world.ts';

const listSchema = z.object({ calls: z.array(z.object({ createdAt: z.string() })) });
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const OWN = expect.stringMatching(/^call_01/);
const FEATURE = { status: 400, body: { code: 'FEATURE_NOT_SUPPORTED', error: expect.any(String) } };

test('only a number-scoped key is accepted', async () => {
  const { ask } = await openReseller('pilot-meta');
  const bearer = { 'x-api-key': '', authorization: 'Bearer ps_number' };
  expect(await ask('GET', '', undefined, bearer)).toMatchObject({
    status: 401,
    body: { error: expect.any(String), code: expect.any(String) },
  });
  expect(await ask('GET', '', undefined, { 'x-api-key': 'ps_tenant' })).toMatchObject({
    status: 403,
    body: { code: 'TENANT_SCOPE_NOT_ALLOWED' },
  });
  expect(await ask('GET', '')).toMatchObject({ status: 200, body: { calls: [] } });
});

test('a Meta number sends flat and native events, and is answered by SDP under either id', async () => {
  const { ask, simulator, inbox } = await openReseller('pilot-meta');
  const { callId, offerSdp } = await simulator.startCall({ customer: ANA, hangUpAfterMs: 1100 });
  const rings = await inbox.next(named('call.ringing'));
  expect(rings.body).toEqual({
    event: 'call.ringing',
    callId: OWN,
    externalCallId: callId,
    direction: 'INBOUND',
    peerNumber: ANA.waId,
    status: 'RINGING',
    createdAt: ISO,
  });
  expect((await inbox.next(named('calls'))).body).toMatchObject({
    data: { calls: [{ id: callId, event: 'connect', session: { sdp_type: 'offer' } }] },
  });
  const own = String(rings.body['callId']);
  expect((await ask('GET', `/${own}`)).body).not.toHaveProperty('sdpOffer');
  expect((await ask('GET', `/${own}?includeSdp=1`)).body).toMatchObject({
    id: own,
    externalCallId: callId,
    direction: 'INBOUND',
    status: 'RINGING',
    sdpOffer: offerSdp,
    sdpAnswer: null,
    createdAt: ISO,
  });
  const sdp = await openPeer().answer(offerSdp);
  expect((await ask('POST', `/${own}/pre-accept`, { sdp })).body).toEqual({
    success: true,
    id: own,
    status: 'RINGING',
  });
  const path = `/${encodeURIComponent(callId)}/accept`;
  expect((await ask('POST', path, { sdp, sdpType: 'answer' })).body).toEqual({
    success: true,
    id: own,
    status: 'ACCEPTED',
  });
  await inbox.next(named('call.connected'));
  expect((await inbox.next(named('call.ended'))).body).toMatchObject({
    status: 'COMPLETED',
    duration: 1,
    endedAt: ISO,
  });
  expect((await ask('GET', `/${own}`)).body).toMatchObject({
    status: 'COMPLETED',
    durationSeconds: 1,
  });
});

test('only subscribed events are sent', async () => {
  const events = ['call.ringing'];
  const { simulator, inbox } = await openReseller('pilot-meta', {}, { events });
  const { callId } = await simulator.startCall({ customer: ANA, ringForMs: 30 });
  await simulator.waitFor(() => simulator.report(callId)?.phase === 'ended');
  await inbox.next(named('call.ringing'));
  expect(inbox.deliveries.map(({ body }) => body['event'])).toEqual(['call.ringing']);
  expect(simulator.webhooks()).toHaveLength(1);
});

test('WhatsApp’s errors get the wrapper codes that are documented', async () => {
  const { ask } = await openReseller('pilot-meta', { customers: [ANA] }, { messagingLimit: 250 });
  const dial = { to: `+${ANA.waId}`, sdp: await openPeer().offer(), sdpType: 'offer' };
  expect((await ask('POST', '', dial)).body).toMatchObject({
    error: expect.stringMatching(/138000/),
  });
  expect(await ask('PUT', '/settings', { status: 'ENABLED' })).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/138015/) },
  });
  expect(await ask('PUT', '/settings', { sip: { status: 'ENABLED' } })).toMatchObject({
    status: 400,
    body: { code: 'INVALID_PAYLOAD' },
  });
});

test('a permission is lower case in answers and upper case in webhooks', async () => {
  const timing = { permissionReplyAfterMs: 10 };
  const { ask, inbox } = await openReseller('pilot-meta', { customers: [ANA], timing });
  const to = `+${ANA.waId}`;
  const dial = { to, sdp: await openPeer().offer() };
  expect(await ask('POST', '', dial)).toMatchObject({
    status: 400,
    body: { code: 'META_CALL_PERMISSION_REQUIRED', error: expect.stringMatching(/138006/) },
  });
  const query = `/permissions?to=${encodeURIComponent(to)}`;
  expect((await ask('GET', query)).body).toMatchObject({ permission: { status: 'no_permission' } });
  await ask('POST', '/permissions/request', { to, text: 'May we call?' });
  expect((await inbox.next(named('call.permission_updated'))).body).toMatchObject({
    peerNumber: ANA.waId,
    status: 'TEMPORARY',
  });
  expect((await ask('GET', query)).body).toMatchObject({
    permission: { status: 'temporary', expiration_time: expect.any(Number) },
  });
});

test('a web number needs no SDP or permission and has its audio on a socket', async () => {
  const { ask, simulator, inbox } = await openReseller('pilot-web', { customers: [ANA] });
  expect(await ask('POST', '', { to: `+${ANA.waId}`, sdp: 'v=0' })).toMatchObject({ status: 400 });
  const placed = await ask('POST', '', { to: `+${ANA.waId}` });
  expect(placed.body).toEqual({
    id: OWN,
    externalCallId: expect.stringMatching(/^[0-9A-F]{32}$/),
    status: 'INITIATED',
  });
  const path = `/${String(placed.body['id'])}`;
  const session = (mode: string) => ask('POST', `${path}/realtime-session`, { mode });
  expect(await session('talk')).toMatchObject({ status: 409 });
  const { body } = await inbox.next(named('call.ringing'));
  expect(body).toMatchObject({ direction: 'OUTBOUND' });
  await simulator.waitFor(
    () => simulator.report(String(placed.body['externalCallId']))?.phase === 'accepted',
  );
  const talk = await session('talk');
  expect(talk.body).toEqual({
    wsUrl: expect.stringMatching(/^ws:\/\/.*\?token=/),
    token: expect.any(String),
    expiresInSeconds: 120,
  });
  const socket = new WebSocket(String(talk.body['wsUrl']));
  await new Promise((resolve) => socket.once('message', resolve));
  socket.close();
  expect((await ask('POST', `${path}/play`, { mediaUrl: 'https://a.example/b.txt' })).status).toBe(
    400,
  );
  expect((await ask('GET', `${path}?includeSdp=1`)).body).toMatchObject({
    sdpOffer: null,
    sdpAnswer: null,
  });
  expect(await ask('POST', `${path}/terminate`)).toMatchObject({ body: { success: true } });
  expect(await ask('POST', `${path}/terminate`)).toMatchObject({ status: 409 });
});

test('each kind of number refuses the endpoints of the other', async () => {
  const web = await openReseller('pilot-web');
  const { callId } = await web.simulator.startCall({ customer: ANA });
  for (const [method, path] of [
    ['GET', '/settings'],
    ['PUT', '/settings'],
    ['GET', '/permissions?to=1'],
    ['POST', '/permissions/request'],
    ['POST', `/${callId}/pre-accept`],
  ] as const) {
    expect(await web.ask(method, path)).toMatchObject(FEATURE);
  }
  const meta = await openReseller('pilot-meta');
  const call = await meta.simulator.startCall({ customer: ANA });
  const path = `/${encodeURIComponent(call.callId)}`;
  expect(await meta.ask('POST', `${path}/play`, {})).toMatchObject(FEATURE);
  expect(await meta.ask('POST', `${path}/realtime-session`, {})).toMatchObject(FEATURE);
});

test('a disconnected web number answers 409 and takes no calls', async () => {
  const { ask, simulator } = await openReseller('pilot-web');
  simulator.setFaults({ api: { disconnected: true } });
  expect(await ask('POST', '', { to: `+${ANA.waId}` })).toMatchObject({
    status: 409,
    body: { code: 'WHATSAPP_INSTANCE_NOT_CONNECTED' },
  });
  await expect(simulator.startCall({ customer: ANA })).rejects.toThrow('disabled');
});

test('the list is newest first, and pages strictly before a time', async () => {
  const { ask, simulator } = await openReseller('pilot-web');
  for (const waId of ['5511900000001', '5511900000002', '5511900000003']) {
    await simulator.startCall({ customer: { waId } });
  }
  const times = async (query: string) => {
    const { calls } = listSchema.parse((await ask('GET', query)).body);
    return calls.map(({ createdAt }) => createdAt);
  };
  const all = await times('');
  expect(all).toEqual(all.toSorted().toReversed());
  expect(all).toHaveLength(3);
  expect(await times('?limit=2')).toEqual(all.slice(0, 2));
  const newest = all[0] ?? '';
  expect(await times(`?before=${newest}`)).toEqual(all.filter((time) => time < newest));
  expect((await ask('GET', '?limit=101')).status).toBe(400);
});
