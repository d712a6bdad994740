import { expect, test } from 'vitest';
import {
  ANA,
  isEvent,
  isStatus,
  openPeer,
  openSimulatedWorld,
  type WebhookValue,
} from './simulated-world.ts';

const isMessage = (value: WebhookValue): boolean => value.messages !== undefined;
const reply = (value: WebhookValue): unknown =>
  Reflect.get(Object(value.messages?.[0]?.['interactive']), 'call_permission_reply');

const FAST = { permissionReplyAfterMs: 10 };

test('a call needs permission, which the customer grants for a time on request', async () => {
  const { endpoint, graph } = await openSimulatedWorld({
    customers: [{ ...ANA, answerAfterMs: 10 }],
    timing: FAST,
  });
  expect((await graph.permissions(ANA.waId)).body).toEqual({
    messaging_product: 'whatsapp',
    permission: { status: 'no_permission' },
    actions: [
      {
        action_name: 'send_call_permission_request',
        can_perform_action: true,
        limits: [
          { time_period: 'PT24H', max_allowed: 1, current_usage: 0 },
          { time_period: 'P7D', max_allowed: 2, current_usage: 0 },
        ],
      },
      {
        action_name: 'start_call',
        can_perform_action: false,
        limits: [{ time_period: 'PT24H', max_allowed: 100, current_usage: 0 }],
      },
    ],
  });
  const peer = openPeer();
  const offer = await peer.offer();
  expect(await graph.connect(ANA.waId, offer)).toMatchObject({
    status: 401,
    body: { error: { code: 138006 } },
  });

  const request = await graph.requestPermission(ANA.waId);
  const wamid = request.body.messages?.[0]?.id;
  expect(request.body).toMatchObject({ contacts: [{ input: ANA.waId, wa_id: ANA.waId }] });
  const accepted = await endpoint.next(isMessage);
  expect(accepted.messages?.[0]).toMatchObject({
    from: ANA.waId,
    type: 'interactive',
    context: { id: wamid },
  });
  expect(reply(accepted)).toEqual({
    response: 'accept',
    is_permanent: false,
    expiration_timestamp: expect.stringMatching(/^\d{10}$/),
    response_source: 'user_action',
  });
  const state = await graph.permissions(ANA.waId);
  expect(state.body).toMatchObject({
    permission: { status: 'temporary', expiration_time: expect.any(Number) },
    actions: [
      {
        can_perform_action: false,
        limits: [{ current_usage: 1, limit_expiration_time: expect.any(Number) }, {}],
      },
      { can_perform_action: true },
    ],
  });
  expect((await graph.requestPermission(ANA.waId)).body.error).toMatchObject({ code: 138009 });
  expect(await graph.connect(ANA.waId, offer)).toMatchObject({ status: 200 });
  expect((await graph.connect(ANA.waId, offer)).body.error).toMatchObject({ code: 138003 });
  await endpoint.next(isStatus('ACCEPTED'));
  // A connected call counts, and restores the request limit.
  expect((await graph.permissions(ANA.waId)).body).toMatchObject({
    actions: [
      { can_perform_action: true, limits: [{ current_usage: 0 }, { current_usage: 0 }] },
      { limits: [{ current_usage: 1 }] },
    ],
  });
});

test('always-allow makes further requests an error; a decline is reported', async () => {
  const bo = { waId: '16315550000', name: 'Bo' };
  const { endpoint, graph, simulator } = await openSimulatedWorld({
    customers: [
      { ...ANA, onPermissionRequest: 'accept-permanent' },
      { ...bo, onPermissionRequest: 'decline' },
    ],
    timing: FAST,
  });
  await graph.requestPermission(ANA.waId);
  expect(reply(await endpoint.next(isMessage))).toEqual({
    response: 'accept',
    is_permanent: true,
    response_source: 'user_action',
  });
  expect((await graph.requestPermission(ANA.waId)).body.error).toMatchObject({ code: 138017 });

  await graph.requestPermission(bo.waId);
  await simulator.waitFor(() => endpoint.values().filter(isMessage).length === 2);
  expect(endpoint.values().filter(isMessage).map(reply)[1]).toEqual({
    response: 'reject',
    response_source: 'user_action',
  });
});

test('four unanswered calls in a row revoke the permission', async () => {
  const { endpoint, graph, simulator } = await openSimulatedWorld({
    customers: [{ ...ANA, permission: 'permanent', onCall: 'decline', answerAfterMs: 5 }],
  });
  const peer = openPeer();
  const offer = await peer.offer();
  for (let count = 1; count <= 4; count++) {
    const { body } = await graph.connect(ANA.waId, offer);
    await simulator.waitFor(() => simulator.report(body.calls?.[0]?.id ?? '')?.phase === 'ended');
  }
  const revoked = await endpoint.next(isMessage);
  expect(reply(revoked)).toEqual({ response: 'reject', response_source: 'automatic' });
  expect(revoked.messages?.[0]).not.toHaveProperty('context');
  expect((await graph.permissions(ANA.waId)).body).toMatchObject({
    permission: { status: 'no_permission' },
  });
  expect(endpoint.labels().slice(0, 4)).toEqual(['connect', 'RINGING', 'REJECTED', 'terminate']);
});

test('an unanswered call ends COMPLETED without start_time, and an uncallable customer is 138001', async () => {
  const { endpoint, graph, simulator } = await openSimulatedWorld({
    customers: [{ ...ANA, permission: 'temporary', onCall: 'ignore' }],
    timing: { ringTimeoutMs: 50 },
  });
  const offer = await openPeer().offer();
  await graph.connect(ANA.waId, offer);
  const end = await endpoint.next(isEvent('terminate'));
  expect(end.calls?.[0]).toMatchObject({ status: 'COMPLETED', to: ANA.waId });
  expect(end.calls?.[0]).not.toHaveProperty('start_time');

  simulator.setCustomer(ANA, { callable: false });
  expect((await graph.connect(ANA.waId, offer)).body.error).toMatchObject({ code: 138001 });
  expect((await graph.permissions(ANA.waId)).body).toMatchObject({
    permission: { status: 'no_permission' },
  });
});

test('settings are validated and replaced; changes to watched fields are reported', async () => {
  const { endpoint, graph, simulator } = await openSimulatedWorld({ timing: FAST });
  const hours = (weekly: unknown[], holidays?: unknown[]) => ({
    calling: {
      call_hours: {
        status: 'ENABLED',
        timezone_id: 'America/Manaus',
        weekly_operating_hours: weekly,
        ...(holidays ? { holiday_schedule: holidays } : {}),
      },
    },
  });
  const monday = { day_of_week: 'MONDAY', open_time: '0400', close_time: '1020' };
  const write = (body: unknown) => graph.request('POST', 'settings', body);
  const details = async (body: unknown) => (await write(body)).body.error?.error_data?.details;

  expect(
    await write(hours([monday], [{ date: '2099-01-01', start_time: '0000', end_time: '2359' }])),
  ).toEqual({
    status: 200,
    body: { success: true },
  });
  await write(hours([monday]));
  const { body } = await graph.request('GET', 'settings');
  expect(body).toMatchObject({ calling: { status: 'ENABLED', call_hours: { status: 'ENABLED' } } });
  expect(JSON.stringify(body)).not.toContain('holiday_schedule');

  expect(await details(hours([]))).toContain('must not be empty');
  expect(await details(hours([{ ...monday, close_time: '0300' }]))).toContain('before close_time');
  expect(await details(hours([monday, monday]))).toContain('overlapping');
  expect(await details(hours([monday, monday, monday]))).toContain('more than two');
  expect(await details(hours([monday], [{ date: '2001-01-01' }]))).toContain('in the past');
  expect(
    await details({
      calling: { call_hours: { ...hours([monday]).calling.call_hours, timezone_id: 'Mars/Base' } },
    }),
  ).toContain('timezone_id');
  expect(await details({ calling: { status: 'ON' } })).toContain('calling.status');

  await write({ calling: { callback_permission_status: 'ENABLED', status: 'ENABLED' } });
  expect(await endpoint.next((value) => value.field === 'account_settings_update')).toMatchObject({
    type: 'phone_number_settings',
    phone_number_settings: { calling: { callback_permission_status: 'ENABLED' } },
  });
  // With that setting, a missed call brings a callback permission whose context is the call.
  const { callId } = await simulator.startCall({ customer: ANA, ringForMs: 0 });
  const granted = await endpoint.next(isMessage);
  expect(granted.messages?.[0]).toMatchObject({ context: { id: callId } });
  expect(reply(granted)).toMatchObject({ response: 'accept', response_source: 'automatic' });

  await write({ calling: { status: 'DISABLED' } });
  await expect(simulator.startCall({ customer: ANA })).rejects.toThrow('disabled');
  expect((await graph.connect(ANA.waId, await openPeer().offer())).body.error).toMatchObject({
    code: 138000,
  });
});

test('a permission revoked after a call triggers no webhook', async () => {
  const { simulator, graph, endpoint } = await openSimulatedWorld({
    customers: [{ ...ANA, permission: 'permanent', revokesAfterCall: true }],
    timing: FAST,
  });
  const { callId } = await simulator.startCall({ customer: { waId: ANA.waId } });
  const offer = await endpoint.next(isEvent('connect'));
  const peer = openPeer();
  const sdp = await peer.answer(offer.calls?.[0]?.session?.sdp ?? '');
  await graph.accept(callId, sdp);
  simulator.hangUp(callId);
  await endpoint.next(isEvent('terminate'));
  const state = await graph.permissions(ANA.waId);
  expect(state.body).toMatchObject({ permission: { status: 'no_permission' } });
});
