import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTone } from '../../scripts/resources/tone.mjs';
import { pressDecline } from './harness/presses.ts';
import { expect, inHistory, ring, showHistory, test } from './fixture.ts';

/** Setting up a number's voicemail, and hearing what a customer left on it. */
test('an announcement is recorded or chosen, and a declined caller’s message is played in place', async ({
  backend,
  app,
  folder,
}) => {
  const { simulator } = backend;
  const { window } = app;
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await window.getByRole('button', { name: 'Number settings' }).click();
  const section = window.getByRole('region', { name: 'Voicemail', exact: true });
  await section.getByRole('switch', { name: 'Let callers leave a message' }).click();
  const save = section.getByRole('button', { name: 'Save', exact: true });
  await expect(section.getByRole('listitem')).toHaveText('Record or choose an announcement first');
  await expect(save).toBeDisabled();

  // What is no announcement is refused, and says why.
  const choose = async (file: string) => section.locator('input[type=file]').setInputFiles(file);
  const text = join(folder, 'letter.mp3');
  writeFileSync(text, 'Dear customer');
  await choose(text);
  await expect(section.getByText(/no audio that can be read/)).toBeVisible();
  const long = join(folder, 'long.wav');
  writeTone(long, 440, 61);
  await choose(long);
  await expect(section.getByText(/shorter than a minute/)).toBeVisible();

  // Recorded with the keyboard, and heard before it is saved.
  await section.getByRole('button', { name: 'Record', exact: true }).press('Enter');
  await expect(section.getByRole('timer')).toHaveText('0:02');
  await section.getByRole('button', { name: 'Stop recording' }).press('Enter');
  await expect(section.getByText(/new, 0:0\d, not saved/)).toBeVisible();
  const player = section.locator('audio');
  await expect
    .poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration))
    .toBeGreaterThan(1);

  // A file in its place.
  const tone = join(folder, 'tone.wav');
  writeTone(tone, 440, 4);
  await choose(tone);
  await expect(section.getByText('new, 0:04, not saved')).toBeVisible();
  await section.getByLabel('Seconds until voicemail').fill('10');
  await save.click();
  await expect(section.getByText('Announcement: set')).toBeVisible();
  const settings = simulator
    .requests()
    .findLast(({ action, method }) => action === 'settings' && method === 'POST');
  expect(settings?.body).toMatchObject({
    calling: {
      voicemail: {
        status: 'ENABLED',
        triggers: ['REJECT', 'TIMEOUT'],
        audio: { default: { timeout_seconds: 10 } },
      },
    },
  });

  const callId = await ring(backend, app, { voicemail: {} });
  await pressDecline(app);
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
  await showHistory(window);
  const calls = window.getByRole('list', { name: 'Calls' });
  await expect(calls.getByText('Missed · Left a voicemail')).toBeVisible();
  await inHistory(window, 'Camila Souza').click();
  await window.getByRole('button', { name: 'Play voicemail' }).press('Enter');
  const message = window.getByLabel('Voicemail from Camila Souza');
  await expect
    .poll(() => message.evaluate((audio: HTMLAudioElement) => audio.currentTime))
    .toBeGreaterThan(0);
  await window.getByRole('button', { name: 'To do 1', exact: true }).click();
  await expect(window.getByText(/Left a voicemail/).first()).toBeVisible();
});
