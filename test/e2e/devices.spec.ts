import { customerHearsTone } from './harness/customer-audio.ts';
import { accept, button, expect, hangUp, openAna } from './fixture.ts';
import { test } from './sound-fixture.ts';

/** Chromium's labels of the virtual devices. */
const deskMicrophone = { name: 'desk-mic', hz: 700 };
const headsetMicrophone = { name: 'headset-mic', hz: 1300, label: 'Sine source at 1300 Hz' };
const customerHz = 440;

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
  const headset = async () => {
    const [output, input] = [
      await sound.plugSink('headset'),
      await sound.plugTone(headsetMicrophone.name, headsetMicrophone.hz),
    ];
    return async () => {
      await output.unplug();
      await input.unplug();
    };
  };
  let unplug = await headset();
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
  await choose('Microphone', headsetMicrophone.label);
  await choose('Speaker', 'headset');
  await choose('Ringing device', 'bell');

  await hide(true);
  const [desk, bell, first] = [sound.listen('desk'), sound.listen('bell'), sound.listen('headset')];
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

  const atUnplug = performance.now();
  const fromUnplug = desk.hears(customerHz);
  await unplug();
  const toDesk = (await fromUnplug) - atUnplug;
  await customerHearsTone(backend, callId, deskMicrophone.hz);
  await window
    .getByText(/is disconnected/)
    .first()
    .waitFor();

  const atReplug = performance.now();
  unplug = await headset();
  const second = sound.listen('headset');
  const toHeadset = (await second.hears(customerHz)) - atReplug;
  await customerHearsTone(backend, callId, headsetMicrophone.hz);
  await window
    .getByText(/headset is connected/)
    .first()
    .waitFor();
  info.annotations.push({
    type: 'measured',
    description: `voice moved after ${Math.round(toDesk)} ms and ${Math.round(toHeadset)} ms`,
  });
  await hangUp(backend, app, callId);
});
