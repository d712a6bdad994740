import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { named, openReseller } from './resellers.ts';
import { ANA } from './simulated-world.ts';

const listSchema = z.object({
  calls: z.array(z.looseObject({ startedAt: z.string() })),
  nextCursor: z.string().nullable(),
});
const TO = `+${ANA.waId}`;
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
const DOC = '/phone-numbers/doc_1/calling';
const account = { accountId: 'acc_1' };

test('a key is accepted for its own account only', async () => {
  const { ask } = await openReseller('zernio');
  expect(
    await ask('GET', '/calling?accountId=acc_1', undefined, { authorization: 'Bearer sk_no' }),
  ).toMatchObject({
    status: 401,
    body: { error: expect.any(String), type: 'authentication_error' },
  });
  expect((await ask('GET', '/calling?accountId=acc_2')).status).toBe(404);
  const answer = await ask('GET', '/calling?accountId=acc_1', undefined, {
    'x-request-id': 'mine',
  });
  expect(answer.headers.get('x-request-id')).toBe('mine');
  expect(answer.body).toEqual({
    phoneNumberDocId: 'doc_1',
    phoneNumber: '+551150201234',
    callingEnabled: true,
    callDeepLink: 'https://wa.me/call/551150201234',
    forwardTo: 'tel:+551150209999',
    recordingEnabled: false,
    sipAuthUsername: null,
    sipAuthPasswordConfigured: false,
    callIconCountries: null,
    callerIdMode: 'business',
    callerIdVerified: true,
    maxCallDurationSeconds: null,
    forwardCallerId: 'business',
  });
});

test('calling is enabled, changed in part, and disabled without losing its destination', async () => {
  const { ask } = await openReseller('zernio', {}, { forwardTo: undefined });
  const own = await ask('POST', DOC, { ...account, forwardTo: 'tel:+551150201234' });
  expect(own).toMatchObject({ status: 400, body: { error: expect.stringMatching(/itself/) } });
  expect((await ask('POST', DOC, { ...account, forwardTo: 'mailto:a' })).status).toBe(400);
  expect((await ask('POST', DOC, { ...account, forwardTo: '+551150209999' })).body).toEqual({
    success: true,
    callingEnabled: true,
    forwardTo: 'tel:+551150209999',
    callerIdMode: 'business',
  });
  await ask('PATCH', DOC, { ...account, sipAuthUsername: 'ana', sipAuthPassword: 'secret' });
  const now = await ask('GET', '/calling?accountId=acc_1');
  expect(now.body).toMatchObject({ sipAuthUsername: 'ana', sipAuthPasswordConfigured: true });
  expect(JSON.stringify(now.body)).not.toContain('secret');
  await ask('DELETE', `${DOC}?accountId=acc_1`);
  expect((await ask('GET', '/calling?accountId=acc_1')).body).toMatchObject({
    callingEnabled: false,
    callDeepLink: null,
    forwardTo: 'tel:+551150209999',
  });
});

test.each([
  ['sip-trunk', 409, { code: 'invalid_resource_state' }],
  ['wrong-plan', 422, {}],
])('cannot be enabled: %s', async (enabling, status, body) => {
  const { ask } = await openReseller('zernio', {}, { enabling, forwardTo: undefined });
  const answer = await ask('POST', DOC, { ...account, forwardTo: '+551150209999' });
  expect(answer).toMatchObject({ status, body });
});

test('a dialled call rings, is answered, ends and is billed', async () => {
  const customers = [
    { ...ANA, permission: 'temporary', answerAfterMs: 100, hangUpAfterMs: 1100 } as const,
  ];
  const { ask, simulator, inbox } = await openReseller('zernio', { customers });
  const dialled = await ask('POST', '/calls', { ...account, to: TO, recordOverride: true });
  const callId = String(dialled.body['callId']);
  expect(dialled.body).toEqual({
    success: true,
    callId: expect.stringMatching(/^[0-9a-f]{24}$/),
    telnyxCallControlId: expect.any(String),
    status: 'dialing',
    direction: 'outbound',
    to: TO,
    forwardTo: 'tel:+551150209999',
    recordingEnabled: true,
  });
  const read = async () => (await ask('GET', `/calls/${callId}?accountId=acc_1`)).body['call'];
  expect(await read()).toMatchObject({ _id: callId, status: 'ringing', answeredAt: null });
  expect(await read()).not.toHaveProperty('billing');
  await simulator.waitFor(() => simulator.report(callId)?.phase === 'accepted');
  expect(await read()).toMatchObject({ status: 'answered', answeredAt: ISO, endedAt: null });
  const received = await inbox.next(named('call.received'));
  expect(received.body).toMatchObject({
    id: received.headers['x-zernio-event-id'],
    timestamp: ISO,
    account: { id: 'acc_1', platform: 'whatsapp' },
    call: { id: callId, direction: 'outbound', to: TO, forwardTo: 'tel:+551150209999' },
  });
  const ended = await inbox.next(named('call.ended'));
  expect(ended.headers['x-zernio-event']).toBe('call.ended');
  expect(ended.headers['x-zernio-signature']).toBe(
    createHmac('sha256', 'zernio-secret').update(ended.raw).digest('hex'),
  );
  expect(ended.body['call']).toMatchObject({
    durationSeconds: 1,
    endReason: 'hangup',
    isVoicemail: false,
    billing: { metaCostUSD: 0.00141, billableCostUSD: expect.any(Number) },
  });
  expect(Reflect.get(Object(ended.body['call']), 'billing')).not.toHaveProperty('currency');
  expect(await read()).toMatchObject({ status: 'ended', billing: { currency: 'USD' } });
  expect(inbox.deliveries.map(({ body }) => body['event'])).toEqual([
    'call.received',
    'call.ended',
  ]);

  const recording = `/calls/${callId}/recording?accountId=acc_1`;
  expect((await ask('GET', `${recording}&as=json`)).body).toEqual({ url: expect.any(String) });
  const moved = await ask('GET', recording);
  expect(moved.status).toBe(302);
  const file = await fetch(moved.headers.get('location') ?? '');
  expect(file.headers.get('content-type')).toBe('audio/ogg');
  expect((await fetch(`${simulator.baseUrl}/recordings/${callId}.ogg`)).status).toBe(403);
});

test('one idempotency key dials once', async () => {
  const { ask, simulator } = await openReseller('zernio');
  const dial = (body: object) =>
    ask('POST', '/calls', { ...account, ...body }, { 'idempotency-key': 'once' });
  const [first, second] = [await dial({ to: TO }), await dial({ to: TO })];
  expect(second.body).toEqual(first.body);
  expect(simulator.calls()).toHaveLength(1);
  expect((await dial({ to: '+5511900000000' })).status).toBe(422);
});

test('an idempotency key still in flight is a 409', async () => {
  const { ask, simulator } = await openReseller('zernio');
  const body = { ...account, to: TO };
  const dial = () => ask('POST', '/calls', body, { 'idempotency-key': 'once' });
  const answers = await Promise.all([dial(), dial()]);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  expect(simulator.calls()).toHaveLength(1);
});

test.each([
  ['no permission', {}, {}, 409, /call permission/],
  ['a blocked country', { permission: 'permanent' }, { country: 'US' }, 422, /country/],
  ['calling off', { permission: 'permanent' }, { forwardTo: undefined }, 422, /not enabled/],
  ['no SIP credentials', { permission: 'permanent' }, { forwardTo: 'sip:a@b.c' }, 422, /SIP/],
  ['nobody there', { permission: 'permanent', callable: false }, {}, 502, /carrier/],
] as const)('does not dial: %s', async (_, customer, own, status, error) => {
  const customers = [{ ...ANA, ...customer }];
  const { ask } = await openReseller('zernio', { customers }, own);
  expect(await ask('POST', '/calls', { ...account, to: TO })).toMatchObject({
    status,
    body: { error: expect.stringMatching(error) },
  });
});

test('asks for permission, within the window', async () => {
  const customers = [ANA, { waId: '5511988880000', serviceWindow: 'closed' as const }];
  const timing = { permissionReplyAfterMs: 10 };
  const { ask, inbox } = await openReseller('zernio', { customers, timing });
  const prompt = { ...account, action: 'send_call_permission_request', bodyText: 'May we call?' };
  expect((await ask('POST', '/calls', { ...prompt, to: TO })).status).toBe(200);
  const { body } = await inbox.next(named('call.permission_request'));
  expect(body['permission']).toEqual({
    from: TO,
    response: 'accept',
    isPermanent: false,
    expirationTimestamp: expect.stringMatching(/^\d{10}$/),
    responseSource: 'user_action',
  });
  expect(await ask('POST', '/calls', { ...prompt, to: '+5511988880000' })).toMatchObject({
    status: 400,
    body: { type: 'platform_error', platformError: { code: 131047 } },
  });
});

test('the list is filtered and paged by its cursor', async () => {
  const { ask, simulator } = await openReseller(
    'zernio',
    {},
    { destination: { onCall: 'ignore' } },
  );
  for (const waId of ['5511900000001', '5511900000002', '5511900000003']) {
    await simulator.startCall({ customer: { waId }, ringForMs: 10 });
  }
  await simulator.waitFor(() => simulator.calls().every(({ phase }) => phase === 'ended'));
  const list = async (query: string) =>
    listSchema.parse((await ask('GET', `/calls?accountId=acc_1${query}`)).body);
  const all = await list('');
  expect(all.nextCursor).toBeNull();
  const first = await list('&limit=2&status=ended&direction=inbound');
  expect(first.calls).toEqual(all.calls.slice(0, 2));
  expect(first.calls[0]).toMatchObject({ endReason: 'no_answer', durationSeconds: 0 });
  const cursor = first.nextCursor ?? '';
  expect(cursor).toBe(first.calls[1]?.startedAt);
  // Strictly before: a call that began in the same instant is on neither page
  // (docs/providers/zernio.md#calls).
  const rest = all.calls.filter(({ startedAt }) => startedAt < cursor);
  expect(await list(`&before=${cursor}`)).toEqual({ calls: rest, nextCursor: null });
  expect(await list('&direction=outbound')).toEqual({ calls: [], nextCursor: null });
  expect((await ask('GET', '/calls?accountId=acc_1&limit=201')).status).toBe(400);
});

test('a busy destination rejects with the carrier’s cause', async () => {
  const { simulator, inbox } = await openReseller('zernio');
  simulator.setDestination({ onCall: 'reject', answerAfterMs: 10 });
  await simulator.startCall({ customer: ANA });
  expect((await inbox.next(named('call.ended'))).body['call']).toMatchObject({
    endReason: 'rejected',
    sipHangupCause: '486',
    durationSeconds: 0,
  });
});

test('a media server is connected to calls, and its hang-up ends them', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const frames: string[] = [];
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) frames.push(data.toString());
      if (frames.length === 5) socket.close();
    });
  });
  const forwardTo = `ws://127.0.0.1:${port}/calls`;
  const { simulator, inbox } = await openReseller('zernio', {}, { forwardTo });
  await simulator.startCall({ customer: ANA, kind: 'tone' });
  const ended = await inbox.next(named('call.ended'));
  server.close();
  expect(ended.body['call']).toMatchObject({ endReason: 'hangup' });
  expect(
    frames.map((frame) => Reflect.get(Object(JSON.parse(frame)), 'event')).slice(0, 3),
  ).toEqual(['connected', 'start', 'media']);
});

test('too many requests are answered 429 with the time of the reset', async () => {
  const { ask, simulator } = await openReseller('zernio');
  simulator.setFaults({ api: { fail: { calls: { code: 429, times: 1 } } } });
  const { status, headers } = await ask('GET', '/calls?accountId=acc_1');
  expect(status).toBe(429);
  expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 - 1);
  expect(headers.get('retry-after')).toBe('1');
  expect((await ask('GET', '/calls?accountId=acc_1')).status).toBe(200);
});
