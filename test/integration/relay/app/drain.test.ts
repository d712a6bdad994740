import { afterEach, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT } from '../harness.ts';
import { CUSTOMER, CUSTOMER_HZ, HZ, type AgentMachine } from '../relayed-call-world.ts';

/** Starts of processes on a busy machine, in ms. */
const PATIENCE_MS = 120_000;

describe('a relay that drains', { timeout: PATIENCE_MS }, () => {
  let cluster: Cluster;
  afterEach(async () => {
    await cluster.close();
  });

  const report = (callId: string) => cluster.simulator.report(callId.slice(ACCOUNT.length + 1));

  async function talk(machine: AgentMachine, waId: string): Promise<string> {
    const call = { customer: { waId }, kind: 'tone', hz: CUSTOMER_HZ } as const;
    const callId = `${ACCOUNT}/${(await cluster.simulator.startCall(call)).callId}`;
    await machine.console.first('ringing', (frame) => frame.callId === callId);
    await machine.bringLeg(callId);
    expect(await machine.console.claim(callId)).toEqual({ kind: 'granted' });
    await machine.hears(CUSTOMER_HZ);
    await customerHears(callId, HZ[machine.id] ?? 0);
    return callId;
  }

  const customerHears = (callId: string, hz: number) =>
    cluster.simulator.waitFor(() => {
      const heard = report(callId)?.media.toneHz;
      return typeof heard === 'number' && Math.abs(heard - hz) < 60;
    });

  it('begins no call, sends its consoles to another, and ends with its last call', async () => {
    cluster = await Cluster.open(2, { apart: true, relayed: true, more: { drainSeconds: 100 } });
    const [leaving] = cluster.nodes;
    if (!leaving) throw new Error('there is no relay');
    const [ana, ben] = [await cluster.joinMachine('ana', 0), await cluster.joinMachine('ben', 1)];
    await ben.console.sees('ana', 'available');
    const live = await talk(ana, CUSTOMER.waId);
    let isGone = false;
    const stopped = leaving.stop().then(() => (isGone = true));
    expect(await ana.console.first('refused')).toMatchObject({ code: 'shutting-down' });
    const ready = await fetch(`${leaving.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, because: ['draining'] },
    ]);
    // The agent goes on talking; their console is at the other relay by now.
    const { epoch } = ana.console.welcome;
    const cursor = Math.max(...ana.console.cursors);
    const again = await cluster.join('ana', 1, { epoch, cursor });
    await again.call(({ callId, state }) => callId === live && state === 'talking');
    // Webhooks still come here, but what they begin is begun elsewhere.
    const next = await talk(ben, '5511999990009');
    await leaving.logged(({ event }) => event === 'relay.draining');
    expect(leaving.lines).not.toContainEqual(
      expect.objectContaining({ event: 'call.moved', call: next }),
    );
    await customerHears(live, HZ['ana'] ?? 0);
    expect(isGone).toBe(false);
    expect(await again.hangUp(live)).toEqual({ kind: 'granted' });
    await cluster.simulator.waitFor(() => report(live)?.end);
    await stopped;
    // It took nothing with it.
    await ben.hears(CUSTOMER_HZ);
    expect(again.all('entry').filter(({ body }) => body.type === 'ended')).toHaveLength(1);
    expect(await ben.console.hangUp(next)).toEqual({ kind: 'granted' });
  });
});
