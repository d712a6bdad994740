import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT } from '../harness.ts';
import { CUSTOMER, CUSTOMER_HZ, HZ, RelayedCallWorld } from '../relayed-call-world.ts';
import type { TestConsole } from '../test-console.ts';

const killAt = (point: string) => `${path.resolve('test/helpers/kill-at.ts')}?${point}`;

/** Starts of processes on a busy machine, in ms. */
const PATIENCE_MS = 120_000;

describe(
  'a relay that dies while it hands its consoles over to another',
  { timeout: PATIENCE_MS },
  () => {
    it('loses no event, no ring and no call, and leaves each call to one agent', async () => {
      const cluster = await Cluster.open(2, {
        apart: true,
        relayed: true,
        more: { drainSeconds: 60 },
      });
      onTestFinished(() => cluster.close());
      const [leaving, staying] = [cluster.node(0), cluster.node(1)];
      const [ana, ben, cid] = [
        await cluster.joinMachine('ana', 0),
        await cluster.join('ben', 0),
        await cluster.join('cid', 1),
      ];
      await Promise.all(['ana', 'ben'].map((id) => cid.sees(id, 'available')));
      const call = async () => {
        const { callId } = await cluster.simulator.startCall({
          customer: { waId: CUSTOMER.waId },
          kind: 'tone',
          hz: CUSTOMER_HZ,
        });
        return callId;
      };
      const live = await call();
      await ana.console.first('ringing', ({ callId }) => callId === `${ACCOUNT}/${live}`);
      await ana.bringLeg(`${ACCOUNT}/${live}`);
      expect(await ana.console.claim(`${ACCOUNT}/${live}`)).toEqual({ kind: 'granted' });
      // Consoles are sent away one after the other: the first has gone, the second is still there.
      const first = Promise.race([ana.console.first('refused'), ben.first('refused')]);
      const stopped = leaving.stop();
      await first;
      await leaving.kill();
      await stopped;
      await cluster.simulator.setWebhookUrl(`${staying.url}/webhooks/meta/${ACCOUNT}`);
      const { epoch } = ben.welcome;
      const cursor = Math.max(0, ...ben.cursors);
      const [anaAgain, benAgain] = [
        await cluster.join('ana', 1),
        await cluster.join('ben', 1, { epoch, cursor }),
      ];
      expect(benAgain.welcome).toMatchObject({ complete: true, from: cursor });
      // The call that was at the relay has lost its media: it ends, once, everywhere.
      await benAgain.entry('ended', ({ why }) => why === 'media-gone');
      await cluster.simulator.waitFor(() => cluster.simulator.report(live)?.end);
      const next = `${ACCOUNT}/${await call()}`;
      const rang = (console: TestConsole) =>
        console.first('ringing', ({ callId }) => callId === next);
      await Promise.all([anaAgain, benAgain, cid].map(rang));
      const claims = await Promise.all([anaAgain, benAgain, cid].map((one) => one.claim(next)));
      expect(claims.map(({ kind }) => kind).toSorted()).toEqual(['granted', 'refused', 'refused']);
      const offered = [ben, benAgain]
        .flatMap((console) => console.all('entry'))
        .flatMap(({ body }) =>
          body.type === 'provider' && body.event.kind === 'offer' ? [body.providerCallId] : [],
        );
      expect(offered).toHaveLength(2);
    });
  },
);

describe('a relay that dies while a customer’s call is accepted', () => {
  describe.each(['before:accept', 'after:accept'])('(%s)', (point) => {
    const world = new RelayedCallWorld({ apart: true, preload: [killAt(point)] });

    it('gives the call to whoever claimed it, and to nobody else', async () => {
      const [ana, ben] = [await world.join('ana'), await world.join('ben')];
      const callId = await world.ring(ana);
      await ana.bringLeg(callId);
      const { killed } = await world.armKill();
      void ana.console.claim(callId);
      await killed;
      await world.startRelay();
      const [again, other] = [await world.join('ana'), await world.join('ben')];
      await again.console.call(({ state, owner }) => state === 'talking' && owner?.id === 'ana');
      expect(await other.console.claim(callId)).toMatchObject({ kind: 'refused', why: 'taken' });
      await Promise.all([world.customerHears(callId, HZ['ana'] ?? 0), ana.hears(CUSTOMER_HZ)]);
      expect(world.report(callId)).toMatchObject({ phase: 'accepted', violations: [] });
      const claims = again.console.all('entry').filter(({ body }) => body.type === 'claimed');
      expect(claims.length).toBeLessThanOrEqual(1);
      expect(ben.console.all('entry').filter(({ body }) => body.type === 'released')).toEqual([]);
      expect(await again.console.hangUp(callId)).toEqual({ kind: 'granted' });
      await world.ended(callId);
    });
  });
});

describe('a relay that dies after the provider has placed a call', () => {
  const world = new RelayedCallWorld({ apart: true, preload: [killAt('after:connect')] });

  it('has it when it is back, for the agent who placed it', async () => {
    const ana = await world.join('ana');
    const { killed } = await world.armKill();
    void ana.console.ask({
      type: 'place',
      callId: 'out/1',
      accountId: ACCOUNT,
      to: CUSTOMER.waId,
    });
    await killed;
    expect(world.simulator.calls()).toHaveLength(1);
    await world.startRelay();
    const again = await world.join('ana');
    await again.console.call(({ callId, state, owner }) => {
      return callId === 'out/1' && state === 'talking' && owner?.id === 'ana';
    });
    expect(await again.console.hangUp('out/1')).toEqual({ kind: 'granted' });
    await world.simulator.waitFor(() => world.simulator.calls()[0]?.end?.by === 'business');
  });
});
