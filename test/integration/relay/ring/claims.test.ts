import { describe, expect, it } from 'vitest';
import { RESERVATION_GRACE_MS } from '../../../../src/relay/ring/held-calls.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld();
const granted = { kind: 'granted' };
const agent = (id: string) => ({ id, name: `Agent ${id}` });

describe('who can take a ringing call', () => {
  it('sends every console who can take a ringing call at every change', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    expect(await ana.ringing(callId, ['ana'])).toMatchObject({ soleCandidate: true });
    const bea = await world.join('bea');
    expect(await ana.ringing(callId, ['ana', 'bea'])).toMatchObject({ soleCandidate: false });
    expect(await bea.ringing(callId, ['ana', 'bea'])).toMatchObject({ soleCandidate: false });
    ana.send({ type: 'presence', presence: 'on-call' });
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: true });
    expect(await ana.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: false });
    ana.send({ type: 'presence', presence: 'available' });
    await bea.ringing(callId, ['ana', 'bea']);
    await bea.decline(callId);
    expect(await ana.ringing(callId, ['ana'])).toMatchObject({ soleCandidate: true });
    await bea.close();
    await world.join('caio', { presence: 'dnd' });
    await world.join('dora');
    await ana.ringing(callId, ['ana', 'dora']);
  });

  it('sends ringing frames only after the offer, never for old or ended calls', async () => {
    const ana = await world.join('ana');
    const old = await world.ring('wacid.old');
    await ana.ringing(old, ['ana']);
    world.clock.advance(61_000);
    const ended = await world.ring('wacid.ended');
    await world.end('wacid.ended');
    const bea = await world.join('bea');
    const open = await world.ring('wacid.open');
    await bea.ringing(open, ['ana', 'bea']);
    expect(bea.all('ringing').every(({ callId }) => callId === open)).toBe(true);
    const at = (callId: string) =>
      ana.frames.findIndex((frame) => frame.type === 'ringing' && frame.callId === callId);
    const entry = ana.frames.findIndex(
      (frame) =>
        frame.type === 'entry' &&
        frame.body.type === 'provider' &&
        frame.body.providerCallId === 'wacid.open',
    );
    expect(at(open)).toBeGreaterThan(entry);
    expect(await ana.claim(ended)).toEqual({ kind: 'refused', why: 'ended' });
  });
});

describe('a reservation', () => {
  it('is granted to the only eligible agent and excludes the others', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    expect(await ana.reserve(callId)).toEqual(granted);
    expect(await ana.reserve(callId)).toEqual(granted);
    const bea = await world.join('bea');
    await bea.ringing(callId, ['ana']);
    const reserved = { kind: 'refused', why: 'reserved', by: agent('ana') };
    expect(await bea.reserve(callId)).toEqual(reserved);
    expect(await bea.claim(callId)).toEqual(reserved);
    expect(await bea.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(await ana.claim(callId)).toEqual(granted);
  });

  it('is refused while other agents are eligible, or the agent is not', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    const callId = await world.ring('wacid.1');
    expect(await ana.reserve(callId)).toEqual({ kind: 'refused', why: 'others' });
    bea.send({ type: 'presence', presence: 'on-call' });
    expect(await bea.reserve(callId)).toEqual({ kind: 'refused', why: 'others' });
    expect(await ana.reserve(callId)).toEqual(granted);
    expect(await ana.reserve('main/none')).toEqual({ kind: 'refused', why: 'unknown' });
  });

  it('ends when its console declines; then others can accept the call', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await ana.reserve(callId);
    const bea = await world.join('bea');
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: true });
    expect(await bea.reserve(callId)).toEqual(granted);
  });

  it('is kept for a console that reconnects, even to a restarted relay', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea', { presence: 'on-call' });
    const callId = await world.ring('wacid.1');
    await ana.reserve(callId);
    ana.terminate();
    await bea.ringing(callId, []);
    world.clock.advance(RESERVATION_GRACE_MS - 1);
    expect(await bea.claim(callId)).toMatchObject({ why: 'reserved' });
    await world.restart();
    const again = await world.join('ana');
    world.clock.advance(RESERVATION_GRACE_MS + 1);
    const caio = await world.join('caio');
    expect(await caio.claim(callId)).toMatchObject({ why: 'reserved' });
    expect(await again.claim(callId)).toEqual(granted);
  });

  it('is dropped when the console stays away', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea', { presence: 'on-call' });
    const callId = await world.ring('wacid.1');
    await ana.reserve(callId);
    bea.send({ type: 'presence', presence: 'available' });
    ana.terminate();
    await bea.ringing(callId, []);
    world.clock.advance(RESERVATION_GRACE_MS);
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: true });
    expect(await bea.claim(callId)).toEqual(granted);
  });
});

describe('a claim', () => {
  it('is granted once; the winner may repeat it, the others learn who won', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    const callId = await world.ring('wacid.1');
    expect(await ana.claim(callId)).toEqual(granted);
    expect(await ana.claim(callId)).toEqual(granted);
    const taken = { kind: 'refused', why: 'taken', by: agent('ana') };
    expect(await bea.claim(callId)).toEqual(taken);
    expect(await bea.reserve(callId)).toEqual(taken);
    expect(await bea.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(bea.all('entry').map(({ body }) => body.type)).toEqual(['provider', 'claimed']);
  });

  it('is granted to an agent who is not eligible', async () => {
    await world.join('ana');
    const bea = await world.join('bea', { presence: 'dnd' });
    expect(await bea.claim(await world.ring('wacid.1'))).toEqual(granted);
  });

  it('is refused for a call that is over or was never offered', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await world.end('wacid.1');
    expect(await ana.claim(callId)).toEqual({ kind: 'refused', why: 'ended' });
    expect(await ana.claim('main/none')).toEqual({ kind: 'refused', why: 'unknown' });
    expect(await ana.claim('none')).toEqual({ kind: 'refused', why: 'unknown' });
  });

  it('is refused when the end came before the offer', async () => {
    const ana = await world.join('ana');
    await world.end('wacid.1');
    const callId = await world.ring('wacid.1');
    expect(await ana.claim(callId)).toEqual({ kind: 'refused', why: 'ended' });
    expect(ana.all('ringing')).toEqual([]);
  });

  it('is replayed to a console that was offline', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    const callId = await world.ring('wacid.1');
    const { cursor } = await bea.first('entry');
    await bea.close();
    await ana.claim(callId);
    await ana.release(callId, 'accept failed');
    const again = await world.join('bea', { epoch: bea.welcome.epoch, cursor });
    await again.until(() => again.cursors.length === 2 || undefined);
    expect(again.all('entry').map(({ body }) => body)).toEqual([
      { type: 'claimed', callId, by: agent('ana') },
      { type: 'released', callId, by: agent('ana'), why: 'accept failed' },
    ]);
  });

  it('survives a restart of the relay', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await ana.claim(callId);
    await world.restart();
    const bea = await world.join('bea');
    expect(await bea.claim(callId)).toMatchObject({ why: 'taken', by: agent('ana') });
  });
});

describe('a release', () => {
  it('lets the call ring on for those who have not declined', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    const caio = await world.join('caio');
    const callId = await world.ring('wacid.1');
    await caio.decline(callId);
    await ana.claim(callId);
    expect(await bea.release(callId)).toMatchObject({ why: 'taken', by: agent('ana') });
    expect(await ana.release(callId, '138004')).toEqual(granted);
    expect(await ana.release(callId)).toEqual({ kind: 'refused', why: 'not-yours' });
    await bea.ringing(callId, ['ana', 'bea']);
    await ana.decline(callId);
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: true });
    expect(await bea.claim(callId)).toEqual(granted);
  });

  it('drops the reservation, too', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await ana.reserve(callId);
    await ana.claim(callId);
    const bea = await world.join('bea');
    await ana.release(callId);
    expect(await bea.claim(callId)).toEqual(granted);
  });

  it('is refused when the call is over', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await ana.claim(callId);
    await world.end('wacid.1');
    expect(await ana.release(callId)).toMatchObject({ why: 'ended' });
  });
});

describe('a decline', () => {
  it('tells the last agent that nobody is left', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    await world.join('caio', { presence: 'dnd' });
    const callId = await world.ring('wacid.1');
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(await bea.decline(callId)).toEqual({ kind: 'declined', last: true });
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: true });
  });

  it('tells the only agent that nobody is left', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await ana.reserve(callId);
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: true });
  });

  it('counts even if the console disconnects right after it', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    const callId = await world.ring('wacid.1');
    await bea.ringing(callId, ['ana', 'bea']);
    bea.send({ type: 'decline', id: 1, callId });
    await bea.close();
    await world.left('bea');
    const again = await world.join('bea');
    await again.ringing(callId, ['ana']);
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: true });
  });

  it('rejects nothing for a call that is over, and is refused for an unknown one', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await world.end('wacid.1');
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(await ana.decline('main/none')).toEqual({ kind: 'refused', why: 'unknown' });
  });

  it('survives a restart of the relay', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await ana.decline(callId);
    await world.restart();
    const again = await world.join('ana');
    const bea = await world.join('bea');
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: true });
    expect(await again.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: false });
  });
});
