import { afterEach, beforeEach, expect, it } from 'vitest';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT, offer, sign } from '../harness.ts';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await Cluster.open(1, { apart: true });
});
afterEach(async () => {
  await cluster.close();
});

it.each(['NATS server', 'relay'])(
  'a full disk of the %s acknowledges no webhook, and lets calls ring and be taken',
  async (whose) => {
    const fill = (isFull: boolean) =>
      whose === 'relay' ? cluster.node(0).fillDisk(isFull) : cluster.nats.fillDisk(isFull);
    const body = JSON.stringify(offer('wacid.full'));
    const deliver = () =>
      fetch(`${cluster.node(0).url}/webhooks/meta/${ACCOUNT}`, {
        method: 'POST',
        headers: { 'x-hub-signature-256': sign(body) },
        body,
      });
    const ana = await cluster.join('ana', 0);
    fill(true);
    const refused = await deliver();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const callId = `${ACCOUNT}/wacid.full`;
    await ana.first('ringing', (frame) => frame.callId === callId);
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
    expect((await deliver()).status).toBe(503);
    fill(false);
    await cluster.node(0).logged(({ event }) => event === 'store.back');
    const taken = await deliver();
    expect([taken.status, await taken.json()]).toMatchObject([200, { added: 0 }]);
    const ben = await cluster.join('ben', 0, { epoch: ana.welcome.epoch, cursor: 0 });
    expect(await ben.entry('claimed')).toMatchObject({ callId, by: { id: 'ana' } });
  },
  120_000,
);
