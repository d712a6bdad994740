import { join } from 'node:path';
import { axeProblems } from './harness/axe.ts';
import { agentHearsTone } from './harness/agent-audio.ts';
import { sendTonesUnprocessed } from './harness/agents.ts';
import { startBackend } from './harness/backend.ts';
import {
  customerHearsHold,
  customerHearsSilence,
  customerHearsTone,
} from './harness/customer-audio.ts';
import { PageBridge } from './harness/page-bridge.ts';
import { hasChromium, openChromium } from '../helpers/chromium.ts';
import { press } from './harness/presses.ts';
import {
  accept,
  ana,
  button,
  connected,
  expect,
  hangUp,
  inHistory,
  microphoneHz,
  ring,
  showHistory,
  test as base,
} from './fixture.ts';

/** Our machines run an old Electron, and users a new one: Debian's Chromium is newer than both. */
const test = base.extend<{ path: 'direct' | 'relayed' }>({
  path: ['direct', { option: true }],
  backend: async ({ folder, path }, use) => {
    const backend = await startBackend(join(folder, 'backend'), {}, { path });
    await use(backend);
    await backend.close();
  },
  app: async ({ backend, open, folder, display }, use) => {
    const bridge = await PageBridge.open();
    const shell = await open({
      profile: await backend.profileFor(ana),
      env: { ...process.env, ...display.env, ELECTRON_RENDERER_URL: bridge.mainUrl },
    });
    const { page, close } = await openChromium([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${join(folder, 'microphone.wav')}`,
      '--autoplay-policy=no-user-gesture-required',
    ]);
    await page.addInitScript(bridge.preload);
    await page.goto(bridge.pageUrl);
    const app = { ...shell, window: page };
    await connected(app);
    await sendTonesUnprocessed(app);
    await use(app);
    await close();
    await bridge.close();
  },
});

test.skip(!hasChromium(), 'Chromium is not installed');

test('in a current Chromium a direct call is heard by both, muted and logged, and every screen passes axe', async ({
  backend,
  app,
}) => {
  const { window } = app;
  const callId = await ring(backend, app);
  expect(await axeProblems(window)).toEqual([]);
  await accept(backend, app, callId);
  await agentHearsTone(app, 440);
  await customerHearsTone(backend, callId, microphoneHz);
  await press(button(app, 'Mute'));
  await customerHearsSilence(backend, callId);
  expect(await axeProblems(window)).toEqual([]);
  await hangUp(backend, app, callId);
  expect(backend.simulator.report(callId)?.violations).toEqual([]);
  // What getStats said became the call's quality.
  await showHistory(window);
  await inHistory(window, 'Camila Souza').click();
  await expect(window.getByRole('article', { name: 'Call', exact: true })).toContainText(
    /MOS\)\s*[1-4]/,
  );
  expect(await axeProblems(window)).toEqual([]);
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await button(app, 'Number settings').waitFor();
  expect(await axeProblems(window)).toEqual([]);
});

test.describe('through the relay', () => {
  test.use({ path: 'relayed' });

  test('in a current Chromium a carried call is heard by both, held and resumed', async ({
    backend,
    app,
  }) => {
    const callId = await ring(backend, app);
    await accept(backend, app, callId);
    await agentHearsTone(app, 440);
    await customerHearsTone(backend, callId, microphoneHz);
    await press(button(app, 'Hold'));
    await customerHearsHold(backend, callId);
    await press(button(app, 'Resume'));
    await customerHearsTone(backend, callId, microphoneHz);
    await hangUp(backend, app, callId);
    expect(backend.simulator.report(callId)?.violations).toEqual([]);
  });
});
