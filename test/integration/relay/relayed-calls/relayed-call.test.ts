import { describe, expect, it } from 'vitest';
import { RelayedCallWorld, CUSTOMER, CUSTOMER_HZ, HZ, OTHER } from '../relayed-call-world.ts';

const world = new RelayedCallWorld();

describe('a relayed call', () => {
  it('rings without an SDP, is accepted with the SDP of its pre-accept, and talks both ways', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring(ana);
    const { body } = await ana.console.first('entry');
    expect(body).toMatchObject({ path: 'relayed', event: { kind: 'offer' } });
    expect(body).not.toHaveProperty('event.sdp');
    await world.simulator.waitFor(() => world.report(callId)?.preAcceptedAt);
    await ana.bringLeg(callId);
    expect(await ana.console.claim(callId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, HZ['ana'] ?? 0), ana.hears(CUSTOMER_HZ)]);
    await ana.console.call(({ state, legs }) => state === 'talking' && legs.agent !== undefined);
    expect(world.report(callId)).toMatchObject({ violations: [], media: { earlyPackets: 0 } });

    expect(await ana.console.hangUp(callId)).toEqual({ kind: 'granted' });
    expect(await world.ended(callId)).toMatchObject({ by: 'business', reason: 'hung-up' });
    expect(await ana.console.entry('ended')).toMatchObject({ by: { id: 'ana' }, why: 'hung-up' });
    await ana.console.call(({ state }) => state === 'ended');
    const provider = await ana.console.entry('provider', (one) => one.event.kind === 'terminated');
    expect(provider.path).toBe('relayed');
  });

  it('shows DTMF, presence and hold live', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const { callId } = await world.simulator.startCall({
      customer: { waId: CUSTOMER.waId },
      kind: 'tone',
      hz: CUSTOMER_HZ,
      digits: [{ digit: '7', atMs: 100 }],
    });
    const id = `main/${callId}`;
    await ana.console.first('ringing');
    await ana.bringLeg(id);
    await ana.console.claim(id);
    await ben.console.sees('ana', 'on-call');
    expect(await ana.console.entry('dtmf')).toMatchObject({ callId: id, digit: '7' });
    await ana.console.call(({ dtmf }) => dtmf === '7');
    await ana.console.hold(id);
    await world.customerHearsHold(id);
    await ana.console.call(({ state }) => state === 'on-hold');
    await ana.console.resume(id);
    await world.customerHears(id, HZ['ana'] ?? 0);
    world.simulator.hangUp(callId);
    await ben.console.sees('ana', 'available');
    await ana.console.call(({ state }) => state === 'ended');
  });

  it('rings on for the others when the provider refuses the accept', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.ring(ana);
    world.simulator.setFaults({ api: { fail: { accept: { code: 138004, times: 1 } } } });
    const refusal = { kind: 'refused', why: 'provider', error: { code: '138004' } };
    expect(await ana.console.claim(callId)).toMatchObject(refusal);
    await ben.console.entry('released');
    await ben.console.ringing(callId, ['ana', 'ben']);
    expect(await ben.console.claim(callId)).toMatchObject({ kind: 'granted' });
  });

  it('is rejected at the provider by the relay when everybody declines', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.ring(ana);
    expect(await ana.console.decline(callId)).toEqual({ kind: 'declined', last: false });
    await ben.console.ringing(callId, ['ben']);
    await ben.console.decline(callId);
    expect(await world.ended(callId)).toMatchObject({ by: 'business', reason: 'rejected' });
    expect(await ana.console.entry('ended')).toMatchObject({ why: 'declined', by: { id: 'ben' } });
  });

  it('places a call to a customer', async () => {
    const ana = await world.join('ana');
    const outcome = await ana.console.place('out/1', CUSTOMER.waId);
    expect(outcome).toMatchObject({ kind: 'placed' });
    await ana.bringLeg('out/1');
    await ana.console.call(({ state }) => state === 'talking');
    await ana.hears(CUSTOMER_HZ);
    await ana.console.hangUp('out/1');
    await world.simulator.waitFor(() => world.simulator.calls()[0]?.phase === 'ended');
  });

  it('W5 F12 connects when its answer precedes the response to our request and lacks our callback data', async () => {
    world.simulator.setFaults({
      webhooks: { connectBeforeResponse: true, withoutCallbackData: true, copies: 1 },
    });
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const placing = Promise.all([
      ana.console.place('out/1', CUSTOMER.waId),
      ben.console.place('out/2', OTHER.waId),
    ]);
    expect(await placing).toMatchObject([{ kind: 'placed' }, { kind: 'placed' }]);
    for (const [machine, callId] of [
      [ana, 'out/1'],
      [ben, 'out/2'],
    ] as const) {
      await machine.bringLeg(callId);
      await machine.console.call((call) => call.callId === callId && call.state === 'talking');
      await machine.hears(CUSTOMER_HZ);
    }
  });

  it('W5 F12 connects when only its webhooks came, and never the response to our request', async () => {
    world.simulator.setFaults({ webhooks: { responseLost: true } });
    const ana = await world.join('ana');
    expect(await ana.console.place('out/1', CUSTOMER.waId)).toMatchObject({ kind: 'placed' });
    await ana.bringLeg('out/1');
    await ana.console.call(({ state }) => state === 'talking');
  });
});
