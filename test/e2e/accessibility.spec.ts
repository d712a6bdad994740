import type { Locator, Page } from '@playwright/test';
import { axeProblems } from './harness/axe.ts';
import { press, pressAccept } from './harness/presses.ts';
import { button, expect, inHistory, ring, test, showHistory } from './fixture.ts';

test('every screen of a working day passes axe, light and dark', async ({ backend, app }) => {
  const { window } = app;
  expect(await axeProblems(window)).toEqual([]);
  await ring(backend, app);
  expect(await axeProblems(window)).toEqual([]);
  expect(await axeProblems(await app.ringWindow())).toEqual([]);
  await pressAccept(app, button(app, 'Hang up'));
  await button(app, 'Hang up').waitFor();
  expect(await axeProblems(window)).toEqual([]);
  await press(button(app, 'Hang up'));
  await showHistory(window);
  await inHistory(window, 'Camila Souza').click();
  expect(await axeProblems(window)).toEqual([]);
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  expect(await axeProblems(window)).toEqual([]);
});

test.describe('screens for contacts and numbers, light and dark', () => {
  test.use({
    simulated: {
      customers: [{ waId: '5511987654321', name: 'Camila Souza', onPermissionRequest: 'decline' }],
      timing: { permissionReplyAfterMs: 200 },
    },
  });

  test('pass axe', async ({ backend, app }) => {
    const { window } = app;
    const customer = { waId: '5511987654321', name: 'Camila Souza' };
    await button(app, 'Contacts').click();
    await window.getByText('No contacts yet').waitFor();
    expect(await axeProblems(window)).toEqual([]);

    // Who waits, then a contact with a message, a pending request, a refusal, and the calling rules beside them.
    backend.simulator.writeMessage({ customer, text: 'Where is my order?' });
    await window.getByRole('button', { name: /^To do/ }).click();
    await window.getByRole('button', { name: /^Camila Souza/ }).click();
    await window.getByRole('group', { name: 'Actions for Camila Souza' }).waitFor();
    expect(await axeProblems(window)).toEqual([]);
    await window.getByRole('button', { name: /^Contacts/ }).click();
    await window.getByRole('button', { name: /^Camila Souza/ }).click();
    await button(app, 'Request permission').click();
    await window.getByText('Declined your call request', { exact: true }).waitFor();
    await window.getByLabel('Write a message').fill('On its way');
    await button(app, 'Send').click();
    await window.locator('[data-kind="message-out"]').waitFor();
    expect(await axeProblems(window)).toEqual([]);
    for (const form of ['Template…', 'Call button…']) {
      await button(app, form).click();
      await window.getByRole('dialog').getByRole('button', { name: 'Send' }).waitFor();
      expect(await axeProblems(window)).toEqual([]);
      await window.keyboard.press('Escape');
      await expect(window.getByRole('dialog')).toHaveCount(0);
    }
    await window.keyboard.press('Control+k');
    await window.getByRole('combobox', { name: 'Commands' }).fill('Camila');
    await window.getByRole('option', { name: /Camila Souza/ }).waitFor();
    expect(await axeProblems(window)).toEqual([]);
    await window.keyboard.press('Escape');

    // A number's settings with hours, a holiday and an error.
    await window.getByRole('button', { name: 'Settings', exact: true }).click();
    await window.getByRole('button', { name: 'Number settings' }).click();
    await window.getByRole('switch', { name: 'Take calls only during call hours' }).click();
    await button(app, 'Add a holiday').click();
    await window.getByLabel('Monday, opens').fill('20:00');
    await window.getByRole('switch', { name: 'Record calls' }).click();
    await button(app, 'Show call costs').click();
    await window.getByText(/No calls in the last 30 days/).waitFor();
    expect(await axeProblems(window)).toEqual([]);
  });
});

test('the keyboard alone accepts, mutes and ends a call', async ({ backend, app }) => {
  const { window } = app;
  const callId = await ring(backend, app);
  await reach(window, 'Accept');
  await window.keyboard.press('Enter');
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
  await button(app, 'Mute').waitFor();
  await window.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await window.keyboard.press('m');
  await button(app, 'Unmute').waitFor();
  // Escape closes popups and never ends a call.
  await window.keyboard.press('Escape');
  await reach(window, 'Hang up');
  await window.keyboard.press('Enter');
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.endedAt);
});

/** Tabs until the control is focused. */
async function reach(window: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const focused = await window.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return '';
      return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`;
    });
    if (focused.includes(name)) return;
    await window.keyboard.press('Tab');
  }
  throw new Error(`${name} cannot be reached with Tab`);
}

test('in high contrast, controls have edges, and what is chosen and focused is seen', async ({
  app,
}) => {
  const { window } = app;
  await window.emulateMedia({ forcedColors: 'active' });
  const styleOf = (element: Locator, name: string) =>
    element.evaluate((one, key) => getComputedStyle(one).getPropertyValue(key), name);
  const places = window.getByRole('navigation', { name: 'Main' });
  const ground = (name: string | RegExp) =>
    styleOf(places.getByRole('button', { name }), 'background-color');
  expect(await ground(/^To do/)).not.toBe(await ground('Contacts'));

  await button(app, 'New call').click();
  const field = window.getByLabel('Number', { exact: true });
  await field.focus();
  expect(await styleOf(field, 'outline-width')).toBe('3px');
  await field.blur();
  expect(await styleOf(field, 'outline-style')).toBe('solid');

  await button(app, 'Settings').click();
  const toggle = window.getByRole('switch').first();
  const thumb = toggle.locator('> *').first();
  for (const checked of [await toggle.isChecked(), !(await toggle.isChecked())]) {
    await toggle.setChecked(checked);
    const colours = [toggle, thumb].map((one) => styleOf(one, 'background-color'));
    expect(new Set(await Promise.all(colours)).size).toBe(2);
  }
});

test('everything fits at phone width', async ({ backend, app }) => {
  const { window } = app;
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows()) {
      if (one.webContents.getURL().endsWith('index.html')) one.setSize(360, 640);
    }
  });
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThanOrEqual(360);
  await ring(backend, app);
  const overflow = await window.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await pressAccept(app, button(app, 'Hang up'));
  await expect(button(app, 'Hang up')).toBeInViewport();
});
