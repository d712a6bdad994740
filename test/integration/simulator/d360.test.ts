import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { openReseller } from './resellers.ts';
import { ANA, openPeer } from './simulated-world.ts';

const offer = async () => ({ sdp_type: 'offer', sdp: await openPeer().offer() });
const WHATSAPP = { messaging_product: 'whatsapp' };

test('the key identifies the number; a wrong one gets a text error', async () => {
  const { ask } = await openReseller('d360');
  expect(await ask('GET', '/calling/settings', undefined, { 'D360-API-KEY': 'no' })).toMatchObject({
    status: 401,
    body: { error: expect.stringContaining('key') },
  });
  expect(await ask('GET', '/calling/settings')).toMatchObject({
    status: 200,
    body: { calling: { status: 'ENABLED' } },
  });
  expect((await ask('GET', '/calling/nothing')).status).toBe(404);
});

test('connect answers with the id and with success', async () => {
  const { ask, inbox } = await openReseller('d360');
  const call = { ...WHATSAPP, to: ANA.waId, action: 'connect', session: await offer() };
  expect(await ask('POST', '/calling/calls', call)).toMatchObject({
    status: 200,
    body: { ...WHATSAPP, success: true, calls: [{ id: expect.stringMatching(/^wacid\./) }] },
  });
  const connect = await inbox.next(({ raw }) => raw.includes('"event":"connect"'));
  expect(connect.path).toBe('/secret-in-path');
  expect(connect.headers['x-360dialog-signature']).toBe(
    createHmac('sha256', 'd360-secret').update(connect.raw).digest('hex'),
  );
  expect(connect.headers).not.toHaveProperty('x-hub-signature-256');
  expect(connect.body).toMatchObject({
    object: 'whatsapp_business_account',
    entry: [{ changes: [{ field: 'calls', value: { metadata: { phone_number_id: '106' } } }] }],
  });
});

test('sends unsigned webhooks without a secret', async () => {
  const { simulator, inbox } = await openReseller('d360', {}, { webhookSecret: undefined });
  await simulator.startCall({ customer: ANA });
  const { headers } = await inbox.next(() => true);
  expect(Object.keys(headers).filter((name) => name.includes('signature'))).toEqual([]);
});

test('permissions are read by path; call errors are text, message errors are Meta’s object', async () => {
  const customers = [{ ...ANA, serviceWindow: 'closed' as const }];
  const { ask } = await openReseller('d360', { customers });
  expect(await ask('GET', `/calling/permissions/${ANA.waId}`)).toMatchObject({
    body: { permission: { status: 'no_permission' }, actions: [{}, { action_name: 'start_call' }] },
  });
  const call = { ...WHATSAPP, to: ANA.waId, action: 'connect', session: await offer() };
  expect(await ask('POST', '/calling/calls', call)).toMatchObject({
    status: 401,
    body: { error: expect.stringMatching(/^\(#138006\) /) },
  });
  const text = { ...WHATSAPP, to: ANA.waId, type: 'text', text: { body: 'Hello' } };
  expect(await ask('POST', '/messages', text)).toMatchObject({
    status: 400,
    body: { error: { code: 131047, type: 'OAuthException' } },
  });
});

test('all templates come in one answer, their states in lower case', async () => {
  const { ask } = await openReseller('d360');
  const { body } = await ask('GET', '/v1/configs/templates');
  expect(body['waba_templates']).toContainEqual(
    expect.objectContaining({ name: 'order_update', status: 'approved' }),
  );
});
