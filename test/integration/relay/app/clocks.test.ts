import { describe, expect, it } from 'vitest';
import { offer, post, terminate } from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld();
const HOUR_MS = 3_600_000;

/** A customer calls, by a provider whose clock is `behindMs` behind the relay's. */
async function rings(id: string, behindMs: number): Promise<string> {
  await post(world.url, offer(id, world.clock.now() - behindMs));
  return `main/${id}`;
}

describe('a relay with a wrong clock', () => {
  it.each([40_000, 90_000, 3 * HOUR_MS, -40_000, -3 * HOUR_MS])(
    'K1 rings every console for a minute when it is %i ms ahead',
    async (ahead) => {
      const ana = await world.join('ana');
      for (const id of ['wacid.1', 'wacid.2', 'wacid.3', 'wacid.4', 'wacid.5', 'wacid.6']) {
        const callId = await rings(id, ahead);
        await ana.ringing(callId, ['ana']);
      }
      world.clock.advance(55_000);
      // Opened late in the ring.
      const bea = await world.join('bea');
      await bea.ringing('main/wacid.6', ['ana', 'bea']);
      world.clock.advance(20_000);
      const caio = await world.join('caio');
      expect(caio.welcome.from).toBe(caio.welcome.head);
    },
  );

  it('K1 reports that in its log and to consoles', async () => {
    const ana = await world.join('ana');
    await rings('wacid.1', 90_000);
    const { ahead } = await ana.entry('provider');
    // The provider reports whole seconds.
    expect(Math.round((ahead ?? 0) / 1000)).toBe(90);
    await world.logged(
      ({ event, why }) => event === 'webhook.late' && String(why).includes('90 s old'),
    );
  });

  it('K1 rings neither for ended calls nor for repeated deliveries', async () => {
    const ana = await world.join('ana');
    await post(world.url, terminate('wacid.over', world.clock.now() - 90_000));
    await rings('wacid.over', 100_000);
    const callId = await rings('wacid.1', 90_000);
    await ana.ringing(callId, ['ana']);
    world.clock.advance(HOUR_MS);
    const again = await post(world.url, offer('wacid.1', world.clock.now() - HOUR_MS - 90_000));
    expect(again).toMatchObject({ status: 200, json: { added: 0 } });
    await post(world.url, offer('wacid.new', world.clock.now()));
    await ana.ringing('main/wacid.new', ['ana']);
    expect(ana.all('ringing').map((frame) => frame.callId)).not.toContain('main/wacid.over');
    expect(ana.all('ringing').filter((frame) => frame.callId === callId)).toHaveLength(1);
  });

  it('K1 does not ring for a call of two hours ago, once it knows how late webhooks are', async () => {
    const ana = await world.join('ana');
    for (const id of ['wacid.1', 'wacid.2', 'wacid.3', 'wacid.4']) await rings(id, 1_000);
    await rings('wacid.old', 2 * HOUR_MS);
    await ana.ringing(await rings('wacid.5', 1_000), ['ana']);
    expect(ana.all('ringing').map((frame) => frame.callId)).not.toContain('main/wacid.old');
  });
});
