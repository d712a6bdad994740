import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLoadBalancer, type LoadBalancer } from '../../../helpers/load-balancer.ts';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT, offer, post } from '../harness.ts';
import { CUSTOMER, CUSTOMER_HZ } from '../relayed-call-world.ts';

let cluster: Cluster;
let balancer: LoadBalancer | undefined;
afterEach(async () => {
  await balancer?.close();
  balancer = undefined;
  await cluster.close();
});

/** A node is back when it is durable again. */
const isBack = ({ event }: { event: string }) => event === 'store.back';

describe('a relay that is cut off from NATS while another is not', () => {
  describe('and has relayed calls', () => {
    beforeEach(async () => {
      cluster = await Cluster.open(2, { relayed: true, linked: true });
    });

    it('grants nobody a call that its provider then takes to the other relay', async () => {
      const [ana, ben] = [await cluster.join('ana', 0), await cluster.joinMachine('ben', 1)];
      await ana.sees('ben', 'available');
      let reached = 0;
      balancer = await openLoadBalancer(() => [cluster.node(reached).url]);
      await cluster.simulator.setWebhookUrl(`${balancer.url}/webhooks/meta/${ACCOUNT}`);
      cluster.link(0).cut();
      const { callId } = await cluster.simulator.startCall({
        customer: { waId: CUSTOMER.waId },
        kind: 'tone',
        hz: CUSTOMER_HZ,
      });
      const id = `${ACCOUNT}/${callId}`;
      await cluster.node(0).logged(({ event }) => event === 'store.in-memory');
      // Where this takes long it is not answered: the relay ends the connection instead.
      void ana.claim(id);
      reached = 1;
      await ben.console.first('ringing', (frame) => frame.callId === id);
      await ben.bringLeg(id);
      expect(await ben.console.claim(id)).toEqual({ kind: 'granted' });
      await cluster.link(0).heal();
      await cluster.node(0).logged(isBack);
      const again = await cluster.join('ana', 1);
      expect(await again.claim(id)).toMatchObject({ kind: 'refused' });
      expect(ana.all('result')).not.toContainEqual(
        expect.objectContaining({ outcome: { kind: 'granted' } }),
      );
    });
  });

  describe('and has direct calls', () => {
    beforeEach(async () => {
      cluster = await Cluster.open(2, { linked: true });
    });

    it('lets a call that it could not store ring as soon as it could', async () => {
      const ana = await cluster.join('ana', 0);
      cluster.link(0).cut();
      expect(await post(cluster.node(0).url, offer('wacid.1'))).toMatchObject({ status: 503 });
      expect(ana.all('ringing')).toEqual([]);
      await cluster.link(0).heal();
      await ana.first('ringing', ({ callId }) => callId === `${ACCOUNT}/wacid.1`);
      expect(await ana.claim(`${ACCOUNT}/wacid.1`)).toEqual({ kind: 'granted' });
    });
  });
});
