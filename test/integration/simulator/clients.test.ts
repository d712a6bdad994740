import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { Zernio } from '@zernio/node';
import { describe, expect, test } from 'vitest';
import { WhatsAppAPI } from 'whatsapp-api-js';
import { accounts, named, openReseller } from './resellers.ts';
import {
  ACCOUNT,
  ANA,
  isEvent,
  isStatus,
  openPeer,
  openSimulatedWorld,
} from './simulated-world.ts';

/**
 * Other people's unmodified clients against the simulator: it accepts their requests, and they
 * understand its answers. They were written from the providers' own pages, so they check our
 * reading of them.
 */

const callable = { customers: [{ ...ANA, permission: 'permanent' as const, answerAfterMs: 20 }] };
const { phoneNumberId, wabaId } = ACCOUNT;

describe('@kapso/whatsapp-cloud-api', () => {
  async function open(config: Parameters<typeof openSimulatedWorld>[0] = callable) {
    const world = await openSimulatedWorld(config);
    const client = new WhatsAppClient({
      accessToken: ACCOUNT.accessToken,
      baseUrl: world.simulator.baseUrl,
    });
    return { ...world, client };
  }

  test('V8 places a call, reads its webhooks and ends it', async () => {
    const { client, endpoint } = await open();
    const { permission } = await client.calls.permissions.get({
      phoneNumberId,
      userWaId: ANA.waId,
    });
    expect(permission.status).toBe('permanent');
    const sdp = await openPeer().offer();
    const placed = await client.calls.connect({
      phoneNumberId,
      to: ANA.waId,
      session: { sdpType: 'offer', sdp },
      bizOpaqueCallbackData: 'order-1',
    });
    const callId = placed.calls?.[0]?.id ?? '';
    expect(callId).toMatch(/^wacid\./);
    await endpoint.next(isStatus('ACCEPTED'));
    expect(await client.calls.terminate({ phoneNumberId, callId })).toMatchObject({
      success: true,
    });
    await endpoint.next(isEvent('terminate'));
    const read = endpoint.received.map(({ body, signature }) => {
      const { appSecret } = ACCOUNT;
      expect(verifySignature({ appSecret, rawBody: body, signatureHeader: signature })).toBe(true);
      return normalizeWebhook(JSON.parse(body));
    });
    expect(read.flatMap(({ calls }) => calls).map(({ event }) => event)).toEqual([
      'connect',
      'terminate',
    ]);
    expect(read.every(({ contacts }) => contacts[0]?.waId === ANA.waId)).toBe(true);
  });

  test('V8 pre-accepts, accepts and rejects calls that come in', async () => {
    const { client, simulator } = await open();
    const { callId, offerSdp } = await simulator.startCall({ customer: ANA });
    const session = { sdpType: 'answer', sdp: await openPeer().answer(offerSdp) };
    for (const step of ['preAccept', 'accept'] as const) {
      expect(await client.calls[step]({ phoneNumberId, callId, session })).toMatchObject({
        success: true,
      });
    }
    const other = await simulator.startCall({ customer: { waId: '5511987654321', name: 'Bia' } });
    expect(await client.calls.reject({ phoneNumberId, callId: other.callId })).toMatchObject({
      success: true,
    });
  });

  test('V8 lists templates by filter and page, and reads settings', async () => {
    const { client } = await open();
    const first = await client.templates.list({
      businessAccountId: wabaId,
      status: 'APPROVED',
      limit: 2,
    });
    expect(first.data).toHaveLength(2);
    const second = await client.templates.list({
      businessAccountId: wabaId,
      status: 'APPROVED',
      limit: 2,
      after: first.paging.cursors?.after ?? '',
    });
    expect(second.data).toHaveLength(1);
    const names = [...first.data, ...second.data].map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
    const named = await client.templates.list({ businessAccountId: wabaId, name: 'spring_sale' });
    expect(named.data).toMatchObject([{ name: 'spring_sale', parameterFormat: 'POSITIONAL' }]);
    const settings = await client.phoneNumbers.settings.get({ phoneNumberId });
    expect(settings).toMatchObject({ calling: { status: 'ENABLED' } });
  });
});

describe('whatsapp-api-js', () => {
  /** It knows only Graph's own address, but accepts a custom `fetch`. */
  async function open() {
    const world = await openSimulatedWorld(callable);
    const client = new WhatsAppAPI({
      token: ACCOUNT.accessToken,
      appSecret: ACCOUNT.appSecret,
      webhookVerifyToken: ACCOUNT.verifyToken,
      v: 'v25.0',
      ponyfill: {
        fetch: (input, init) => {
          const { pathname, search } = new URL(new Request(input).url);
          return fetch(`${world.simulator.baseUrl}${pathname}${search}`, init);
        },
      },
    });
    return { ...world, client };
  }

  test('V8 places a call, receives its webhooks and ends it', async () => {
    const { client, endpoint } = await open();
    const reported: string[] = [];
    client.on.call = {
      connect: ({ from, name }) => void reported.push(`connect ${from} ${name}`),
      status: ({ status, phone }) => void reported.push(`${status} ${phone}`),
      terminate: ({ call }) => void reported.push(`terminate ${call.status}`),
    };
    const placed = await client.initiateCall(
      phoneNumberId,
      ANA.waId,
      await openPeer().offer(),
      'order-1',
    );
    if ('error' in placed) throw new Error(placed.error.message);
    const { id } = placed.calls[0];
    await endpoint.next(isStatus('ACCEPTED'));
    expect(await client.terminateCall(phoneNumberId, id)).toMatchObject({ success: true });
    await endpoint.next(isEvent('terminate'));
    for (const { body, signature } of endpoint.received) {
      await client.post(JSON.parse(body), body, signature ?? '');
    }
    expect(reported).toEqual([
      `connect ${ANA.waId} ${ANA.name}`,
      `RINGING ${ANA.waId}`,
      `ACCEPTED ${ANA.waId}`,
      'terminate COMPLETED',
    ]);
  });

  test('V8 pre-accepts, accepts and rejects calls that come in', async () => {
    const { client, simulator } = await open();
    const { callId, offerSdp } = await simulator.startCall({ customer: ANA });
    const sdp = await openPeer().answer(offerSdp);
    const id = `wacid.${callId.slice('wacid.'.length)}` as const;
    expect(await client.preacceptCall(phoneNumberId, id, sdp)).toMatchObject({ success: true });
    expect(await client.acceptCall(phoneNumberId, id, sdp)).toMatchObject({ success: true });
    expect(await client.rejectCall(phoneNumberId, id)).toHaveProperty('error.code', 100);
  });
});

describe('@zernio/node', () => {
  test('V8 dials, watches, lists and reads a call', async () => {
    const { simulator, inbox } = await openReseller('zernio');
    const { zernioAccountId: accountId } = accounts.zernio;
    const zernio = new Zernio({ apiKey: 'sk_test', baseURL: `${simulator.baseUrl}/api` });
    const { whatsappcalling } = zernio;
    const config = await whatsappcalling.getWhatsAppCallingConfig({ query: { accountId } });
    expect(config.data).toMatchObject({ callingEnabled: true });
    const to = `+${ANA.waId}`;
    const may = await whatsappcalling.getWhatsAppCallPermissions({ query: { accountId, to } });
    expect(may.data?.permission?.status).toBe('temporary');
    expect(may.data?.permission?.expiration_time).toBeTypeOf('number');
    const costs = await whatsappcalling.getWhatsAppCallEstimate({ query: { accountId, to } });
    expect(costs.data?.breakdown?.totalCostUSD).toBeTypeOf('number');
    const placed = await whatsappcalling.initiateWhatsAppCall({ body: { accountId, to } });
    const id = placed.data?.callId ?? '';
    expect(placed.data).toMatchObject({ success: true, status: 'dialing' });
    const listed = await whatsappcalling.listWhatsAppCalls({ query: { accountId, limit: 1 } });
    expect(listed.data?.calls?.[0]).toMatchObject({ _id: id, direction: 'outbound' });
    await inbox.next(named('call.received'));
    const read = await whatsappcalling.getWhatsAppCall({ path: { id }, query: { accountId } });
    expect(read.data?.call).toMatchObject({ _id: id });
  });

  test('V8 receives a permission whose expiry is text', async () => {
    const { simulator, inbox, ask } = await openReseller('zernio', {
      customers: [{ ...ANA, onPermissionRequest: 'accept', serviceWindow: 'open' }],
    });
    const action = 'send_call_permission_request';
    await ask('POST', '/calls', { accountId: 'acc_1', to: ANA.waId, action, bodyText: 'May we?' });
    expect(simulator.baseUrl).toBeDefined();
    const { body } = await inbox.next(named('call.permission_request'));
    expect(body['permission']).toMatchObject({ expirationTimestamp: expect.any(String) });
  });
});

describe('the requests of pywa and set-up tools', () => {
  test('V8 read the number, its WABA’s numbers, subscriptions and the token', async () => {
    const { simulator } = await openSimulatedWorld();
    const get = async (path: string, method = 'GET'): Promise<unknown> => {
      const answer = await fetch(`${simulator.baseUrl}/v25.0/${path}`, {
        method,
        headers: { authorization: `Bearer ${ACCOUNT.accessToken}` },
      });
      return answer.json();
    };
    expect(await get(phoneNumberId)).toMatchObject({
      id: phoneNumberId,
      display_phone_number: ACCOUNT.displayPhoneNumber,
      verified_name: expect.any(String),
    });
    expect(await get(`${phoneNumberId}?fields=verified_name`)).toEqual({
      id: phoneNumberId,
      verified_name: expect.any(String),
    });
    expect(await get(`${wabaId}/phone_numbers`)).toMatchObject({ data: [{ id: phoneNumberId }] });
    expect(await get(`${wabaId}/subscribed_apps`, 'DELETE')).toEqual({ success: true });
    expect(await get(`${wabaId}/subscribed_apps`)).toEqual({ data: [] });
    expect(await get(`${wabaId}/subscribed_apps`, 'POST')).toEqual({ success: true });
    expect(await get(`${wabaId}/subscribed_apps`)).toMatchObject({
      data: [{ whatsapp_business_api_data: { id: expect.any(String) } }],
    });
    expect(await get(`debug_token?input_token=${ACCOUNT.accessToken}`)).toMatchObject({
      data: { is_valid: true, scopes: expect.arrayContaining(['whatsapp_business_messaging']) },
    });
    expect(await get('debug_token?input_token=another')).toMatchObject({
      data: { is_valid: false },
    });
  });

  test.each(['v19.0', 'v99.0', 'v23.7', 'v2'])('V8 reject Graph version %s', async (version) => {
    const { simulator } = await openSimulatedWorld();
    const answer = await fetch(`${simulator.baseUrl}/${version}/${phoneNumberId}/settings`, {
      headers: { authorization: `Bearer ${ACCOUNT.accessToken}` },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 2500 } });
  });
});
