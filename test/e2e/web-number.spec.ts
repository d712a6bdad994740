import { agentHearsTone } from './harness/agent-audio.ts';
import { customerHearsSilence, customerHearsTone } from './harness/customer-audio.ts';
import { press, pressAccept } from './harness/presses.ts';
import {
  answeringCustomer,
  button,
  dial,
  expect,
  logged,
  microphoneHz,
  openAna,
  ring,
  talk,
  test,
} from './fixture.ts';

/** A number whose audio the provider streams to the main process as raw frames. */
test.use({
  number: 'pilot-web',
  simulated: { customers: [answeringCustomer] },
});

test('customer and agent hear each other on a web number, Mute sends silence, and the log has stats', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await talk(backend, app);

  await press(button(app, 'Mute'));
  await customerHearsSilence(backend, callId);
  await press(button(app, 'Unmute'));
  await customerHearsTone(backend, callId, microphoneHz);

  await press(button(app, 'Hang up'));
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
  await expect.poll(async () => (await logged(app))[0]?.quality?.firstAudioMs).toBeDefined();
  const [row] = await logged(app);
  expect(row).toMatchObject({
    direction: 'inbound',
    outcome: 'answered',
    providerCallId: callId,
    endReason: { kind: 'agent-hung-up' },
  });
  expect(row?.quality?.packetsReceived).toBeGreaterThan(50);
  expect(row?.quality?.packetsSent).toBeGreaterThan(50);
  // Round trip and the customer's side are unknown, so there is no MOS.
  expect(row?.quality?.mos).toBeUndefined();
  expect(app.output()).not.toMatch(/realtime\/ws|token=/);
});

test('customer and agent hear each other on an outbound call from a web number', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await dial(backend, app, '+5521912345678');
  await agentHearsTone(app, 520);
  await customerHearsTone(backend, callId, microphoneHz);
  // The provider reports whole seconds, and none for an unanswered call.
  await simulator.waitFor(() => (simulator.report(callId)?.media.packetsReceived ?? 0) > 75);
  simulator.hangUp(callId);
  await expect(button(app, 'Hang up')).toHaveCount(0);
  await expect.poll(async () => (await logged(app))[0]?.endReason.kind).toBe('customer-hung-up');
  expect((await logged(app))[0]).toMatchObject({ direction: 'outbound', outcome: 'answered' });
});

test('audio returns after its connection is cut, and the call stays up', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await talk(backend, app);
  const sessions = () => simulator.requests().filter(({ action }) => action === 'stream').length;
  const before = sessions();
  expect(simulator.cutAudio(callId)).toBe(true);
  await simulator.waitFor(() => simulator.report(callId)?.media.connected);
  expect(sessions()).toBe(before + 1);
  await agentHearsTone(app, 440);
  const frames = simulator.report(callId)?.media.packetsReceived ?? 0;
  await simulator.waitFor(
    () => (simulator.report(callId)?.media.packetsReceived ?? 0) > frames + 60,
  );
  await customerHearsTone(backend, callId, microphoneHz);
  expect(simulator.report(callId)?.endedAt).toBeNull();
});

test('lost audio is reported and returns when the provider answers again', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  await customerHearsTone(backend, callId, microphoneHz);
  simulator.setFaults({ api: { fail: { stream: { reset: true } } } });
  simulator.cutAudio(callId);
  await app.window.getByText('Audio interrupted').waitFor();
  simulator.clearFaults();
  await simulator.waitFor(() => simulator.report(callId)?.media.connected, { timeoutMs: 30_000 });
  await expect(app.window.getByText('Audio interrupted')).toHaveCount(0);
  await agentHearsTone(app, 440);
});

test('a number that lost its telephone ends the call in the provider’s words', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await ring(backend, app);
  await press(button(app, 'Accept'));
  await customerHearsTone(backend, callId, microphoneHz);
  simulator.setFaults({ api: { disconnected: true } });
  simulator.cutAudio(callId);
  await expect(app.window.getByText(/WHATSAPP_INSTANCE_NOT_CONNECTED/).first()).toBeVisible();
  await expect
    .poll(async () => (await logged(app))[0]?.endReason)
    .toMatchObject({ kind: 'media-failed' });
});

test('a reload during a call brings back the audio and keeps Mute', async ({ backend, app }) => {
  const { simulator } = backend;
  const callId = await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  await customerHearsTone(backend, callId, microphoneHz);
  await press(button(app, 'Mute'));
  await customerHearsSilence(backend, callId);
  const frames = () => simulator.report(callId)?.media.packetsReceived ?? 0;
  await app.window.reload();
  await button(app, 'Unmute').waitFor();
  await agentHearsTone(app, 440);
  const before = frames();
  await simulator.waitFor(() => frames() > before + 60);
  await customerHearsSilence(backend, callId);
  await press(button(app, 'Unmute'));
  await customerHearsTone(backend, callId, microphoneHz);
  expect(simulator.report(callId)?.endedAt).toBeNull();
});

test('a killed app continues the call after restart and keeps Mute', async ({
  backend,
  open,
  folder,
}) => {
  const { simulator } = backend;
  const userData = `${folder}/console`;
  const first = await openAna(backend, open, { userData });
  const callId = await ring(backend, first);
  await pressAccept(first, button(first, 'Hang up'));
  await customerHearsTone(backend, callId, microphoneHz);
  await press(button(first, 'Mute'));
  await customerHearsSilence(backend, callId);
  await first.kill();

  const frames = () => simulator.report(callId)?.media.packetsReceived ?? 0;
  const before = frames();
  const second = await open({ userData });
  await button(second, 'Unmute').waitFor();
  await agentHearsTone(second, 440);
  await simulator.waitFor(() => frames() > before + 60);
  await customerHearsSilence(backend, callId);
  await press(button(second, 'Unmute'));
  await customerHearsTone(backend, callId, microphoneHz);
  await press(button(second, 'Hang up'));
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
});
