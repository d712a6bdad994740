import { describe, expect, it } from 'vitest';
import { RelayedCallWorld, CUSTOMER_HZ, HZ } from './relayed-call-world.ts';
import { offer, sign } from './harness.ts';

const world = new RelayedCallWorld({ apart: true, policy: { transferSeconds: 8 } });
const hz = (id: string) => HZ[id] ?? 0;

describe('a relay with a full disk', () => {
  it('B7 lets calls ring, be claimed, transferred and ended, and stores them when it can', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const before = await world.talk(ana);
    world.fillDisk();
    // A live call is transferred to a teammate, who ends it.
    expect(await ana.console.transfer(before, 'ben')).toEqual({ kind: 'granted' });
    const { callOffer } = await ben.console.entry('call-offer');
    await ben.bringLeg(callOffer.callOfferId);
    expect(await ben.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(before, hz('ben')), ben.hears(CUSTOMER_HZ)]);
    expect(await ben.console.hangUp(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    expect(await world.ended(before)).toMatchObject({ by: 'business' });
    // A new one rings, is answered and ended.
    const during = await world.talk(ana);
    expect(await ana.console.hangUp(during)).toEqual({ kind: 'granted' });
    expect(await world.ended(during)).toMatchObject({ by: 'business' });
    const back = world.logged('store.back');
    world.fillDisk(false);
    await back;
    await world.stopRelay('SIGKILL');
    await world.startRelay();
    const again = await world.join('ana');
    expect(await again.console.claim(during)).toMatchObject({ kind: 'refused', why: 'ended' });
  });

  it('B7 never acknowledges a webhook that it did not store', async () => {
    const ana = await world.join('ana');
    world.fillDisk();
    const body = JSON.stringify(offer('wacid.full'));
    const deliver = () =>
      fetch(`${world.url}/webhooks/meta/main`, {
        method: 'POST',
        headers: { 'x-hub-signature-256': sign(body) },
        body,
      });
    const refused = await deliver();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'not-stored' } });
    await ana.console.entry('provider');
    expect((await deliver()).status).toBe(503);
    const back = world.logged('store.back');
    world.fillDisk(false);
    await back;
    const taken = await deliver();
    expect(taken.status).toBe(200);
    expect(await taken.json()).toMatchObject({ added: 0 });
  });
});

describe('a relay whose log output is blocked', () => {
  it('B7 keeps working', async () => {
    const ana = await world.join('ana');
    world.breakLog();
    const callId = await world.talk(ana);
    expect(await ana.console.hangUp(callId)).toEqual({ kind: 'granted' });
    await world.ended(callId);
  });
});
