import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../fakes/http-server.ts';
import { failureOf, valueOf } from './failure.ts';
import { accounts, adapterOf } from './numbers.ts';

const to = { waId: '14085551234' };
const placing = { to, callbackData: 'o', once: 'once' };
const ok = (body: unknown): Reply => ({ status: 200, body });
const zernio = (...replies: Reply[]) => adapterOf(accounts.zernio, ...replies);
const conflict: Reply = {
  status: 409,
  body: { error: 'No active call permission. Send a permission request first.' },
};
const mayCall = (can: boolean): Reply =>
  ok({
    permission: { status: can ? 'permanent' : 'no_permission' },
    actions: [{ action_name: 'start_call', can_perform_action: can }],
  });

describe('dialling with Zernio', () => {
  test('reports missing permission for a 409 without one', async () => {
    const { provider } = await zernio(conflict, mayCall(false));
    expect(await failureOf(provider.calls.place(placing))).toEqual({
      code: '138006',
      message: 'No active call permission. Send a permission request first.',
      transient: false,
      provider: 'zernio',
    });
  });

  test('waits for the same dial after a 409 with permission', async () => {
    const { provider, received } = await zernio(conflict, mayCall(true), ok({ callId: 'call_1' }));
    expect(await valueOf(provider.calls.place(placing))).toEqual({ providerCallId: 'call_1' });
    expect(received.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
  });

  test('does not wait forever', async () => {
    const { provider } = await zernio(conflict, mayCall(true), conflict, mayCall(true), conflict);
    expect(await failureOf(provider.calls.place(placing))).toMatchObject({
      code: 'dial-busy',
      transient: true,
    });
  });

  test('passes an unclear 409 on unchanged', async () => {
    const { provider } = await zernio(conflict, { status: 404, body: {} });
    expect(await failureOf(provider.calls.place(placing))).toMatchObject({ code: 'dial-409' });
  });

  test('retries with the same key after a lost connection', async () => {
    const { provider, received } = await zernio('break', ok({ callId: 'call_1' }));
    expect(await valueOf(provider.calls.place(placing))).toEqual({ providerCallId: 'call_1' });
    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual(['once', 'once']);
  });

  test.each(['+16315553601', 'ws://a.example', 'nonsense'])(
    'never dials %s, and says why',
    async (forwardTo) => {
      const { provider, received } = await zernio();
      const error = await failureOf(provider.calls.place({ ...placing, forwardTo }));
      expect(error.code).toBe('forward-to');
      expect(error.message).not.toBe('');
      expect(received).toEqual([]);
    },
  );
});

describe('Zernio calls that are answered elsewhere', () => {
  test('are ended at their destination', async () => {
    const { provider, received } = await zernio();
    for (const asked of [
      provider.calls.preAccept('call_1', ''),
      provider.calls.accept('call_1'),
      provider.calls.reject('call_1'),
      provider.calls.terminate('call_1'),
    ]) {
      expect(await failureOf(asked)).toMatchObject({ code: 'not-supported' });
    }
    expect(received).toEqual([]);
    expect(provider.capabilities).toMatchObject({
      path: 'external',
      hangUp: { missing: 'answered-at-destination' },
    });
  });

  test('are ended at our relay, without a request to Zernio', async () => {
    const { provider, received } = await adapterOf({ ...accounts.zernio, softphone: 'relay' });
    await valueOf(provider.calls.accept('call_1'));
    await valueOf(provider.calls.reject('call_1'));
    await valueOf(provider.calls.terminate('call_1'));
    expect(received).toEqual([]);
    expect(provider.capabilities).toMatchObject({
      path: 'streamed',
      accept: 'available',
      reject: 'available',
      hangUp: 'available',
      cost: 'available',
    });
  });
});

describe('the relay’s address in Zernio’s settings', () => {
  const address = 'wss://relay.example.com/v1/streams/zernio/support/';
  const relayAddress = `${address}a-secret-in-the-address`;
  const config = { phoneNumberDocId: 'doc_1', callingEnabled: true, forwardTo: relayAddress };
  const softphone = { account: { ...accounts.zernio, softphone: 'relay' as const }, relayAddress };

  test('is shown without its secret', async () => {
    const { provider } = await adapterOf(softphone, ok(config));
    const settings = await valueOf(provider.settings?.get());
    expect(settings?.forwarding?.to).toBe(`${address}…`);
    expect(JSON.stringify(settings)).not.toContain('a-secret');
  });

  test('is sent with this console’s secret', async () => {
    const elsewhere = { ...config, forwardTo: 'tel:+16315553602' };
    const { provider, received } = await adapterOf(softphone, ok(elsewhere));
    await valueOf(provider.settings?.set({ forwarding: { to: `${address}…` } }));
    expect(JSON.parse(received.at(-1)?.body ?? '')).toMatchObject({ forwardTo: relayAddress });
  });

  test('changes nothing where it is unknown', async () => {
    const { provider, received } = await zernio(ok(config));
    await valueOf(provider.settings?.set({ forwarding: { to: `${address}…`, recording: true } }));
    const body: unknown = JSON.parse(received.at(-1)?.body ?? '');
    expect(body).toMatchObject({ recordingEnabled: true });
    expect(body).not.toHaveProperty('forwardTo');
  });
});

describe('Zernio settings', () => {
  const config = {
    phoneNumberDocId: 'doc_1',
    callingEnabled: true,
    callDeepLink: 'https://wa.me/call/16315553601',
    forwardTo: 'sip:desk@pbx.example.com',
    recordingEnabled: true,
    sipAuthUsername: 'desk',
    sipAuthPasswordConfigured: true,
    callIconCountries: ['BR'],
    maxCallDurationSeconds: 3600,
    forwardCallerId: 'caller',
    outboundDisabled: true,
  };

  test('are read as shown', async () => {
    const { provider } = await zernio(ok(config));
    expect(await valueOf(provider.settings?.get())).toEqual({
      calling: true,
      iconCountries: ['BR'],
      forwarding: {
        to: 'sip:desk@pbx.example.com',
        recording: true,
        sipUsername: 'desk',
        sipPasswordSet: true,
        maxCallSeconds: 3600,
        callerId: 'caller',
      },
      deepLink: 'https://wa.me/call/16315553601',
      outboundDisabled: true,
    });
  });

  test('send a change and switching off as two requests', async () => {
    const { provider, received } = await zernio(ok(config), ok({}), ok({}));
    await valueOf(provider.settings?.set({ calling: false, forwarding: { recording: false } }));
    expect(received.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'DELETE']);
  });

  test.each([{}, { calling: true }, { forwarding: {} }])(
    'send nothing when nothing changes: %j',
    async (change) => {
      const { provider, received } = await zernio(ok(config));
      await valueOf(provider.settings?.set(change));
      expect(received.map(({ method }) => method)).toEqual(['GET']);
    },
  );

  test('refuse a change with an unsupported part, and name it', async () => {
    const { provider, received } = await zernio(ok(config));
    const change = { calling: false, hours: null, iconVisible: false };
    expect(await failureOf(provider.settings?.set(change))).toMatchObject({
      code: 'not-supported',
      message: 'Zernio cannot set this: whether the call button is shown, call hours.',
    });
    expect(received).toEqual([]);
  });

  test('refuse calling without a destination', async () => {
    const { provider, received } = await zernio(
      ok({ ...config, callingEnabled: false, forwardTo: null }),
    );
    const asked = provider.settings?.set({ calling: true });
    expect(await failureOf(asked)).toMatchObject({ code: 'forward-to' });
    expect(received).toHaveLength(1);
  });

  test('refuse to forward a number to itself', async () => {
    const { provider, received } = await zernio(ok(config));
    const forwarding = { to: 'tel:+1 631 555 3601' };
    const asked = provider.settings?.set({ forwarding });
    expect(await failureOf(asked)).toMatchObject({ code: 'forward-to' });
    expect(received).toEqual([]);
  });

  test('name an account without a number', async () => {
    const { provider } = await zernio(ok({ callingEnabled: false }));
    const asked = provider.settings?.set({ calling: true });
    expect(await failureOf(asked)).toMatchObject({ code: 'config-404' });
  });
});

describe('Zernio reads', () => {
  const call = (id: string, more: object = {}) => ({
    _id: id,
    direction: 'inbound',
    from: '+14085551234',
    to: '+16315553601',
    status: 'ended',
    endReason: 'hangup',
    startedAt: `2026-11-22T09:00:0${id}.000Z`,
    endedAt: '2026-11-22T09:02:00.000Z',
    durationSeconds: 60,
    billing: { billableCostUSD: 0.0672, metaCostUSD: 0 },
    ...more,
  });

  test('read all pages, oldest first, and a call on two pages once', async () => {
    const { provider } = await zernio(
      ok({ calls: [call('3'), call('2')], nextCursor: 'c' }),
      ok({ calls: [call('2'), call('1')], nextCursor: null }),
    );
    const found = await valueOf(provider.reads?.callsSince(0));
    expect(found.map(([first]) => first?.providerCallId)).toEqual(['1', '2', '3']);
    expect(found[0]?.map(({ event }) => event.kind)).toEqual(['announced', 'terminated']);
    expect(found[0]?.[1]).toMatchObject({
      accountId: 'support',
      event: { bill: { billable: '0.0672', meta: '0' } },
    });
  });

  test('end at a cursor that leads nowhere', async () => {
    const { provider, received } = await zernio(ok({ calls: [], nextCursor: 'c' }));
    expect(await valueOf(provider.reads?.callsSince(0))).toEqual([]);
    expect(received).toHaveLength(2);
  });

  test('include an answered call that goes on', async () => {
    const going = { status: 'answered', answeredAt: '2026-11-22T09:00:05.000Z', endedAt: null };
    const { provider } = await zernio(ok({ call: call('1', { direction: 'outbound', ...going }) }));
    expect((await valueOf(provider.reads?.call('1')))?.map(({ event }) => event)).toMatchObject([
      { kind: 'announced', direction: 'outbound' },
      { kind: 'status', status: 'accepted', at: Date.UTC(2026, 10, 22, 9, 0, 5) },
    ]);
  });
});

describe('a Zernio cost estimate', () => {
  test('has the provider’s own amounts', async () => {
    const breakdown = { billableCostUSD: 0.06, metaCostUSD: 0.03, totalCostUSD: 0.09 };
    const { provider } = await zernio(
      ok({ destinationCountry: 'US', perMinuteUsd: 0.02, breakdown }),
    );
    expect(await valueOf(provider.estimate?.(to, 3))).toMatchObject({
      perMinute: '0.02',
      bill: { billable: '0.06', meta: '0.03', total: '0.09' },
    });
  });
});
