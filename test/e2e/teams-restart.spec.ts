import { hears } from './harness/ear.ts';
import {
  accept,
  ana,
  bea,
  callerHz,
  customerHears,
  customerHearsHold,
  ended,
  talk,
  transfer,
} from './harness/team.ts';
import { button, connected } from './fixture.ts';
import { expect, test } from './teams.ts';

test.use({ apart: true, policy: { transferSeconds: 20 } });

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`call, sound and countdown survive a relay ${signal} during a transfer`, async ({
    world,
    join,
  }) => {
    const { simulator } = world;
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(world, a, ana);
    const offeredAt = Date.now();
    await transfer(a, bea);
    await button(b, 'Accept').waitFor();
    await world.restartRelay(async () => {
      // Media does not wait for the relay.
      const before = simulator.report(callId)?.media.packetsReceived ?? 0;
      await simulator.waitFor(
        () => (simulator.report(callId)?.media.packetsReceived ?? 0) > before + 50,
      );
      await customerHearsHold(world, callId);
    }, signal);
    await Promise.all([connected(a), connected(b)]);
    await expect(button(b, 'Accept')).toBeVisible();
    await expect(a.window.getByText(/Bea Rocha did not answer/).first()).toBeVisible();
    const revertedAfter = Date.now() - offeredAt;
    // Not begun anew by the restart: 20 s, and time to hear of it.
    expect(revertedAfter).toBeGreaterThan(19_000);
    expect(revertedAfter).toBeLessThan(25_000);
    await Promise.all([customerHears(world, callId, ana), hears(a.window, [callerHz])]);

    await transfer(a, bea);
    await accept(b);
    await Promise.all([customerHears(world, callId, bea), hears(b.window, [callerHz])]);
    await button(b, 'Hang up').click();
    expect(await ended(world, callId)).toBe('business');
    expect(simulator.report(callId)?.violations).toEqual([]);
  });
}
