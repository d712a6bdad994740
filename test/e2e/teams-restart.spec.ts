import type { Locator } from '@playwright/test';
import { ana, bea } from './harness/agents.ts';
import { customerHearsHold } from './harness/customer-audio.ts';
import { accept, ended, hearEachOther, talk, transfer } from './harness/team.ts';
import { press } from './harness/presses.ts';
import { button, connected } from './fixture.ts';
import { expect, test } from './team-fixture.ts';

test.use({ ownProcess: true, policy: { transferSeconds: 20 } });

/** What a countdown shows, in seconds. */
const secondsOf = async (countdown: Locator) =>
  Number(/(\d+)\s+s/.exec((await countdown.textContent()) ?? '')?.[1]);

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a call, its audio and its countdown survive a relay ${signal} during a transfer`, async ({
    backend,
    join,
  }) => {
    const { simulator } = backend;
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(backend, a, ana);
    await transfer(a, bea);
    await button(b, 'Accept').waitFor();
    const countdown = a.window.getByRole('timer');
    // A countdown that began anew would show more than this.
    await expect(countdown).toHaveText(/\b1\d\s+s/);
    const left = await secondsOf(countdown);
    await backend.restartRelay(async () => {
      // Media goes on without the relay's main process.
      const before = simulator.report(callId)?.media.packetsReceived ?? 0;
      await simulator.waitFor(
        () => (simulator.report(callId)?.media.packetsReceived ?? 0) > before + 50,
      );
      await customerHearsHold(backend, callId);
    }, signal);
    await Promise.all([connected(a), connected(b)]);
    await expect(button(b, 'Accept')).toBeVisible();
    expect(await secondsOf(countdown)).toBeLessThan(left);
    await expect(a.window.getByText(/Bea Rocha did not answer/).first()).toBeVisible();
    await hearEachOther(backend, callId, a, ana);

    await transfer(a, bea);
    await accept(b);
    await hearEachOther(backend, callId, b, bea);
    await press(button(b, 'Hang up'));
    expect(await ended(backend, callId)).toBe('business');
    expect(simulator.report(callId)?.violations).toEqual([]);
  });
}
