import { describe, expect, it } from 'vitest';
import { RelayedCallWorld, CUSTOMER_HZ, HZ } from '../relayed-call-world.ts';

const world = new RelayedCallWorld({
  apart: true,
  policy: { transferSeconds: 8, waitingSeconds: 5 },
});
const hz = (id: string) => HZ[id] ?? 0;

describe.each(['SIGKILL', 'SIGTERM'] as const)('a relay that is restarted by %s', (signal) => {
  it('continues its calls without interruption', async () => {
    const ana = await world.join('ana');
    const callId = await world.talk(ana);
    const downAt = performance.now();
    await world.stopRelay(signal);
    // Only the media process is running now.
    const before = world.report(callId)?.media.packetsReceived ?? 0;
    await world.simulator.waitFor(
      () => (world.report(callId)?.media.packetsReceived ?? 0) > before + 50,
    );
    await world.customerHears(callId, hz('ana'));
    await world.startRelay();
    const downMs = performance.now() - downAt;
    const again = await world.join('ana');
    await again.console.call(({ state, owner }) => state === 'talking' && owner?.id === 'ana');
    await again.console.sees('ana', 'on-call');
    await ana.hears(CUSTOMER_HZ);
    expect(world.report(callId)).toMatchObject({ phase: 'accepted', violations: [] });
    expect(world.report(callId)?.media.maxGapMs).toBeLessThan(downMs / 2);
    expect(await again.console.hangUp(callId)).toEqual({ kind: 'granted' });
    await world.ended(callId);
  });

  it('keeps a transfer’s countdown', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.talk(ana);
    await ana.console.transfer(callId, 'ben');
    const { callOffer } = await ben.console.entry('call-offer');
    await world.stopRelay(signal);
    await world.startRelay();
    const [anaAgain, benAgain] = [await world.join('ana'), await world.join('ben')];
    const call = await benAgain.console.call((one) => one.callOffer !== undefined);
    expect(call.callOffer).toEqual(callOffer);
    await benAgain.bringLeg(callOffer.callOfferId);
    expect(await benAgain.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz('ben')), benAgain.hears(CUSTOMER_HZ)]);
    await benAgain.console.transfer(callOffer.callOfferId, 'ana');
    const back = await anaAgain.console.call((one) => one.callOffer?.from.id === 'ben');
    const deadlineAt = back.callOffer?.deadlineAt ?? 0;
    await world.stopRelay(signal);
    await world.startRelay();
    const last = await world.join('ben');
    await world.join('ana');
    await last.console.call((one) => one.state === 'talking' && one.owner?.id === 'ben');
    expect(Date.now()).toBeGreaterThanOrEqual(deadlineAt);
    await world.customerHears(callId, hz('ben'));
    await last.console.hangUp(callId);
    await world.ended(callId);
  });

  it('keeps a ring', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring(ana);
    await world.simulator.waitFor(() => world.report(callId)?.preAcceptedAt);
    await world.stopRelay(signal);
    await world.startRelay();
    const again = await world.join('ana');
    await again.console.ringing(callId, ['ana']);
    await again.bringLeg(callId);
    expect(await again.console.claim(callId)).toEqual({ kind: 'granted' });
    await world.customerHears(callId, hz('ana'));
    await again.console.hangUp(callId);
    await world.ended(callId);
  });
});
