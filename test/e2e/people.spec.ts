import { join } from 'node:path';
import type { ConsoleApp } from './harness/console-app.ts';
import { button, expect, openAna, ring, test } from './fixture.ts';

/** What agents write down about people, and which people are one. */
const camila = { waId: '5511987654321', name: 'Camila Souza' };
const second = { waId: '5511911112222', name: 'Mila' };

const person = ({ window }: ConsoleApp) => window.getByRole('article', { name: 'Contact' });
const list = ({ window }: ConsoleApp) => window.getByRole('list', { name: 'Contacts' });
const row = (app: ConsoleApp, name: RegExp) => list(app).getByRole('button', { name });

test.use({ simulated: { customers: [camila, second] } });

test('a customer is named, blocked for calls, allowed again, merged and split', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const app = await openAna(backend, open, { userData });
  const { window } = app;
  const { simulator } = backend;
  for (const customer of [camila, second]) {
    simulator.hangUp(await ring(backend, app, { customer }));
    await expect(button(app, 'Accept')).toHaveCount(0);
  }
  await window.getByRole('button', { name: /^Contacts/ }).click();
  await row(app, /Camila Souza/).click();

  // Her name and what is known of her, and no calls.
  await person(app).getByRole('button', { name: 'Edit contact' }).click();
  const form = window.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('Camila (bakery)');
  await form.getByLabel('Company').fill('Padaria Sol');
  await form.getByLabel('Notes').fill('Speaks slowly.\nPrefers mornings.');
  await form.getByText('Do not call', { exact: true }).click();
  await form.getByLabel('Reason (optional)').fill('asked by mail');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(row(app, /Camila \(bakery\).*Do not call/)).toBeVisible();
  await expect(person(app).getByRole('heading', { name: 'Camila (bakery)' })).toBeVisible();
  await expect(person(app)).toContainText('Padaria Sol');
  await expect(person(app)).toContainText('Prefers mornings.');
  await expect(person(app)).toContainText(/Do not call: Ana .*asked by mail/);
  await expect(person(app).getByRole('button', { name: 'Call', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );

  // Her own call still rings, under the agents' name for her.
  const callId = await ring(backend, app, { customer: camila });
  await expect(window.getByRole('heading', { name: 'Camila (bakery)' }).first()).toBeVisible();
  simulator.hangUp(callId);
  await expect(button(app, 'Accept')).toHaveCount(0);

  // Lifting it takes a deliberate step.
  await person(app).getByRole('button', { name: 'Allow calls again' }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Allow calls' }).click();
  await expect(row(app, /Do not call/)).toHaveCount(0);

  // Her other number is merged into her contact, and split again after a restart.
  await person(app).getByRole('button', { name: 'Merge…' }).click();
  await window.getByLabel('Search for the other contact').fill('Mila');
  await window.getByRole('dialog').getByRole('button', { name: /^Mila/ }).click();
  await expect(window.getByRole('dialog')).toContainText('keeps the name Camila (bakery)');
  await window.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(row(app, /Mila/)).toHaveCount(0);
  await expect(person(app).locator('[data-kind="call"]')).toHaveCount(3);
  await app.close();
  const again = await open({ userData });
  await again.window.getByRole('button', { name: /^Contacts/ }).click();
  await row(again, /Camila \(bakery\)/).click();
  await expect(person(again).locator('[data-kind="call"]')).toHaveCount(3);
  await person(again).getByRole('button', { name: 'Undo merge' }).click();
  await expect(row(again, /Mila/)).toBeVisible();
  await expect(person(again).locator('[data-kind="call"]')).toHaveCount(2);
});
