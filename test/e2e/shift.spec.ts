import type { ConsoleApp } from './harness/console-app.ts';
import type { Settings } from '../../src/shared/ipc/settings.ts';
import { ana, button, connected, expect, openAna, ring, test } from './fixture.ts';

const camila = 'Camila Souza';
const choose = (app: ConsoleApp, settings: Partial<Settings>) =>
  app.window.evaluate(
    (changes) => window.ringdesk.request('settings.set', { settings: changes }),
    settings,
  );

test('U3 switching from real numbers to the demo is confirmed, stays visible, and one click undoes it', async ({
  open,
  backend,
  folder,
}) => {
  const userData = `${folder}/console`;
  const app = await openAna(backend, open, { userData });
  await button(app, 'Settings').click();
  await button(app, 'Use the demo workspace').click();
  const question = app.window.getByRole('alertdialog');
  await expect(question).toContainText('Calls to Support will not ring here');
  await question.getByRole('button').first().click();
  await expect(question).toHaveCount(0);
  await button(app, 'Use the demo workspace').click();
  await question.getByRole('button', { name: 'Switch to the demo' }).click();
  const bar = app.window.getByText('You are in the demo. Your numbers do not ring here.');
  await bar.waitFor();
  await app.close();
  // After a restart too, with the secrets kept in the vault.
  const again = await open({ userData });
  await again.window.getByText('You are in the demo. Your numbers do not ring here.').waitFor();
  await button(again, `Back to ${ana.name}’s numbers`).click();
  await connected(again);
  await ring(backend, again);
});

test('U10 a message draft survives a view change, a reload and a restart', async ({
  open,
  backend,
  folder,
}) => {
  const userData = `${folder}/console`;
  const app = await openAna(backend, open, { userData });
  const openMessage = async ({ window }: ConsoleApp) => {
    await window.getByRole('button', { name: 'Contacts' }).click();
    await window.getByText(camila).first().click();
    return window.getByRole('textbox', { name: 'Write a message' });
  };
  const customer = { waId: '5511987654321', name: camila };
  backend.simulator.writeMessage({ customer, text: 'Hello' });
  const box = await openMessage(app);
  await box.fill('half a message');
  await button(app, 'Settings').click();
  await expect(await openMessage(app)).toHaveValue('half a message');
  await app.window.reload();
  await connected(app);
  await expect(await openMessage(app)).toHaveValue('half a message');
  await app.close();
  const again = await open({ userData });
  await connected(again);
  await expect(await openMessage(again)).toHaveValue('half a message');
});

test('U18 closing the window explains once that Ringdesk keeps ringing in the tray and how to quit', async ({
  app,
  desktop,
}) => {
  const closeAndShow = async () => {
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.webContents.getURL().endsWith('index.html')) window.close();
      }
    });
    await desktop.clickMenu('Show Ringdesk');
  };
  await closeAndShow();
  const hint = await desktop.notification(/still running/);
  expect(hint.body).toContain('Quit');
  await closeAndShow();
  expect(
    desktop.allNotifications().filter(({ title }) => /still running/.test(title)),
  ).toHaveLength(1);
  await choose(app, { trayHint: true });
  await closeAndShow();
  await expect
    .poll(
      () => desktop.allNotifications().filter(({ title }) => /still running/.test(title)).length,
    )
    .toBe(2);
});
