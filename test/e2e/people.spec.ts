import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeProblems } from './harness/axe.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { button, expect, openAna, ring, test } from './fixture.ts';

/** What agents write down about people, and which people are one. */
const camila = { waId: '5511987654321', name: 'Camila Souza' };
const second = { waId: '5511911112222', name: 'Mila' };

const person = ({ window }: ConsoleApp) => window.getByRole('article', { name: 'Contact' });
const list = ({ window }: ConsoleApp) => window.getByRole('list', { name: 'Contacts' });
const row = (app: ConsoleApp, name: RegExp) => list(app).getByRole('button', { name });

const hidden = {
  bsuid: 'BR.13491208655302741918',
  name: 'Ivo Prado',
  username: 'ivo.prado',
  sharesNumber: '5511933334444',
};

test.use({
  simulated: {
    customers: [camila, second, hidden],
    timing: { messageDeliveredAfterMs: 200, messageReadAfterMs: 200 },
  },
});

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

test('a hidden number joins its person when asked for, and contacts come from a file and go to one', async ({
  backend,
  app,
  folder,
}) => {
  const { window, electron } = app;
  backend.simulator.writeMessage({ customer: hidden, text: 'Hello?' });
  await window.getByRole('button', { name: /^Contacts/ }).click();
  await row(app, /Ivo Prado/).click();
  await expect(person(app)).toContainText('@ivo.prado');
  await button(app, 'Ask for the number…').click();
  expect(await axeProblems(window)).toEqual([]);
  await window.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await expect(person(app).getByText('Asked for the number')).toBeVisible();
  await expect(
    person(app).getByText('Shared their number: +55 11 93333 4444', { exact: true }),
  ).toBeVisible();
  await expect(person(app).getByText('+55 11 93333 4444', { exact: true })).toBeVisible();
  await expect(button(app, 'Ask for the number…')).toHaveCount(0);
  await expect(list(app).getByRole('button')).toHaveCount(1);

  for (const name of ['Edit contact', 'Merge…']) {
    await person(app).getByRole('button', { name }).click();
    await expect(window.getByRole('dialog')).toBeVisible();
    expect(await axeProblems(window)).toEqual([]);
    await window.keyboard.press('Escape');
    await expect(window.getByRole('dialog')).toHaveCount(0);
  }

  // A file of another program: what it changes is told before.
  const [source, target] = [join(folder, 'people.csv'), join(folder, 'out.vcf')];
  writeFileSync(
    source,
    'Name;Phone;Company\r\nIvo;11 93333-4444;Oficina\r\nAna Lima;+55 11 94444-5555;\r\nNobody;;\r\n',
  );
  await electron.evaluate(
    ({ dialog }, { source, target }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [source] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: target });
    },
    { source, target },
  );
  await button(app, 'Import or export contacts').click();
  await button(app, 'Import a file…').click();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('1 contact is new.');
  await expect(question).toContainText('1 contact changes.');
  await expect(question).toContainText('Line 4: no phone number (Nobody)');
  expect(await axeProblems(window)).toEqual([]);
  await question.getByRole('button', { name: 'Import 2 contacts' }).click();
  await expect(row(app, /Ana Lima/)).toContainText('Added by an agent');
  await expect(person(app)).toContainText('Oficina');
  await button(app, 'Import or export contacts').click();
  await button(app, 'Export as vCard…').click();
  await expect(window.getByText(/2 contacts written to/)).toBeVisible();
  expect(readFileSync(target, 'utf8')).toMatch(/FN:Ivo\r\nTEL;TYPE=CELL,PREF:\+5511933334444/);
});
