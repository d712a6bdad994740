import { bea, type TestAgent } from './harness/agents.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import type { Backend } from './harness/backend.ts';
import { takePicture } from './harness/pictures.ts';
import { accept, button, expect, hangUp, inHistory, ring, showHistory } from './fixture.ts';
import { test } from './team-fixture.ts';

const ana: TestAgent = { id: 'ana', name: 'Ana Lima', hz: 1000, role: 'admin' };
const camila = { waId: '5511987654321', name: 'Camila Souza' };
const lea = { waId: '5511912345678', name: 'Léa Duarte' };
const rafael = { waId: '5521912345678', name: 'Rafael Nunes' };
const sofia = { waId: '351912345678', name: 'Sofia Matos' };

test.use({
  ownProcess: false,
  simulated: { customers: [{ ...rafael, permission: 'temporary', onCall: 'answer' }] },
});

/** The pictures of the documentation: `npm run docs -- --pictures`. */
test('a morning at a desk, for the documentation', async ({ backend, join }) => {
  const app = await join(ana);
  const teammate = await join(bea);
  await giveUpKeys(teammate);
  const { window } = app;
  const go = (name: string | RegExp) => window.getByRole('button', { name }).first().click();
  await resize(app, 1280, 800);
  await setOutcomes(app);
  await morning(backend, app);

  await go(/^To do/);
  await window.getByRole('list', { name: 'Waiting customers' }).getByText(lea.name).click();
  await window.getByRole('article', { name: 'Contact' }).waitFor();
  await takePicture(window, 'todo');
  await showHistory(window);
  await inHistory(window, camila.name).click();
  await button(app, 'Copy number').waitFor();
  await takePicture(window, 'history');
  await go(/^Contacts/);
  await window.getByRole('list', { name: 'Contacts' }).getByText(camila.name).click();
  await window.getByLabel('Write a message').waitFor();
  await takePicture(window, 'contacts');
  await go(/^New call$/);
  await window.getByLabel('Number', { exact: true }).fill(`+${rafael.waId}`);
  await window.getByText('Permission to call').waitFor();
  await takePicture(window, 'new-call');
  await go(/^Settings$/);
  await window.getByText('Default country for dialling').first().waitFor();
  await takePicture(window, 'settings');
  await go(/^Ready to ring/);
  await window.getByText('Relay reached').first().waitFor();
  await takePicture(window, 'ready');

  const theirs = await ring(backend, teammate, { customer: sofia });
  await accept(backend, teammate, theirs);
  await go(/^Team$/);
  await window.getByText(bea.name).first().waitFor();
  await takePicture(window, 'team');

  await go(/^To do/);
  backend.simulator.writeMessage({ customer: camila, text: 'It arrived broken again. Call me?' });
  const callId = await ring(backend, app, { customer: camila });
  await expect(button(app, 'Accept')).toBeEnabled();
  await takePicture(window, 'ringing');
  await takePicture(await app.ringWindow(), 'ring-window');
  await accept(backend, app, callId);
  await window.getByRole('textbox', { name: 'Note' }).fill('A second parcel goes out today.');
  await takePicture(window, 'call');
  await hangUp(backend, app, callId);
  await hangUp(backend, teammate, theirs);
});

/** An answered call with a note, two missed ones, and two customers who wrote. */
async function morning(backend: Backend, app: ConsoleApp): Promise<void> {
  const { simulator } = backend;
  simulator.writeMessage({ customer: camila, text: 'Where is my order 991?' });
  const answered = await ring(backend, app, { customer: camila });
  await accept(backend, app, answered);
  await app.window.getByRole('textbox', { name: 'Note' }).fill('Order 991 is with the carrier.');
  await app.window.keyboard.press('Escape');
  await app.window.getByRole('button', { name: /^Solved/ }).click();
  await hangUp(backend, app, answered);
  for (let times = 0; times < 2; times++) {
    simulator.hangUp(await ring(backend, app, { customer: lea }));
    await expect(button(app, 'Accept')).toHaveCount(0);
  }
  simulator.writeMessage({ customer: rafael, text: 'Can I still change the address?' });
  simulator.writeMessage({ customer: sofia, text: 'Obrigada! It works now.' });
  await app.window
    .getByText(/Obrigada/)
    .first()
    .waitFor();
}

/** Both consoles are on one screen, where only one can have the keys. */
async function giveUpKeys({ window: page }: ConsoleApp): Promise<void> {
  await page.evaluate(() =>
    window.ringdesk.request('settings.set', {
      settings: { acceptShortcut: '', declineShortcut: '' },
    }),
  );
}

async function setOutcomes({ window }: ConsoleApp): Promise<void> {
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  const settings = window.getByRole('region', { name: 'After a call' });
  await settings.getByLabel('Outcomes, one per line').fill('Solved\nCall again\nPassed on');
  await settings.getByLabel('Tags, one per line').fill('Delivery\nRefund');
  await settings.getByRole('button', { name: 'Save' }).click();
  await window.getByText('All agents have it now').waitFor();
  await window.getByRole('button', { name: 'Dismiss' }).click();
  await window
    .getByRole('button', { name: /^To do/ })
    .first()
    .click();
}

async function resize({ electron, window }: ConsoleApp, width: number, height: number) {
  await electron.evaluate(
    ({ BrowserWindow }, size) => {
      for (const one of BrowserWindow.getAllWindows()) {
        if (one.webContents.getURL().endsWith('index.html')) one.setContentSize(...size);
      }
    },
    [width, height] as [number, number],
  );
  await expect.poll(() => window.evaluate(() => innerWidth)).toBe(width);
}
