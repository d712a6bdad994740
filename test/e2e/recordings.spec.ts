import { talkedFor } from './harness/talked-for.ts';
import { join } from 'node:path';
import { storedBytes, tracesIn } from '../helpers/stored-bytes.ts';
import { databaseKeys } from './harness/own-recording.ts';
import { button, expect, accept, hangUp, inHistory, ring, showHistory, test } from './fixture.ts';

const camila = { waId: '5511987654321', name: 'Camila Souza' };
// Only admins decide how calls are recorded.
test.use({ role: 'admin' });

test.describe('a recorded call', () => {
  test.use({ simulated: { timing: { recordingAfterMs: 200 } } });

  /** From the provider's webhook to the list of who listened. */
  test('is fetched, drawn, played, read along and searched, tells who listened, and can be erased', async ({
    backend,
    app,
  }) => {
    const { window } = app;
    await window.getByRole('button', { name: 'Settings', exact: true }).click();
    await window.getByRole('button', { name: 'Number settings' }).click();
    const settings = window.getByRole('region', { name: 'Recordings', exact: true });
    await settings.getByRole('switch', { name: 'Record calls' }).click();
    await settings.getByLabel('Purpose').fill('Quality assurance');
    await settings.getByRole('switch', { name: 'Also transcribe calls' }).click();
    await settings.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(settings.getByRole('button', { name: 'Undo' })).toHaveCount(0);

    const callId = await ring(backend, app);
    await accept(backend, app, callId);
    // The recording is as long as the call.
    await talkedFor(window, 4);
    await hangUp(backend, app, callId);

    // Found by what was said, although it was never written down.
    await showHistory(window);
    await expect(async () => {
      await window.getByRole('searchbox', { name: 'Search calls and notes' }).fill('order left');
      await expect(window.getByText(/“Has my order left yet\?”/)).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await inHistory(window, 'Camila Souza').click();
    await expect(window.locator('mark')).toHaveText('order left');

    const position = window.getByRole('slider', { name: 'Position in the recording' });
    await button(app, 'Play').press('Enter');
    const second = () => position.getAttribute('aria-valuenow').then(Number);
    await expect.poll(second).toBeGreaterThan(0);
    await button(app, 'Pause').press('Enter');
    await position.press('Home');
    await expect.poll(second).toBe(0);
    await window
      .getByRole('button', { name: /Has my order left yet\?/ })
      .last()
      .click();
    await expect.poll(second).toBeGreaterThan(1);
    await expect(window.locator('li[aria-current="true"]')).toHaveText(/Has my order left yet\?/);
    const listened = window.getByRole('list', { name: 'Who listened' });
    await expect(listened.getByRole('listitem').first()).toHaveText(
      /^Ana Lima, .*: 0:0\d to 0:0\d$/,
    );

    // Erased: no file of this console has anything of the customer, Chromium's own among them.
    await window.getByRole('button', { name: /^Contacts/ }).click();
    await window.getByRole('button', { name: /^Camila Souza/ }).click();
    backend.simulator.writeMessage({ customer: camila, text: 'jabberwocky' });
    await expect(window.getByText('jabberwocky').last()).toBeVisible();
    await window.getByLabel('Write a message').fill('half a secret');
    const keys = await databaseKeys(app);
    const userData = await app.electron.evaluate(({ app: own }) => own.getPath('userData'));
    await button(app, 'Erase customer…').click();
    await window.getByRole('textbox', { name: /^To go on/ }).fill('erase');
    await button(app, 'Erase').click();
    await expect(window.getByText('Certificate of erasure')).toBeVisible();
    await button(app, 'Close').click();
    await app.close();
    const files = storedBytes(userData, keys);
    const words = [
      camila.name,
      camila.waId,
      '98765-4321',
      'order left',
      'half a secret',
      'jabberwocky',
      callId,
    ];
    // The program's own text, compiled, has this number as an example.
    const isOurs = (trace: string) =>
      trace.includes(join('Code Cache', 'js')) && trace.endsWith(camila.waId);
    expect(tracesIn(files, words).filter((trace) => !isOurs(trace))).toEqual([]);
    // The log was opened, or nothing would have been found in it.
    expect(tracesIn(files, ['CREATE TABLE'])).toContainEqual(
      expect.stringContaining('ringdesk.db:'),
    );
  });
});
