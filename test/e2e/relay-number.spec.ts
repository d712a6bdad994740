import { listen } from '../../scripts/stage/ear.ts';
import { button, expect, logged, microphoneHz, ring, test } from './fixture.ts';

/** A number of Zernio's whose calls are forwarded to the relay: agents answer them here, over 8 kHz µ-law. */
test.use({ number: 'zernio-softphone' });

test('a call that is forwarded to the relay is answered in the softphone and hung up there', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  const heard = await listen(desk.window);
  expect(Math.abs(heard.hz - 440)).toBeLessThan(5);
  await simulator.waitFor(() => {
    const tone = simulator.report(callId)?.media.toneHz;
    return typeof tone === 'number' && Math.abs(tone - microphoneHz) < 10;
  });
  await button(desk, 'Hang up').click();
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
  await expect
    .poll(async () => (await logged(desk))[0])
    .toMatchObject({
      direction: 'inbound',
      outcome: 'answered',
      endReason: { kind: 'agent-hung-up' },
    });
});
