import { afterEach, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster-world.ts';
import { FakeClock } from '../fake-clock.ts';
import { ACCOUNT } from '../harness.ts';
import { CUSTOMER, OTHER, RelayedCallWorld } from '../relayed-call-world.ts';
import type { TestConsole } from '../test-console.ts';

const place = (console: TestConsole, name: string, to = CUSTOMER.waId) =>
  console.ask({ type: 'place', callId: `out/${name}`, accountId: ACCOUNT, to });

describe('an agent who places one call after the other', () => {
  const clock = new FakeClock(Date.now());
  const world = new RelayedCallWorld({ clock: () => clock });

  it('C17 is slowed down, whomever they call and from whichever console, and nobody else is', async () => {
    let { console: ana } = await world.join('ana');
    for (let call = 0; call < 20; call++) {
      if (call === 10) ({ console: ana } = await world.join('ana'));
      const to = call % 2 === 0 ? CUSTOMER.waId : OTHER.waId;
      expect(await place(ana, String(call), to)).toMatchObject({ kind: 'placed' });
      expect(await ana.hangUp(`out/${call}`)).toEqual({ kind: 'granted' });
    }
    expect(await place(ana, 'more')).toEqual({ kind: 'refused', why: 'too-many' });
    const { console: ben } = await world.join('ben');
    expect(await place(ben, 'ben', OTHER.waId)).toMatchObject({ kind: 'placed' });
    clock.advance(2_000);
    expect(await place(ana, 'later')).toMatchObject({ kind: 'placed' });
    expect(await place(ana, 'again')).toEqual({ kind: 'refused', why: 'too-many' });
  });
});

describe('the id of a placed call', () => {
  const world = new RelayedCallWorld();

  it('B1 is lent to no other one, not even when that call is over', async () => {
    const [ana, eva] = [await world.join('ana'), await world.join('eva')];
    expect(await place(ana.console, '1')).toMatchObject({ kind: 'placed' });
    expect(await place(eva.console, '1')).toEqual({ kind: 'refused', why: 'taken' });
    expect(await ana.console.hangUp('out/1')).toEqual({ kind: 'granted' });
    await ana.console.call(({ state }) => state === 'ended');
    expect(await place(eva.console, '1')).toEqual({ kind: 'refused', why: 'taken' });
    expect(world.simulator.calls()).toHaveLength(1);
  });
});

describe('an agent with calls at one relay of several', () => {
  let cluster: Cluster;
  afterEach(async () => {
    await cluster.close();
  });

  it('C17 may place no more of them at another one', async () => {
    cluster = await Cluster.open(2, { relayed: true });
    const here = await cluster.join('ana', 0);
    const customers = ['5511999990001', '5511999990002', '5511999990003', '5511999990004'];
    for (const waId of customers) {
      cluster.simulator.decide({ customer: { waId }, decision: 'allow-permanent' });
    }
    for (const [call, waId] of customers.entries()) {
      expect(await place(here, String(call), waId)).toMatchObject({ kind: 'placed' });
    }
    const there = await cluster.join('ana', 1);
    const seen = () => new Set(there.all('call').map(({ call }) => call.callId));
    await there.until(() => seen().size === 4 || undefined);
    expect(await place(there, 'more')).toEqual({ kind: 'refused', why: 'too-many' });
    // One that is over makes room, whichever relay it was at.
    expect(await there.hangUp('out/0')).toEqual({ kind: 'granted' });
    await there.call(({ callId, state }) => callId === 'out/0' && state === 'ended');
    expect(await place(there, 'next')).toMatchObject({ kind: 'placed' });
  });
});
