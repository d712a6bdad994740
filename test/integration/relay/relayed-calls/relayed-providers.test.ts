import { describe, expect, it } from 'vitest';
import {
  RelayedCallWorld,
  CUSTOMER,
  CUSTOMER_HZ,
  d360Number,
  HZ,
  pilotNumber,
} from '../relayed-call-world.ts';

describe.each([
  ['360dialog', d360Number],
  ['Pilot Status', pilotNumber],
])('a relayed number at %s', (_, number) => {
  const world = new RelayedCallWorld({ number });

  it('rings without an SDP, and talks both ways until hung up', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.ring(ana);
    await ben.console.ringing(callId, ['ana', 'ben']);
    const offer = await ana.console.entry('provider', ({ event }) => event.kind === 'offer');
    expect(offer).toMatchObject({ path: 'relayed' });
    expect(offer).not.toHaveProperty('event.sdp');
    await ana.bringLeg(callId);
    expect(await ana.console.claim(callId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, HZ['ana'] ?? 0), ana.hears(CUSTOMER_HZ)]);
    expect(world.report(callId)).toMatchObject({ violations: [], media: { earlyPackets: 0 } });
    await ana.console.hangUp(callId);
    expect(await world.ended(callId)).toMatchObject({ by: 'business', reason: 'hung-up' });
  });

  it('rejects the call at the provider when everybody declines', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring(ana);
    await ana.console.decline(callId);
    expect(await world.ended(callId)).toMatchObject({ by: 'business', reason: 'rejected' });
  });

  it('calls a customer', async () => {
    const ana = await world.join('ana');
    expect(await ana.console.place('out/1', CUSTOMER.waId)).toMatchObject({ kind: 'placed' });
    await ana.bringLeg('out/1');
    await ana.console.call(({ state }) => state === 'talking');
    await ana.hears(CUSTOMER_HZ);
    await ana.console.hangUp('out/1');
    await world.simulator.waitFor(() => world.simulator.calls()[0]?.phase === 'ended');
  });
});
