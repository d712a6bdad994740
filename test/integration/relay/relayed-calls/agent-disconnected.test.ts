import { describe, expect, it } from 'vitest';
import { withinGoal } from '../../../helpers/held-up.ts';
import { RelayedCallWorld, CUSTOMER_HZ, HZ } from '../relayed-call-world.ts';

/** The longest silence a customer may hear, ms. */
const MAX_SILENCE_MS = 1000;

/** Goal for the customer's audio gap at a switch, ms. */
const MAX_SWITCH_MS = 500;

const world = new RelayedCallWorld({ policy: { rejoinGraceSeconds: 8, waitingSeconds: 5 } });
const brief = new RelayedCallWorld({ policy: { rejoinGraceSeconds: 0, waitingSeconds: 5 } });

describe('a console that crashes during a call', () => {
  it('rejoins by a new leg within the grace', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    const callId = await world.talk(ana);
    const diedAt = Date.now();
    ana.die();
    expect(await ben.console.entry('agent-disconnected')).toMatchObject({
      callId,
      agent: { id: 'ana' },
    });
    await world.customerHearsHold(callId);
    expect(world.longestPauseMs(callId, diedAt)).toBeGreaterThan(0);
    expect(world.longestPauseMs(callId, diedAt)).toBeLessThan(withinGoal(MAX_SILENCE_MS, diedAt));
    const again = await world.join('ana');
    await again.bringLeg(callId);
    await ben.console.entry('agent-reconnected');
    await Promise.all([world.customerHears(callId, HZ['ana'] ?? 0), again.hears(CUSTOMER_HZ)]);
  });

  it('hears hold music during a short network gap, and continues at once', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    const callId = await world.talk(ana);
    const lostAt = Date.now();
    ana.loseMedia(true);
    await world.customerHearsHold(callId);
    expect(world.longestPauseMs(callId, lostAt)).toBeLessThan(withinGoal(MAX_SILENCE_MS, lostAt));
    const backAt = Date.now();
    ana.loseMedia(false);
    await world.customerHears(callId, HZ['ana'] ?? 0);
    expect(world.longestPauseMs(callId, backAt)).toBeLessThan(withinGoal(MAX_SWITCH_MS, backAt));
    expect(ana.console.all('call').at(-1)?.call.state).toBe('talking');
    expect(ben.console.all('entry').map(({ body }) => body.type)).not.toContain(
      'agent-disconnected',
    );
  });

  it('keeps its call while media flows, though its socket is gone', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    const callId = await world.talk(ana);
    ana.console.terminate();
    await ben.console.sees('ana', 'offline');
    const again = await world.join('ana');
    await again.console.call(({ state }) => state === 'talking');
    expect(await again.console.hangUp(callId)).toEqual({ kind: 'granted' });
    expect(ben.console.all('entry').map(({ body }) => body.type)).not.toContain(
      'agent-disconnected',
    );
  });
});

describe('a console that does not come back', () => {
  it('requeues the customer for the team', async () => {
    const ana = await brief.join('ana');
    const ben = await brief.join('ben');
    const callId = await brief.talk(ana);
    ana.die();
    const { callOffer } = await ben.console.entry('call-offer');
    expect(callOffer).toMatchObject({ why: 'requeue', from: { id: 'ana' }, to: [] });
    await ben.bringLeg(callOffer.callOfferId);
    expect(await ben.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([brief.customerHears(callId, HZ['ben'] ?? 0), ben.hears(CUSTOMER_HZ)]);
  });

  it('ends the call, with the reason in the log, if the team does not answer either', async () => {
    const ana = await brief.join('ana');
    const ben = await brief.join('ben');
    const callId = await brief.talk(ana);
    ana.die();
    await ben.console.entry('call-offer-ended', ({ end }) => end === 'unanswered');
    expect(await ben.console.entry('ended')).toMatchObject({ callId, why: 'nobody-came' });
    expect(await brief.ended(callId)).toEqual({ by: 'business', reason: 'hung-up' });
  });
});
