import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpeechService } from '../fakes/speech-service.ts';
import { OggSound } from '../helpers/ogg-sound.ts';
import { ana, button, expect, logged, showHistory, test } from './fixture.ts';

const rafael = { waId: '5521912345678', name: 'Rafael Nunes' } as const;
test.use({
  number: 'zernio',
  role: 'admin',
  simulated: {
    customers: [{ ...rafael, permission: 'permanent', answerAfterMs: 100 }],
    timing: { recordingAfterMs: 200 },
    media: { recordingFile: 'test/fixtures/sound/two-voices.mp3' },
  },
});

/** From a provider's stereo MP3 to lines by voice: decoded and split in the window, written down by a service that hears tones. */
test('a recording with a voice on each channel is written down by voice, searched, and played from a line', async ({
  backend,
  open,
  folder,
}) => {
  const service = await SpeechService.start();
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify({ transcripts: { server: service.url } }));
  const profile = await backend.profileFor({ ...ana, role: 'admin' });
  const app = await open({ profile, args: [`--policy=${policy}`] });
  const { simulator } = backend;
  const { window } = app;

  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await window.getByRole('button', { name: 'Number settings' }).click();
  const forwarding = window.getByRole('region', { name: 'Forwarding', exact: true });
  await forwarding.getByRole('switch', { name: 'Record calls' }).click();
  await forwarding.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(window.getByText('Saved', { exact: true })).toBeVisible();

  simulator.setDestination({ answerAfterMs: 100 });
  await button(app, 'New call').click();
  await window.getByLabel('Number', { exact: true }).fill(`+${rafael.waId}`);
  await button(app, 'Call').click();
  const id = await simulator.waitFor(
    () => simulator.calls().find(({ direction }) => direction === 'business-initiated')?.callId,
  );
  await expect(window.getByText('Answered at the destination')).toBeVisible();
  simulator.hangUp(id);
  await expect.poll(async () => (await logged(app))[0]?.recorded).toBeDefined();

  await showHistory(window);
  await window.locator('[data-call]').first().click();
  await button(app, 'Write a transcript').click();
  const lines = window.getByRole('button', { name: /hertz/ });
  await expect(lines).toHaveText([
    /^Voice 10:01440 hertz$/,
    /^Voice 20:05880 hertz$/,
    /^Voice 10:1[78]660 hertz$/,
    /^Voice 20:221200 hertz$/,
  ]);
  // Each is as long as the file, which was decoded in two pieces.
  const seconds = service.files.map((file) => Math.round(new OggSound(file).ms / 1000));
  expect(seconds).toEqual([24, 24]);

  await lines.nth(2).click();
  const position = window.getByRole('slider', { name: 'Position in the recording' });
  const second = () => position.getAttribute('aria-valuenow').then(Number);
  await expect.poll(second).toBeGreaterThanOrEqual(17);
  await expect(window.locator('li[aria-current="true"]')).toHaveText(/660 hertz/);
  await button(app, 'Pause').press('Enter');

  await window.getByRole('searchbox', { name: 'Search calls and notes' }).fill('1200 hertz');
  await expect(window.getByText(/“1200 hertz”/)).toBeVisible();
  await expect(window.locator('mark')).toHaveText('1200 hertz');
  service.close();
});
