import { listen } from './harness/ear.ts';
import { button, expect, logged, microphoneHz, ring, test } from './fixture.ts';

test('customer and agent hear each other on an inbound call, and the log records it', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const callId = await ring(world, desk, { ctaPayload: 'order-991' });
  await expect(desk.window.getByText('Camila Souza').first()).toBeVisible();
  await expect(desk.window.getByText('+55 11 98765 4321').first()).toBeVisible();

  // Alone, so it is pre-accepted while it rings: media is up before the agent moves, and silent.
  await simulator.waitFor(() => simulator.report(callId)?.preAcceptedAt);
  await simulator.waitFor(() => simulator.report(callId)?.media.connected);
  expect(simulator.report(callId)?.media.packetsReceived).toBe(0);

  await button(desk, 'Accept').click();
  // The first moments of a sound are uneven: the jitter buffer still finds its depth.
  await expect.poll(async () => Math.abs((await listen(desk.window)).hz - 440)).toBeLessThan(5);
  await simulator.waitFor(() => {
    const tone = simulator.report(callId)?.media.toneHz;
    return typeof tone === 'number' && Math.abs(tone - microphoneHz) < 10;
  });

  await button(desk, 'Hang up').click();
  const report = await simulator.waitFor(() => {
    const last = simulator.report(callId);
    return last?.endedAt ? last : undefined;
  });
  expect(report.media.earlyPackets).toBe(0);
  expect(report.violations).toEqual([]);
  expect(report.media.ssrcs).toHaveLength(1);

  await expect.poll(async () => (await logged(desk))[0]?.quality?.firstAudioMs).toBeDefined();
  const [row, ...others] = await logged(desk);
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    direction: 'inbound',
    outcome: 'answered',
    party: { name: 'Camila Souza', waId: '5511987654321' },
    providerCallId: callId,
    payload: 'order-991',
    endReason: { kind: 'agent-hung-up' },
  });
  expect(row?.timeline.map((entry) => `${entry.from}:${entry.kind}`)).toEqual(
    expect.arrayContaining(['provider:offer', 'agent:accept', 'api:accepted', 'agent:hang-up']),
  );
});

test('Mute sends the customer silence and keeps the call up', async ({ world, desk }) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  await simulator.waitFor(() => simulator.report(callId)?.media.toneHz);
  await button(desk, 'Mute').click();
  await button(desk, 'Unmute').waitFor();
  await simulator.waitFor(() => {
    const level = simulator.report(callId)?.media.levelDbfs;
    return typeof level === 'number' && level < -60;
  });
  const before = simulator.report(callId)?.media.packetsReceived ?? 0;
  await simulator.waitFor(
    () => (simulator.report(callId)?.media.packetsReceived ?? 0) > before + 50,
  );
  await button(desk, 'Unmute').click();
  await simulator.waitFor(() => (simulator.report(callId)?.media.levelDbfs ?? -100) > -40);
});

test('a second call is shown but cannot be accepted until the first ends', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const first = await ring(world, desk);
  await button(desk, 'Accept').click();
  await button(desk, 'Hang up').waitFor();
  await simulator.startCall({
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
    kind: 'talk',
  });
  await expect(desk.window.getByText('Mateo Ruiz').first()).toBeVisible();
  await expect(button(desk, 'Accept')).toBeDisabled();
  simulator.hangUp(first);
  await expect(button(desk, 'Accept')).toBeEnabled();
  await button(desk, 'Accept').click();
  await button(desk, 'Hang up').click();
  await expect.poll(async () => (await logged(desk)).length).toBe(2);
});

test('the call ends here when the customer hangs up', async ({ world, desk }) => {
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  await button(desk, 'Hang up').waitFor();
  world.simulator.hangUp(callId);
  await expect(desk.window.getByText(/hung up/i).first()).toBeVisible();
  await expect(button(desk, 'Hang up')).toHaveCount(0);
  const [row] = await logged(desk);
  expect(row?.endReason).toEqual({ kind: 'customer-hung-up' });
});
