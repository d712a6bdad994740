import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../fakes/http-server.ts';
import { failureOf, valueOf } from './failure.ts';
import { accounts, adapterOf } from './numbers.ts';

const to = { waId: '14085551234' };
const placing = { to, sdp: '', callbackData: 'o', once: 'once' };
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

describe('dialling', () => {
  test('a 409 without permission means that it is missing', async () => {
    const { provider } = await zernio(conflict, mayCall(false));
    expect(await failureOf(provider.calls.place(placing))).toEqual({
      code: '138006',
      message: 'No active call permission. Send a permission request first.',
      transient: false,
      provider: 'zernio',
    });
  });

  test('a 409 with permission means that the same dial is still at work, and is waited for', async () => {
    const { provider, received } = await zernio(conflict, mayCall(true), ok({ callId: 'call_1' }));
    expect(await valueOf(provider.calls.place(placing))).toEqual({ providerCallId: 'call_1' });
    expect(received.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
  });

  test('but not for ever', async () => {
    const { provider } = await zernio(conflict, mayCall(true), conflict, mayCall(true), conflict);
    expect(await failureOf(provider.calls.place(placing))).toMatchObject({
      code: 'dial-busy',
      transient: true,
    });
  });

  test('a 409 that cannot be told apart stays what it is', async () => {
    const { provider } = await zernio(conflict, { status: 404, body: {} });
    expect(await failureOf(provider.calls.place(placing))).toMatchObject({ code: 'dial-409' });
  });

  test('is tried again with the same key when the line broke', async () => {
    const { provider, received } = await zernio('break', ok({ callId: 'call_1' }));
    expect(await valueOf(provider.calls.place(placing))).toEqual({ providerCallId: 'call_1' });
    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual(['once', 'once']);
  });

  test.each(['+16315553601', 'ws://a.example', 'nonsense'])(
    'never to %s, and says why',
    async (forwardTo) => {
      const { provider, received } = await zernio();
      const error = await failureOf(provider.calls.place({ ...placing, forwardTo }));
      expect(error.code).toBe('forward-to');
      expect(error.message).not.toBe('');
      expect(received).toEqual([]);
    },
  );
});

describe('calls are taken and ended elsewhere', () => {
  test('at their destination', async () => {
    const { provider, received } = await zernio();
    for (const asked of [
      provider.calls.preAccept('call_1', ''),
      provider.calls.accept('call_1', ''),
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

  test('or at our relay, and Zernio is told nothing of it', async () => {
    const { provider, received } = await adapterOf({ ...accounts.zernio, softphone: 'relay' });
    await valueOf(provider.calls.accept('call_1', ''));
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

describe('the relay’s address in the settings', () => {
  const address = 'wss://relay.example.com/v1/streams/zernio/support/';
  const relayAddress = `${address}a-secret-in-the-address`;
  const config = { phoneNumberDocId: 'doc_1', callingEnabled: true, forwardTo: relayAddress };
  const softphone = { account: { ...accounts.zernio, softphone: 'relay' as const }, relayAddress };

  test('is told without its secret', async () => {
    const { provider } = await adapterOf(softphone, ok(config));
    const settings = await valueOf(provider.settings?.get());
    expect(settings?.forwarding?.to).toBe(`${address}…`);
    expect(JSON.stringify(settings)).not.toContain('a-secret');
  });

  test('gets its secret back where it is this console’s own', async () => {
    const elsewhere = { ...config, forwardTo: 'tel:+16315553602' };
    const { provider, received } = await adapterOf(softphone, ok(elsewhere));
    await valueOf(provider.settings?.set({ forwarding: { to: `${address}…` } }));
    expect(JSON.parse(received.at(-1)?.body ?? '')).toMatchObject({ forwardTo: relayAddress });
  });

  test('changes nothing where it is not known', async () => {
    const { provider, received } = await zernio(ok(config));
    await valueOf(provider.settings?.set({ forwarding: { to: `${address}…`, recording: true } }));
    const body: unknown = JSON.parse(received.at(-1)?.body ?? '');
    expect(body).toMatchObject({ recordingEnabled: true });
    expect(body).not.toHaveProperty('forwardTo');
  });
});

describe('settings', () => {
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

  test('as they are shown', async () => {
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

  test('a change and switching off are two requests', async () => {
    const { provider, received } = await zernio(ok(config), ok({}), ok({}));
    await valueOf(provider.settings?.set({ calling: false, forwarding: { recording: false } }));
    expect(received.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'DELETE']);
  });

  test.each([{}, { calling: true }, { forwarding: {} }])(
    'nothing is sent when nothing changes: %j',
    async (change) => {
      const { provider, received } = await zernio(ok(config));
      await valueOf(provider.settings?.set(change));
      expect(received.map(({ method }) => method)).toEqual(['GET']);
    },
  );

  test('what Zernio does not have is refused as a whole, and named', async () => {
    const { provider, received } = await zernio(ok(config));
    const change = { calling: false, hours: null, iconVisible: false };
    expect(await failureOf(provider.settings?.set(change))).toMatchObject({
      code: 'not-supported',
      message: 'Zernio cannot set this: whether the call button is shown, call hours.',
    });
    expect(received).toEqual([]);
  });

  test('calls cannot be switched on without a destination', async () => {
    const { provider, received } = await zernio(
      ok({ ...config, callingEnabled: false, forwardTo: null }),
    );
    const asked = provider.settings?.set({ calling: true });
    expect(await failureOf(asked)).toMatchObject({ code: 'forward-to' });
    expect(received).toHaveLength(1);
  });

  test('a number is never forwarded to itself', async () => {
    const { provider, received } = await zernio(ok(config));
    const forwarding = { to: 'tel:+1 631 555 3601' };
    const asked = provider.settings?.set({ forwarding });
    expect(await failureOf(asked)).toMatchObject({ code: 'forward-to' });
    expect(received).toEqual([]);
  });

  test('an account without a number is named', async () => {
    const { provider } = await zernio(ok({ callingEnabled: false }));
    const asked = provider.settings?.set({ calling: true });
    expect(await failureOf(asked)).toMatchObject({ code: 'config-404' });
  });
});

describe('reads', () => {
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

  test('all pages, oldest first, and a call on two pages once', async () => {
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

  test('a cursor that leads nowhere ends the reading', async () => {
    const { provider, received } = await zernio(ok({ calls: [], nextCursor: 'c' }));
    expect(await valueOf(provider.reads?.callsSince(0))).toEqual([]);
    expect(received).toHaveLength(2);
  });

  test('an answered call that goes on', async () => {
    const going = { status: 'answered', answeredAt: '2026-11-22T09:00:05.000Z', endedAt: null };
    const { provider } = await zernio(ok({ call: call('1', { direction: 'outbound', ...going }) }));
    expect((await valueOf(provider.reads?.call('1')))?.map(({ event }) => event)).toMatchObject([
      { kind: 'announced', direction: 'outbound' },
      { kind: 'status', status: 'accepted', at: Date.UTC(2026, 10, 22, 9, 0, 5) },
    ]);
  });
});

describe('what a call would cost', () => {
  test('in the provider’s own figures', async () => {
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
