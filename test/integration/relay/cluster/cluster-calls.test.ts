import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT } from '../harness.ts';
import { CUSTOMER, CUSTOMER_HZ, HZ, type AgentMachine } from '../relayed-call-world.ts';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await Cluster.open(2, { apart: true, relayed: true });
});
afterEach(async () => {
  await cluster.close();
});

/** A customer calls; the provider's webhooks reach the first node. */
async function ring(to: readonly AgentMachine[]): Promise<string> {
  const { callId } = await cluster.simulator.startCall({
    customer: { waId: CUSTOMER.waId },
    kind: 'tone',
    hz: CUSTOMER_HZ,
  });
  const id = `${ACCOUNT}/${callId}`;
  await Promise.all(
    to.map(({ console }) => console.first('ringing', (frame) => frame.callId === id)),
  );
  return id;
}

const report = (callId: string) => cluster.simulator.report(callId.slice(ACCOUNT.length + 1));

const talks = async (machine: AgentMachine, callId: string) => {
  await machine.bringLeg(callId);
  expect(await machine.console.claim(callId)).toEqual({ kind: 'granted' });
  await machine.hears(CUSTOMER_HZ);
  await cluster.simulator.waitFor(() => {
    const heard = report(callId)?.media.toneHz;
    return typeof heard === 'number' && Math.abs(heard - (HZ[machine.id] ?? 0)) < 60;
  });
};

/** Starts of processes on a busy machine, in ms. */
const PATIENCE_MS = 180_000;

describe('a relayed call at one node, with agents at another', { timeout: PATIENCE_MS }, () => {
  it('is taken, held, handed over and ended from there as if it were its own', async () => {
    const [ana, ben] = [await cluster.joinMachine('ana', 1), await cluster.joinMachine('ben', 0)];
    await Promise.all([ana.console.sees('ben', 'available'), ben.console.sees('ana', 'available')]);
    const callId = await ring([ana, ben]);
    await talks(ana, callId);
    await ben.console.sees('ana', 'on-call');
    await ana.console.call(({ state }) => state === 'talking');
    expect(await ben.console.claim(callId)).toMatchObject({ kind: 'refused' });
    expect(await ana.console.hold(callId)).toEqual({ kind: 'granted' });
    await ana.console.call(({ state }) => state === 'on-hold');
    expect(await ana.console.resume(callId)).toEqual({ kind: 'granted' });
    expect(await ana.console.transfer(callId, 'ben')).toEqual({ kind: 'granted' });
    const { callOffer } = await ben.console.call(({ state }) => state === 'on-hold');
    await ben.bringLeg(callId);
    expect(await ben.console.claim(callOffer?.callOfferId ?? '')).toEqual({ kind: 'granted' });
    await ana.console.sees('ben', 'on-call');
    await ana.console.sees('ana', 'available');
    expect(await ana.console.hangUp(callId)).toMatchObject({ kind: 'refused', why: 'not-yours' });
    expect(await ben.console.hangUp(callId)).toEqual({ kind: 'granted' });
    await cluster.simulator.waitFor(() => report(callId)?.end);
    await ana.console.sees('ben', 'available');
  });

  it('ends at the provider and is reported as lost when its node dies, and the next call works', async () => {
    const ana = await cluster.joinMachine('ana', 1);
    const callId = await ring([ana]);
    await talks(ana, callId);
    await cluster.simulator.setWebhookUrl(`${cluster.node(1).url}/webhooks/meta/${ACCOUNT}`);
    await cluster.node(0).kill();
    expect(await ana.console.entry('ended')).toMatchObject({ callId, why: 'media-gone' });
    await ana.console.call(({ state }) => state === 'ended');
    expect(await cluster.simulator.waitFor(() => report(callId)?.end)).toMatchObject({
      by: 'business',
    });
    await ana.console.sees('ana', 'available');
    await talks(ana, await ring([ana]));
  });

  it('is over for everybody if its customer hangs up after its node has died', async () => {
    const ana = await cluster.joinMachine('ana', 1);
    await cluster.token('sam', { role: 'supervisor' });
    const sam = await cluster.join('sam', 1);
    // The node dies before it has answered the offer, so that the one after it would answer.
    const media = cluster.node(0).lines.find(({ event }) => event === 'media.started');
    process.kill(Number(media?.['pid']), 'SIGSTOP');
    const callId = await ring([ana]);
    await sam.call((call) => call.callId === callId && call.state === 'ringing');
    await cluster.simulator.setWebhookUrl(`${cluster.node(1).url}/webhooks/meta/${ACCOUNT}`);
    await cluster.node(0).kill();
    cluster.simulator.hangUp(callId.slice(ACCOUNT.length + 1));
    const over = await sam.call((call) => call.callId === callId && call.state === 'ended');
    expect(over.owner).toBeUndefined();
  });

  it('is left alone by a node that was taken for dead and wakes up', async () => {
    const ana = await cluster.joinMachine('ana', 1);
    const callId = await ring([ana]);
    await talks(ana, callId);
    await cluster.simulator.setWebhookUrl(`${cluster.node(1).url}/webhooks/meta/${ACCOUNT}`);
    const paused = cluster.node(0);
    await paused.kill('SIGSTOP');
    await ana.console.entry('ended', (ended) => ended.callId === callId);
    await paused.kill('SIGCONT');
    // Which of the two it hears first: that the call is over, or that another one has it.
    await paused.logged(
      ({ event, to }) => event === 'call.taken-over' || (event === 'call.moved' && to === 'ended'),
    );
    expect(ana.console.all('entry').filter(({ body }) => body.type === 'ended')).toHaveLength(1);
  });
});
