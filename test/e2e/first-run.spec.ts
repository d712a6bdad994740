import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { freePort } from '../helpers/free-port.ts';
import { agentHearsTone } from './harness/agent-audio.ts';
import { axeProblems } from './harness/axe.ts';
import { projectFolder, type ConsoleApp } from './harness/console-app.ts';
import { account, secrets } from './harness/numbers.ts';
import { press } from './harness/presses.ts';
import { button, connected, expect, test } from './fixture.ts';

/** Starts the relay that the admin's files are of, as the page says. */
async function startRelay(folder: string): Promise<() => Promise<void>> {
  const command = ['src/relay/index.ts', '--config', join(folder, 'relay.json')];
  const relay = spawn(process.execPath, command, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: relay.stdout });
  await new Promise<void>((resolve, reject) => {
    relay.once('exit', () => reject(new Error('the relay ended')));
    lines.on('line', (line) => line.includes('"relay.listening"') && resolve());
  });
  return async () => {
    const gone = once(relay, 'exit');
    relay.kill('SIGTERM');
    await gone;
  };
}

const step = ({ window }: ConsoleApp, name: RegExp) =>
  window.getByRole('listitem').filter({ has: window.getByRole('heading', { name }) });

test('a newcomer comes from nothing to the first ring by the screens alone, as admin and as agent', async ({
  open,
  folder,
}) => {
  test.slow();
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [
      {
        id: 'support',
        provider: 'meta',
        phoneNumberId: account.phoneNumberId,
        wabaId: account.wabaId,
        displayPhoneNumber: account.number.slice(1),
        ...secrets,
      },
    ],
  });
  const admin = await open();
  const { window } = admin;
  await window.getByRole('heading', { name: 'Get started' }).waitFor();

  // A customer of the demo calls and talks.
  await connected(admin);
  // On a busy machine the press may come too late; a newcomer would ask her to call again.
  await expect(async () => {
    if (await button(admin, 'Hang up').isVisible()) return;
    if (!(await button(admin, 'Accept').isVisible())) await button(admin, 'Call me').click();
    await button(admin, 'Accept').click({ timeout: 10_000 });
    await button(admin, 'Hang up').waitFor({ timeout: 10_000 });
  }).toPass();
  await expect(step(admin, /Practise/)).toContainText('Done');
  await press(button(admin, 'Hang up'));
  await button(admin, 'Hang up').waitFor({ state: 'detached' });

  // The admin types what their provider shows them.
  const connect = window.getByRole('button', { name: /Connect your number/ });
  if ((await connect.getAttribute('aria-expanded')) === 'false') await connect.click();
  await window.getByRole('combobox', { name: 'How do you want to connect?' }).click();
  await window.getByRole('option', { name: /I am the admin/ }).click();
  await button(admin, 'Save to a folder…').click();
  await window.getByText('Some fields need your attention').waitFor();
  const relayUrl = `http://127.0.0.1:${await freePort()}`;
  for (const [label, text] of [
    ['Address of your server', relayUrl],
    ['Name of the number', 'Support'],
    ['Phone number', account.number],
    ['Phone number ID', account.phoneNumberId],
    ['WhatsApp Business Account ID', account.wabaId],
    ['App secret', secrets.appSecret],
    ['Access token', secrets.accessToken],
    ['Your name', 'Ana Lima'],
    ['Other agents, one per line', 'Bea Rocha'],
  ] as const) {
    await window.getByLabel(label, { exact: true }).fill(text);
  }
  await window.getByText('More settings').click();
  await window.getByLabel('Address of the provider’s API').fill(simulator.baseUrl);
  expect(await axeProblems(window)).toEqual([]);
  const files = join(folder, 'set-up');
  mkdirSync(files);
  await admin.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, files);
  await button(admin, 'Save to a folder…').click();
  await window.getByText('Saved in').waitFor();

  // They start it, and enter at the provider what the page shows.
  const shown = await window.locator('code').allTextContents();
  const stop = await startRelay(files);
  await simulator.setWebhookUrl(shown.find((text) => text.includes('/webhooks/')) ?? '');
  await window.getByRole('button', { name: /Set up this console for/ }).click();
  await window.getByText('Ringdesk reaches the relay').waitFor();
  await button(admin, 'Next: call your number').click();
  await window.getByText('This page waits for the ring').waitFor();

  // The agent has nothing but the link, and opens it.
  const agent = await open();
  await agent.window.getByRole('heading', { name: 'Get started' }).waitFor();
  const link = shown.filter((text) => text.startsWith('ringdesk:join')).at(0) ?? '';
  await agent.electron.evaluate(
    ({ app }, link) => void app.emit('second-instance', {}, [], '', { link }),
    link,
  );
  await agent.window.getByText('An invitation was opened').waitFor();
  await button(agent, 'Set up this console').click();
  await agent.window.getByText('Ringdesk reaches the relay').waitFor();

  await simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    kind: 'tone',
    hz: 440,
  });
  for (const app of [admin, agent]) {
    await app.window.getByText(/rang here, within/).waitFor();
    await button(app, 'Accept').waitFor();
  }
  await press(button(agent, 'Accept'));
  await agentHearsTone(agent, 440);
  await press(button(agent, 'Hang up'));
  expect(await axeProblems(window)).toEqual([]);
  await stop();
  await simulator.close();
});
