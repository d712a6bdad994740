import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLES } from '../../../unit/shared/providers/meta/samples.ts';
import { FLAT } from '../../../unit/shared/providers/pilot-status/samples.ts';
import { DELIVERIES as ZERNIO } from '../../../unit/shared/providers/zernio/samples.ts';
import { accounts, relayed, deliver, kindsOf } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld({ accounts });

describe('a call without an SDP', () => {
  const now = () => new Date(world.clock.now()).toISOString();
  /** A customer calls a streamed number; resolves to our id of the call. */
  const announce = async (name: 'web' | 'streamed', id: string): Promise<string> => {
    const body =
      name === 'web'
        ? { ...FLAT.ringing, externalCallId: id, timestamp: now() }
        : {
            ...ZERNIO.received,
            call: { ...ZERNIO.received.call, id, accountId: 'acc_2', startedAt: now() },
          };
    await deliver(world.url, name, body);
    return `${name}/${id}`;
  };
  const finish = (id: string) =>
    deliver(world.url, 'web', { ...FLAT.missed, externalCallId: id, timestamp: now() });

  it.each(['web', 'streamed'] as const)(
    'of %s rings everywhere, and has one winner',
    async (name) => {
      const ids = Array.from({ length: 8 }, (_, index) => `agent-${index}`);
      const consoles = await Promise.all(ids.map((id) => world.join(id)));
      for (let n = 0; n < 10; n += 1) {
        const callId = await announce(name, `call-${n}`);
        await Promise.all(consoles.map((console) => console.ringing(callId, ids)));
        const outcomes = await Promise.all(consoles.map((console) => console.claim(callId)));
        expect(outcomes.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
        const by = outcomes.findIndex(({ kind }) => kind === 'granted');
        for (const outcome of outcomes.filter(({ kind }) => kind === 'refused')) {
          expect(outcome).toMatchObject({ why: 'taken', by: { id: ids[by] } });
        }
      }
    },
  );

  it('declines, claims and releases an announced call like any other', async () => {
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    const callId = await announce('web', '1');
    await bea.ringing(callId, ['ana', 'bea']);
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: true });
    expect(await bea.claim(callId)).toEqual({ kind: 'granted' });
    expect(await bea.release(callId, 'http-409')).toEqual({ kind: 'granted' });
    expect(await bea.decline(callId)).toEqual({ kind: 'declined', last: true });
  });

  it('rings on a console that starts meanwhile, also after a restart', async () => {
    const callId = await announce('web', '1');
    await world.restart();
    const ana = await world.join('ana');
    expect(await ana.ringing(callId, ['ana'])).toMatchObject({ soleCandidate: true });
    expect(kindsOf(ana.all('entry').map(({ body }) => body))).toEqual(['announced']);
  });

  it('ends with its end, even if that comes first', async () => {
    const ana = await world.join('ana');
    const callId = await announce('web', '1');
    await finish('1');
    expect(await ana.claim(callId)).toMatchObject({ why: 'ended' });
    await finish('2');
    const late = await announce('web', '2');
    expect(await ana.claim(late)).toMatchObject({ why: 'ended' });
    expect(ana.all('ringing').filter((frame) => frame.callId === late)).toEqual([]);
  });

  it('is one call in any order and number of its webhooks', async () => {
    const ana = await world.join('ana');
    const reported = [FLAT.ringing, { ...FLAT.ended, direction: 'INBOUND', duration: 0 }];
    const orders = fc.shuffledSubarray([...reported, ...reported], { minLength: 4 });
    for (const [run, order] of fc.sample(orders, { seed: 20_261_122, numRuns: 12 }).entries()) {
      const from = ana.cursors.length;
      const externalCallId = `shuffled-${run}`;
      for (const body of order) {
        const times = { timestamp: now(), endedAt: undefined };
        await deliver(world.url, 'web', { ...body, ...times, externalCallId });
      }
      await ana.until(() => ana.cursors.length >= from + 2 || undefined);
      expect(await ana.claim(`web/${externalCallId}`)).toMatchObject({ why: 'ended' });
      const kinds = kindsOf(ana.all('entry').map(({ body }) => body)).slice(from);
      expect(kinds.toSorted()).toEqual(['announced', 'terminated']);
    }
  });

  it('that was answered elsewhere stops ringing', async () => {
    const ana = await world.join('ana');
    const callId = await announce('web', '1');
    await ana.ringing(callId, ['ana']);
    const connected = { ...FLAT.connected, direction: 'INBOUND', connectedAt: now() };
    await deliver(world.url, 'web', { ...connected, externalCallId: '1' });
    expect(await ana.claim(callId)).toMatchObject({ why: 'ended' });
    // The agent who accepted it here also gets the report that it is connected.
    const mine = await announce('web', '2');
    await ana.claim(mine);
    await deliver(world.url, 'web', { ...connected, externalCallId: '2' });
    expect(await ana.claim(mine)).toEqual({ kind: 'granted' });
  });

  it('does not ring for outbound or external calls', async () => {
    const ana = await world.join('ana');
    await deliver(world.url, 'web', { ...FLAT.ringingOut, createdAt: now() });
    const call = { ...ZERNIO.received.call, startedAt: now() };
    await deliver(world.url, 'forwarded', { ...ZERNIO.received, call });
    const callId = await announce('web', '3');
    await ana.ringing(callId, ['ana']);
    expect(new Set(ana.all('ringing').map((frame) => frame.callId))).toEqual(new Set([callId]));
    expect(await ana.claim('forwarded/call_1')).toMatchObject({ why: 'unknown' });
  });

  it.each(['announced', 'offer'] as const)(
    'of an official number is one call, even if its %s comes first',
    async (first) => {
      const [ana, bea] = [await world.join('ana'), await world.join('bea')];
      const announced = () => deliver(world.url, 'official', { ...FLAT.ringing, timestamp: now() });
      const [call] = SAMPLES.userConnect.calls;
      const timestamp = String(Math.floor(world.clock.now() / 1000));
      const calls = [{ ...call, id: 'wacid.A', timestamp }];
      const offered = () =>
        deliver(world.url, 'official', { event: 'calls', ...SAMPLES.userConnect, calls });
      await (first === 'announced' ? announced() : offered());
      // The offer may never come: consoles read it, then ask who was first.
      await bea.ringing('official/wacid.A', ['ana', 'bea']);
      expect(await ana.claim('official/wacid.A')).toEqual({ kind: 'granted' });
      await (first === 'announced' ? offered() : announced());
      expect(await bea.claim('official/wacid.A')).toMatchObject({ why: 'taken' });
      const kinds = kindsOf(bea.all('entry').map(({ body }) => body));
      expect(kinds.toSorted()).toEqual(['announced', 'claimed', 'offer']);
    },
  );
});

describe('a ring order', () => {
  const ring = [
    { who: 'team:support', seconds: 10 },
    { who: 'anyone', seconds: 20 },
  ];
  const web = accounts.find(({ id }) => id === 'web');
  const ordered = new RelayWorld({ accounts: [{ ...web, ring }] });

  it('counts from the announcement', async () => {
    await ordered.token('ana', { team: 'support' });
    const [ana, bea] = [await ordered.join('ana'), await ordered.join('bea')];
    const timestamp = new Date(ordered.clock.now()).toISOString();
    await deliver(ordered.url, 'web', { ...FLAT.ringing, timestamp });
    expect(await ana.ringing('web/wacid.A', ['ana'])).toMatchObject({ soleCandidate: true });
    ordered.clock.advance(10_000);
    await bea.ringing('web/wacid.A', ['ana', 'bea']);
    expect(await bea.claim('web/wacid.A')).toEqual({ kind: 'granted' });
  });
});

describe('a relayed call', () => {
  const behind = { ...relayed, apiBase: 'http://127.0.0.1:9' };
  const apart = new RelayWorld({ accounts: [behind] });

  it('that is only announced cannot be accepted: the relay has no SDP to answer', async () => {
    const ana = await apart.join('ana');
    const timestamp = new Date(apart.clock.now()).toISOString();
    await deliver(apart.url, 'official', { ...FLAT.ringing, timestamp });
    expect(await ana.entry('provider')).toMatchObject({ event: { kind: 'announced' } });
    expect(await ana.claim('official/wacid.A')).toMatchObject({ why: 'unknown' });
  });
});
