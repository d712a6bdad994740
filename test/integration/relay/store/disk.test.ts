import { describe, expect, it } from 'vitest';
import { RelayedCallWorld, CUSTOMER_HZ, HZ } from '../relayed-call-world.ts';
import { offer, sign } from '../harness.ts';

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

describe('a relay that is killed with a full disk', () => {
  it('sends consoles that heard what was lost all that comes after, and says so', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const deliver = async (id: string) => {
      const body = JSON.stringify(offer(id));
      const headers = { 'x-hub-signature-256': sign(body) };
      return (await fetch(`${world.url}/webhooks/meta/main`, { method: 'POST', headers, body }))
        .status;
    };
    const hears = (machine: typeof ana, id: string) =>
      machine.console.first(
        'entry',
        ({ body }) => body.type === 'provider' && body.providerCallId === id,
      );
    expect(await deliver('wacid.stored')).toBe(200);
    await Promise.all([hears(ana, 'wacid.stored'), hears(ben, 'wacid.stored')]);
    world.fillDisk();
    expect(await deliver('wacid.in-memory')).toBe(503);
    const places = await Promise.all(
      [ana, ben].map(async (machine) => {
        const { cursor } = await hears(machine, 'wacid.in-memory');
        return { epoch: machine.console.welcome.epoch, cursor };
      }),
    );
    await world.stopRelay('SIGKILL');
    await world.startRelay();

    const back = await world.join('ana', {}, places[0]);
    expect(back.console.welcome).toMatchObject({ complete: true, from: places[0]?.cursor });
    expect(await deliver('wacid.in-memory')).toBe(200);
    await hears(back, 'wacid.in-memory');
    // Ben is away until the disk was full, and the relay killed, once more.
    world.fillDisk();
    expect(await deliver('wacid.in-memory-2')).toBe(503);
    await hears(back, 'wacid.in-memory-2');
    await world.stopRelay('SIGKILL');
    await world.startRelay();
    expect(await deliver('wacid.after')).toBe(200);
    const late = await world.join('ben', {}, places[1]);
    expect(late.console.welcome.complete).toBe(true);
    await hears(late, 'wacid.after');
    const heard = late.console
      .all('entry')
      .flatMap(({ body }) => (body.type === 'provider' ? [body.providerCallId] : []));
    expect(heard).toEqual(['wacid.in-memory', 'wacid.after']);
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
