import { listen } from './harness/ear.ts';
import type { World } from './harness/world.ts';
import { button, expect, logged, microphoneHz, ring, test } from './fixture.ts';

/** A number of Zernio's whose calls are forwarded to the relay: agents answer them here, over 8 kHz µ-law. */
test.use({
  number: 'zernio-softphone',
  simulated: {
    customers: [
      {
        waId: '5521912345678',
        name: 'Rafael Nunes',
        permission: 'permanent',
        sends: { kind: 'tone', hz: 520 },
        answerAfterMs: 300,
      },
    ],
  },
});

const customerHears = ({ simulator }: World, callId: string) =>
  simulator.waitFor(
    () => {
      const tone = simulator.report(callId)?.media.toneHz;
      return typeof tone === 'number' && Math.abs(tone - microphoneHz) < 10;
    },
    { what: 'the agent at the customer' },
  );

test('a call forwarded to the relay is answered and hung up in the softphone', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  expect(Math.abs((await listen(desk.window)).hz - 440)).toBeLessThan(5);
  await customerHears(world, callId);
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

test('an outbound call talks through the relay and ends when the customer hangs up', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  await desk.window.getByLabel('Number', { exact: true }).fill('+5521912345678');
  await button(desk, 'Call').click();
  const callId = await simulator.waitFor(
    () => simulator.calls().find(({ direction }) => direction === 'business-initiated')?.callId,
  );
  expect(Math.abs((await listen(desk.window)).hz - 520)).toBeLessThan(5);
  await customerHears(world, callId);
  simulator.hangUp(callId);
  await expect(button(desk, 'Hang up')).toHaveCount(0);
  await expect
    .poll(async () => (await logged(desk))[0])
    .toMatchObject({ direction: 'outbound', endReason: { kind: 'customer-hung-up' } });
});
