import { expect, test } from 'vitest';
import { ANA, isEvent, openSimulatedWorld } from './simulated-world.ts';

/** The control API as another process uses it. */
async function openControl() {
  const world = await openSimulatedWorld();
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${world.simulator.baseUrl}/sim/${path}`, {
      method,
      headers: { connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: Record<string, unknown> = await answer.json();
    return { status: answer.status, body: json };
  };
  return { ...world, ask };
}

test('starts, reports and ends a call', async () => {
  const { ask, endpoint } = await openControl();
  const started = await ask('POST', 'calls', {
    customer: ANA,
    kind: 'tone',
    hz: 500,
    digits: '12#',
  });
  expect(started).toMatchObject({ status: 201, body: { phase: 'offered', accountId: 'shop' } });
  const path = `calls/${encodeURIComponent(String(started.body['callId']))}`;
  await endpoint.next(isEvent('connect'));
  expect(await ask('GET', path)).toMatchObject({
    status: 200,
    body: { webhooks: [{ label: 'connect' }], requests: [] },
  });
  expect((await ask('GET', 'calls')).body['calls']).toHaveLength(1);
  expect(await ask('POST', `${path}/hangup`)).toMatchObject({ status: 200 });
  expect(await ask('POST', `${path}/hangup`)).toMatchObject({ status: 409 });
  expect(await ask('GET', path)).toMatchObject({
    body: { phase: 'ended', end: { by: 'customer' } },
  });
  expect(await ask('GET', 'calls/wacid.none')).toMatchObject({ status: 404 });
});

test('changes faults, customers and accounts, posts raw webhooks and reports health', async () => {
  const { ask, endpoint, graph } = await openControl();
  expect(await ask('PUT', 'faults', { webhooks: { copies: 1 } })).toMatchObject({
    body: { webhooks: { copies: 1, delayMs: 0 } },
  });
  expect(await ask('PUT', 'faults', { reset: true })).toMatchObject({
    body: { webhooks: { copies: 0 } },
  });
  await ask('PUT', `customers/${ANA.waId}`, { permission: 'permanent' });
  expect((await graph.permissions(ANA.waId)).body).toMatchObject({
    permission: { status: 'permanent' },
  });
  expect((await ask('GET', 'requests')).body['requests']).toMatchObject([
    { action: 'permissions', status: 200 },
  ]);
  expect(await ask('PUT', 'accounts/shop', { webhookUrl: endpoint.url })).toMatchObject({
    body: { state: 'verified' },
  });
  expect(await ask('POST', 'webhooks', { body: 'garbage', signature: 'bad' })).toMatchObject({
    body: { webhook: { label: 'raw', state: 'delivered' } },
  });
  expect(await ask('GET', 'health')).toMatchObject({
    body: { ok: true, handshakes: { shop: { state: 'verified' } } },
  });
  expect((await ask('GET', 'webhooks')).body['webhooks']).toHaveLength(1);
});

test('an error names the field', async () => {
  const { ask } = await openControl();
  expect(await ask('POST', 'calls', { customer: { name: 'Nobody' } })).toMatchObject({
    status: 400,
    body: { error: 'customer: waId or bsuid: required' },
  });
  expect(await ask('POST', 'calls', {})).toMatchObject({ body: { error: 'customer: required' } });
  expect((await ask('PUT', 'faults', { webhook: {} })).body['error']).toContain('webhook');
  expect(await ask('GET', 'nothing')).toMatchObject({ status: 404 });
});

test('streams events', async () => {
  const { simulator } = await openControl();
  const abort = new AbortController();
  const stream = await fetch(`${simulator.baseUrl}/sim/events`, { signal: abort.signal });
  const { callId } = await simulator.startCall({ customer: ANA });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of stream.body ?? []) {
    text += decoder.decode(chunk);
    if (text.includes('"label":"connect"')) break;
  }
  abort.abort();
  expect(text).toContain(`data: {"type":"call","callId":"${callId}","phase":"offered"`);
});

test('writes messages, sends notices and changes settings, but no destination of an unforwarded number', async () => {
  const { ask, endpoint, graph } = await openControl();
  const written = await ask('POST', 'messages', { customer: ANA, text: 'Where is my order?' });
  expect(written).toMatchObject({
    status: 201,
    body: { from: 'customer', text: expect.any(String) },
  });
  expect((await ask('GET', 'messages')).body['messages']).toEqual([written.body]);
  expect(await ask('POST', 'messages', { customer: ANA })).toMatchObject({
    status: 400,
    body: { error: 'text or file: required' },
  });
  const decision = { customer: ANA, decision: 'allow-permanent' };
  expect(await ask('POST', 'permissions', decision)).toMatchObject({ status: 200 });
  const reported = await endpoint.next(({ messages }) => messages?.[0]?.['type'] === 'interactive');
  expect(reported.messages?.[0]).not.toHaveProperty('context');
  const tier = { what: 'price-tier', tier: '1:2' };
  expect(await ask('POST', 'accounts/shop/notices', tier)).toMatchObject({ status: 200 });
  await endpoint.next((value) => value.field === 'account_update');
  const settings = { calling: { callback_permission_status: 'ENABLED' } };
  expect(await ask('POST', 'accounts/shop/settings', settings)).toMatchObject({ status: 200 });
  await endpoint.next((value) => value.field === 'account_settings_update');
  expect((await graph.request('GET', 'settings')).body).toMatchObject(settings);
  expect(await ask('POST', 'accounts/shop/settings', { calling: { status: 'ON' } })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('calling.status') },
  });
  expect(await ask('PUT', 'accounts/shop', { destination: { onCall: 'reject' } })).toMatchObject({
    status: 400,
    body: { error: 'Calls of this number are not forwarded' },
  });
});
