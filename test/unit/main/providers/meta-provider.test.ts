import { describe, expect, test } from 'vitest';
import { createProvider } from '../../../../src/main/providers/index.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { scriptedServer, type Reply } from '../../../fakes/http-server.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { failureOf, valueOf } from './failure.ts';
import { accounts, adapterOf } from './numbers.ts';

const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
const callId = 'wacid.ABGGFjFVU2AfAgo6V-Hc5eCgK5Gh==';
const to = { waId: '14085551234' };
const ok = { status: 200, body: { messaging_product: 'whatsapp', success: true } };

const meta = (...replies: Reply[]) => adapterOf(accounts.meta, ...replies);

const graph = (code: number, details = '') => ({
  error: { code, message: 'm', error_data: { details } },
});

test('the announcement of a voicemail is uploaded as a form', async () => {
  const { provider, received } = await meta({ status: 200, body: { id: 1003383421387256 } });
  const sound = Buffer.from('OggS…\u0000\r\n--');
  expect(await valueOf(provider.uploadAnnouncement?.(new Uint8Array(sound)))).toEqual({
    mediaId: '1003383421387256',
  });
  const [request] = received;
  const form = await new Response(request?.body, {
    headers: { 'content-type': String(request?.headers['content-type']) },
  }).formData();
  expect(request?.url).toMatch(/\/media$/);
  expect(Object.fromEntries([...form].filter(([name]) => name !== 'file'))).toEqual({
    messaging_product: 'whatsapp',
    type: 'audio/ogg',
    use_case: 'call_voicemail_announcement',
  });
  const file = form.get('file');
  if (!(file instanceof File)) throw new Error('no file');
  expect([file.type, await file.text()]).toEqual(['audio/ogg', sound.toString()]);
});

describe('Meta answers', () => {
  test('have the id of a placed call', async () => {
    const { provider } = await meta({ status: 200, body: { calls: [{ id: callId, more: 1 }] } });
    expect(
      await valueOf(provider.calls.place({ to, sdp, callbackData: 'o', once: 'once' })),
    ).toEqual({
      providerCallId: callId,
    });
  });

  test('have a refusal’s code and message', async () => {
    const { provider } = await meta({ status: 401, body: graph(138006, 'ask first') });
    expect(
      await failureOf(provider.calls.place({ to, sdp, callbackData: 'o', once: 'once' })),
    ).toEqual({
      code: '138006',
      message: 'm',
      details: 'ask first',
      transient: false,
      provider: 'meta',
    });
  });

  test.each(['<html>', {}, { success: false }])('%j is rejected', async (body) => {
    const { provider } = await meta({ status: 200, body });
    expect(await failureOf(provider.calls.accept(callId, sdp))).toMatchObject({
      code: 'unreadable',
    });
  });

  test('ending a call that is over is no error', async () => {
    const { provider } = await meta({
      status: 400,
      body: graph(100, 'User already terminated: the call has ended'),
    });
    expect(await valueOf(provider.calls.terminate(callId))).toBe(true);
  });

  test('ending a call that never existed is an error', async () => {
    const { provider } = await meta({ status: 400, body: graph(100, 'Invalid call id') });
    expect(await failureOf(provider.calls.terminate(callId))).toMatchObject({ code: '100' });
  });

  test('a redirect does not get the token', async () => {
    const elsewhere = await scriptedServer(ok);
    const { provider } = await meta({
      status: 307,
      body: '',
      headers: { location: elsewhere.url },
    });
    expect(await failureOf(provider.calls.accept(callId, sdp))).toMatchObject({ code: 'network' });
    expect(elsewhere.received).toEqual([]);
  });
});

describe('Meta retries', () => {
  const busy = { status: 429, body: graph(138002) };
  const broken = { status: 500, body: graph(138004) };

  test('repeat a request that was rejected unprocessed', async () => {
    const { provider, received, log } = await meta(busy, ok);
    await valueOf(provider.calls.accept(callId, sdp));
    expect(received).toHaveLength(2);
    expect(log.at('warn')).toHaveLength(1);
  });

  test('never repeat an accept that may have arrived', async () => {
    for (const reply of [broken, 'break'] as const) {
      const { provider, received } = await meta(reply, ok);
      expect(await failureOf(provider.calls.accept(callId, sdp))).toMatchObject({
        transient: true,
      });
      expect(received).toHaveLength(1);
    }
  });

  test('repeat a terminate, and give up after three attempts', async () => {
    const { provider, received } = await meta(broken);
    expect(await failureOf(provider.calls.terminate(callId))).toMatchObject({ code: '138004' });
    expect(received).toHaveLength(3);
  });

  test('repeat after a refused connection, and name it', async () => {
    const { url } = await scriptedServer();
    const refused = new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    });
    let tries = 0;
    const provider = createProvider({ ...accounts.meta, apiBase: url }, 't', {
      fetch: () => {
        tries++;
        return Promise.reject(refused);
      },
      clock: new FakeClock(),
      log: new FakeLog(),
    });
    expect(await failureOf(provider.calls.accept(callId, sdp))).toEqual({
      code: 'network',
      message: 'ECONNREFUSED',
      transient: true,
      provider: 'meta',
    });
    expect(tries).toBe(3);
  });

  test(
    'fail an unanswered accept while the customer still waits',
    { timeout: 10_000 },
    async () => {
      const { provider, received } = await meta('never');
      expect(await failureOf(provider.calls.accept(callId, sdp))).toMatchObject({
        code: 'timeout',
      });
      expect(received).toHaveLength(1);
    },
  );
});
