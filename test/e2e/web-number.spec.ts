import type { Desk } from './harness/desk.ts';
import { listen } from './harness/ear.ts';
import type { World } from './harness/world.ts';
import { ana, button, connected, expect, logged, microphoneHz, ring, test } from './fixture.ts';

/** Numbers whose calls the provider holds: the sound goes through main, as raw frames. */
test.use({
  number: 'pilot-web',
  simulated: {
    customers: [
      {
        waId: '5521912345678',
        name: 'Rafael Nunes',
        sends: { kind: 'tone', hz: 520 },
        answerAfterMs: 300,
      },
    ],
  },
});

/** The agent's microphone reaches the customer's ear. */
const customerHears = ({ simulator }: World, callId: string, hz: number) =>
  simulator.waitFor(
    () => {
      const tone = simulator.report(callId)?.media.toneHz;
      return typeof tone === 'number' && Math.abs(tone - hz) < 10;
    },
    { what: `${hz} Hz at the customer` },
  );

const customerHearsNothing = ({ simulator }: World, callId: string) =>
  simulator.waitFor(() => (simulator.report(callId)?.media.levelDbfs ?? -100) < -60, {
    what: 'silence at the customer',
  });

const agentHears = async ({ window }: Desk, hz: number) =>
  expect(Math.abs((await listen(window)).hz - hz)).toBeLessThan(5);

test('customer and agent hear each other on a web number, Mute sends silence, and the log has stats', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  await agentHears(desk, 440);
  await customerHears(world, callId, microphoneHz);

  await button(desk, 'Mute').click();
  await customerHearsNothing(world, callId);
  await button(desk, 'Unmute').click();
  await customerHears(world, callId, microphoneHz);

  await button(desk, 'Hang up').click();
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
  await expect.poll(async () => (await logged(desk))[0]?.quality?.firstAudioMs).toBeDefined();
  const [row] = await logged(desk);
  expect(row).toMatchObject({
    direction: 'inbound',
    outcome: 'answered',
    providerCallId: callId,
    endReason: { kind: 'agent-hung-up' },
  });
  expect(row?.quality?.packetsReceived).toBeGreaterThan(50);
  expect(row?.quality?.packetsSent).toBeGreaterThan(50);
  // Neither the round trip nor what the customer hears is known, so no opinion is given.
  expect(row?.quality?.mos).toBeUndefined();
  expect(desk.output()).not.toMatch(/realtime\/ws|token=/);
});

test('customer and agent hear each other on an outbound call from a web number', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  await desk.window.getByLabel('Number', { exact: true }).fill('+5521912345678');
  await button(desk, 'Call').click();
  const callId = await simulator.waitFor(
    () => simulator.calls().find(({ direction }) => direction === 'business-initiated')?.callId,
  );
  await agentHears(desk, 520);
  await customerHears(world, callId, microphoneHz);
  // The provider tells whole seconds, and none at all of a call that was not answered.
  await simulator.waitFor(() => (simulator.report(callId)?.media.packetsReceived ?? 0) > 75);
  simulator.hangUp(callId);
  await expect(button(desk, 'Hang up')).toHaveCount(0);
  await expect.poll(async () => (await logged(desk))[0]?.endReason.kind).toBe('customer-hung-up');
  expect((await logged(desk))[0]).toMatchObject({ direction: 'outbound', outcome: 'answered' });
});

test('audio returns after its connection is cut, and the call stays up', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  await agentHears(desk, 440);
  await customerHears(world, callId, microphoneHz);
  const sessions = () => simulator.requests().filter(({ action }) => action === 'stream').length;
  const before = sessions();
  expect(simulator.cutSound(callId)).toBe(true);
  await simulator.waitFor(() => simulator.report(callId)?.media.connected);
  expect(sessions()).toBe(before + 1);
  await agentHears(desk, 440);
  const frames = simulator.report(callId)?.media.packetsReceived ?? 0;
  await simulator.waitFor(
    () => (simulator.report(callId)?.media.packetsReceived ?? 0) > frames + 60,
  );
  await customerHears(world, callId, microphoneHz);
  expect(simulator.report(callId)?.endedAt).toBeNull();
});

test('lost audio is reported and returns when the provider answers again', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  await customerHears(world, callId, microphoneHz);
  simulator.setFaults({ api: { fail: { stream: { reset: true } } } });
  simulator.cutSound(callId);
  await desk.window.getByText('Audio interrupted').waitFor();
  simulator.clearFaults();
  await simulator.waitFor(() => simulator.report(callId)?.media.connected, { timeoutMs: 30_000 });
  await expect(desk.window.getByText('Audio interrupted')).toHaveCount(0);
  await agentHears(desk, 440);
});

test('a number that lost its telephone ends the call in the provider’s words', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  await customerHears(world, callId, microphoneHz);
  simulator.setFaults({ api: { disconnected: true } });
  simulator.cutSound(callId);
  await expect(desk.window.getByText(/WHATSAPP_INSTANCE_NOT_CONNECTED/).first()).toBeVisible();
  await expect
    .poll(async () => (await logged(desk))[0]?.endReason)
    .toMatchObject({ kind: 'media-failed' });
});

test('a reload during a call brings back the audio and keeps Mute', async ({ world, desk }) => {
  const { simulator } = world;
  const callId = await ring(world, desk);
  await button(desk, 'Accept').click();
  await customerHears(world, callId, microphoneHz);
  await button(desk, 'Mute').click();
  await customerHearsNothing(world, callId);
  const frames = () => simulator.report(callId)?.media.packetsReceived ?? 0;
  await desk.window.reload();
  await button(desk, 'Unmute').waitFor();
  await agentHears(desk, 440);
  const before = frames();
  await simulator.waitFor(() => frames() > before + 60);
  await customerHearsNothing(world, callId);
  await button(desk, 'Unmute').click();
  await customerHears(world, callId, microphoneHz);
  expect(simulator.report(callId)?.endedAt).toBeNull();
});

test('a killed app continues the call after restart and keeps Mute', async ({
  world,
  open,
  folder,
}) => {
  const { simulator } = world;
  const userData = `${folder}/console`;
  const first = await open({ profile: await world.profileFor(ana), userData });
  await connected(first);
  const callId = await ring(world, first);
  await button(first, 'Accept').click();
  await customerHears(world, callId, microphoneHz);
  await button(first, 'Mute').click();
  await customerHearsNothing(world, callId);
  await first.kill();

  const frames = () => simulator.report(callId)?.media.packetsReceived ?? 0;
  const before = frames();
  const second = await open({ userData });
  await button(second, 'Unmute').waitFor();
  await agentHears(second, 440);
  await simulator.waitFor(() => frames() > before + 60);
  await customerHearsNothing(world, callId);
  await button(second, 'Unmute').click();
  await customerHears(world, callId, microphoneHz);
  await button(second, 'Hang up').click();
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
});
