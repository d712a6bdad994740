import { customerHearsTone } from './harness/customer-audio.ts';
import { accept, button, expect, hangUp, openAna } from './fixture.ts';
import { test } from './sound-fixture.ts';

/** Chromium's labels of the virtual devices. */
const deskMicrophone = { name: 'desk-mic', hz: 700 };
const headsetMicrophone = { name: 'headset-mic', hz: 1300 };
const customerHz = 440;
/** How often the headset is pulled out. */
const ROUNDS = 3;

test('D1 the ring, the voice and the microphone follow the agent’s devices as they are plugged', async ({
  backend,
  open,
  display,
  sound,
}, info) => {
  await sound.plugSink('desk');
  await sound.plugSink('bell');
  await sound.plugTone(deskMicrophone.name, deskMicrophone.hz);
  await sound.setDefaults('desk', deskMicrophone.name);
  /** Both at once, as one cable; `listener` hears its speaker from the first moment on. */
  const plugHeadset = async () => {
    const [[output, listener], input] = await Promise.all([
      sound.plugSink('headset').then((plugged) => [plugged, sound.listen('headset')] as const),
      sound.plugTone(headsetMicrophone.name, headsetMicrophone.hz),
    ]);
    const unplug = () => Promise.all([output.unplug(), input.unplug()]);
    return { unplug, listener };
  };
  let headset = await plugHeadset();
  const app = await openAna(backend, open, {
    env: { ...process.env, ...display.env, ...sound.env },
    realSound: true,
  });
  const { window, electron } = app;
  const hide = (isHidden: boolean) =>
    electron.evaluate(({ BrowserWindow }, hidden) => {
      const main = BrowserWindow.getAllWindows().find((one) =>
        one.webContents.getURL().includes('index.html'),
      );
      if (hidden) main?.hide();
      else main?.show();
    }, isHidden);
  await button(app, 'Settings').click();
  const choose = async (label: string, device: string) => {
    await window.getByRole('combobox', { name: label, exact: true }).click();
    await window.getByRole('option', { name: device, exact: true }).click();
  };
  await choose('Microphone', headsetMicrophone.name);
  await choose('Speaker', 'headset');
  await choose('Ringing device', 'bell');
  // Its level meter opens the microphone, too.
  await button(app, 'To do').click();

  await hide(true);
  const [desk, bell, first] = [sound.listen('desk'), sound.listen('bell'), headset.listener];
  const { callId } = await backend.simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    kind: 'tone',
    hz: customerHz,
  });
  await bell.hearsSound();
  expect(Math.max(desk.loudest(), first.loudest())).toBeLessThan(-80);

  await hide(false);
  await accept(backend, app, callId);
  await first.hears(customerHz);
  await customerHearsTone(backend, callId, headsetMicrophone.hz);

  const took: Record<string, number[]> = {};
  /** Counts from the moment at which the sound server is told to. */
  const count = async (what: string, heard: Promise<number | undefined>, from: number) => {
    const at = await heard;
    if (at !== undefined) (took[what] ??= []).push(Math.round(at - from));
  };
  const { timeOrigin } = performance;
  const customer = (hz: number) => customerHearsTone(backend, callId, hz);
  for (let round = 0; round < ROUNDS; round++) {
    const unpluggedAt = performance.now();
    await Promise.all([
      count('speaker unplugged', desk.hears(customerHz), unpluggedAt),
      count('microphone unplugged', customer(deskMicrophone.hz), timeOrigin + unpluggedAt),
      headset.unplug(),
    ]);
    await window
      .getByText(/headset is disconnected/)
      .first()
      .waitFor();

    const pluggedAt = performance.now();
    const spoken = customer(headsetMicrophone.hz);
    // Said for some seconds only.
    const said = window
      .getByText(/headset is connected/)
      .first()
      .waitFor();
    headset = await plugHeadset();
    await Promise.all([
      count('speaker plugged', headset.listener.hears(customerHz), pluggedAt),
      count('microphone plugged', spoken, timeOrigin + pluggedAt),
      said,
    ]);
  }
  info.annotations.push({
    type: 'measured',
    description: Object.entries(took)
      .map(([what, times]) => `${what}: heard after ${times.join(', ')} ms`)
      .join('; '),
  });
  await hangUp(backend, app, callId);
});
