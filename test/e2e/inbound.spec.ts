import { press, pressAccept } from './harness/presses.ts';
import { measureTone } from './harness/agent-audio.ts';
import { button, expect, logged, microphoneHz, ring, test } from './fixture.ts';

test('customer and agent hear each other on an inbound call, and the log records it', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await ring(backend, app, { ctaPayload: 'order-991' });
  await expect(app.window.getByText('Camila Souza').first()).toBeVisible();
  await expect(app.window.getByText('+55 11 98765 4321').first()).toBeVisible();

  // The only console, so it pre-accepts while ringing: media is up and silent before the accept.
  await simulator.waitFor(() => simulator.report(callId)?.preAcceptedAt);
  await simulator.waitFor(() => simulator.report(callId)?.media.connected);
  expect(simulator.report(callId)?.media.packetsReceived).toBe(0);

  await pressAccept(app, button(app, 'Hang up'));
  // The first audio is uneven while the jitter buffer adapts.
  await expect.poll(async () => Math.abs((await measureTone(app.window)).hz - 440)).toBeLessThan(5);
  await simulator.waitFor(() => {
    const tone = simulator.report(callId)?.media.toneHz;
    return typeof tone === 'number' && Math.abs(tone - microphoneHz) < 10;
  });

  await press(button(app, 'Hang up'));
  const report = await simulator.waitFor(() => {
    const last = simulator.report(callId);
    return last?.endedAt ? last : undefined;
  });
  expect(report.media.earlyPackets).toBe(0);
  expect(report.violations).toEqual([]);
  expect(report.media.ssrcs).toHaveLength(1);

  await expect.poll(async () => (await logged(app))[0]?.quality?.firstAudioMs).toBeDefined();
  const [row, ...others] = await logged(app);
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

test('Mute sends the customer silence and keeps the call up', async ({ backend, app }) => {
  const { simulator } = backend;
  const callId = await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  await simulator.waitFor(() => simulator.report(callId)?.media.toneHz);
  await press(button(app, 'Mute'));
  await button(app, 'Unmute').waitFor();
  await simulator.waitFor(() => {
    const level = simulator.report(callId)?.media.levelDbfs;
    return typeof level === 'number' && level < -60;
  });
  const before = simulator.report(callId)?.media.packetsReceived ?? 0;
  await simulator.waitFor(
    () => (simulator.report(callId)?.media.packetsReceived ?? 0) > before + 50,
  );
  await press(button(app, 'Unmute'));
  await simulator.waitFor(() => (simulator.report(callId)?.media.levelDbfs ?? -100) > -40);
});

test('a second call is shown but cannot be accepted until the first ends', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const first = await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  await button(app, 'Hang up').waitFor();
  await simulator.startCall({
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
    kind: 'talk',
  });
  await expect(app.window.getByText('Mateo Ruiz').first()).toBeVisible();
  await expect(button(app, 'Accept')).toBeDisabled();
  simulator.hangUp(first);
  await expect(button(app, 'Accept')).toBeEnabled();
  await pressAccept(app, button(app, 'Hang up'));
  await press(button(app, 'Hang up'));
  await expect.poll(async () => (await logged(app)).length).toBe(2);
});

test('the call ends here when the customer hangs up', async ({ backend, app }) => {
  const callId = await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  backend.simulator.hangUp(callId);
  await expect(app.window.getByText(/hung up/i).first()).toBeVisible();
  await expect(button(app, 'Hang up')).toHaveCount(0);
  const [row] = await logged(app);
  expect(row?.endReason).toEqual({ kind: 'customer-hung-up' });
});
