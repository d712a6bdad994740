import { describe, expect, it } from 'vitest';
import { CUSTOMER_HZ, HZ, OTHER, RelayedCallWorld } from '../relayed-call-world.ts';

const world = new RelayedCallWorld({
  apart: true,
  preload: ['test/helpers/jump-clock.ts'],
  policy: { transferSeconds: 5 },
});
const MINUTE_MS = 60_000;

describe('a wall clock that is set by an hour, ahead and then behind', () => {
  it('ends, rings and logs nothing wrongly, in the relay and in its media', async () => {
    const startedAt = Date.now();
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.talk(ana);
    /** The call offers that were handled. */
    const handled = new Set<string>();
    const isNew = ({ callOffer: { callOfferId } }: { callOffer: { callOfferId: string } }) =>
      !handled.has(callOfferId);
    for (let jump = 0; jump < 2; jump++) {
      // While a transfer is pending, its deadline is seconds away.
      expect(await ana.console.transfer(callId, 'ben')).toEqual({ kind: 'granted' });
      const open = await ben.console.entry('call-offer', isNew);
      await world.jumpClock();
      const { callOfferId } = open.callOffer;
      handled.add(callOfferId);
      await ben.bringLeg(callOfferId);
      expect(await ben.console.claim(callOfferId)).toEqual({ kind: 'granted' });
      await Promise.all([world.customerHears(callId, HZ['ben'] ?? 0), ben.hears(CUSTOMER_HZ)]);
      // And back to Ana, so that the next round starts alike.
      expect(await ben.console.transfer(callOfferId, 'ana')).toEqual({ kind: 'granted' });
      const back = await ana.console.entry('call-offer', isNew);
      handled.add(back.callOffer.callOfferId);
      await ana.bringLeg(back.callOffer.callOfferId);
      expect(await ana.console.claim(back.callOffer.callOfferId)).toEqual({ kind: 'granted' });
      await world.customerHears(callId, HZ['ana'] ?? 0);
      // New calls ring as usual.
      const second = await world.ring(ben, { waId: OTHER.waId });
      await ben.bringLeg(second);
      expect(await ben.console.claim(second)).toEqual({ kind: 'granted' });
      expect(await ben.console.hangUp(second)).toEqual({ kind: 'granted' });
      await world.ended(second);
    }
    expect(world.report(callId)?.end).toBeNull();
    const events = world.lines.map(({ event }) => event);
    expect(events.filter((event) => event === 'clock.jumped')).toHaveLength(2);
    for (const wrong of ['webhook.late', 'agent.dead', 'media.lost', 'log.pruned']) {
      expect(events).not.toContain(wrong);
    }
    // Log lines carry the time of their event.
    for (const { at } of ana.console.all('entry')) {
      expect(at).toBeGreaterThan(startedAt - MINUTE_MS);
      expect(at).toBeLessThan(Date.now() + MINUTE_MS);
    }
    expect(await ana.console.hangUp(callId)).toEqual({ kind: 'granted' });
    expect(await world.ended(callId)).toMatchObject({ by: 'business' });
  });
});
