import { describe, expect, it } from 'vitest';
import { RelayedCallWorld } from '../relayed-call-world.ts';
import { offer, post } from '../harness.ts';

const world = new RelayedCallWorld({ apart: true });

describe('a media process that dies', () => {
  it('ends its calls at the provider, and notifies the consoles', async () => {
    const ana = await world.join('ana');
    const callId = await world.talk(ana);
    world.killMedia();
    // Silence, or the provider, would be another reason.
    expect(await ana.console.entry('ended')).toMatchObject({ callId, why: 'media-gone' });
    await ana.console.call(({ state }) => state === 'ended');
    expect(await world.ended(callId)).toEqual({ by: 'business', reason: 'hung-up' });
    await ana.console.sees('ana', 'available');
  });

  it('during a ring has its call rejected at the provider and cleared everywhere, and the next call works', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.ring(ana);
    await world.simulator.waitFor(() => world.report(callId)?.preAcceptedAt);
    world.killMedia();
    for (const { console } of [ana, ben]) {
      expect(await console.entry('ended')).toMatchObject({ callId, why: 'media-gone' });
    }
    expect(await ana.console.claim(callId)).toMatchObject({ kind: 'refused', why: 'ended' });
    expect(await world.ended(callId)).toEqual({ by: 'business', reason: 'rejected' });
    await world.simulator.waitFor(() =>
      world.simulator.calls().every(({ phase }) => phase === 'ended'),
    );

    const next = await world.talk(ana);
    await ana.console.hangUp(next);
    await world.ended(next);
  });
});

describe('a customer whose media is gone for good', () => {
  it('while it rings is rejected, because nobody could be heard', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring(ana);
    await world.simulator.waitFor(() => world.report(callId)?.preAcceptedAt);
    await world.simulator.waitFor(() => world.report(callId)?.media.connected);
    world.simulator.cutAudio(world.report(callId)?.callId ?? '');
    expect(await ana.console.entry('ended')).toMatchObject({ callId, why: 'media-gone' });
    expect(await world.ended(callId)).toEqual({ by: 'business', reason: 'rejected' });
  });
});

describe('an offer that cannot be answered', () => {
  it('rejects the call at the provider', async () => {
    const ana = await world.join('ana');
    await post(world.url, offer('wacid.odd'));
    expect(await ana.console.entry('ended')).toMatchObject({
      callId: 'main/wacid.odd',
      why: 'media-gone',
    });
    await world.simulator.waitFor(() =>
      world.simulator.requests().some(({ action }) => action === 'reject'),
    );
  });
});
