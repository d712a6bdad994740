import type { ConsoleApp } from './harness/console-app.ts';
import { pressDecline } from './harness/presses.ts';
import { ana, bea, button, connected, expect, ring, test } from './fixture.ts';

/** A contact's page: the whole history, live, and ways to write. */
const camila = { waId: '5511987654321', name: 'Camila Souza' };
/** Has a user name and hides the number. */
const hidden = { bsuid: 'BR.13491208655302741918', name: 'Ivo Prado', username: 'ivo.prado' };

const person = ({ window }: ConsoleApp) => window.getByRole('article', { name: 'Contact' });
const timeline = (app: ConsoleApp) =>
  person(app).getByRole('region', { name: 'Calls and messages' });
const row = ({ window }: ConsoleApp, name: string) =>
  window.getByRole('list', { name: 'Contacts' }).getByRole('button', { name: new RegExp(name) });

async function openContact(app: ConsoleApp, name: string): Promise<void> {
  await app.window.getByRole('button', { name: /^Contacts/ }).click();
  await row(app, name).click();
}

test.use({
  simulated: {
    customers: [camila, { ...hidden, onPermissionRequest: 'accept' }],
    timing: {
      permissionReplyAfterMs: 300,
      messageDeliveredAfterMs: 1500,
      messageReadAfterMs: 1500,
    },
  },
});

test('one timeline on both consoles shows what customers and two agents do', async ({
  backend,
  app,
  open,
}) => {
  const { simulator } = backend;
  const { window } = app;
  const other = await open({ profile: await backend.profileFor(bea) });
  await connected(other);

  // A missed call appears on the contact's page; until then the empty list explained itself.
  await button(app, 'Contacts').click();
  await expect(window.getByText('No contacts yet')).toBeVisible();
  const missed = await ring(backend, app, { customer: camila });
  simulator.hangUp(missed);
  await expect(row(app, 'Camila Souza')).toContainText('1 missed call');
  await row(app, 'Camila Souza').click();
  await expect(timeline(app)).toContainText('Missed');

  // Their call opened the window. Messages of both sides appear on both consoles with their status.
  simulator.writeMessage({ customer: camila, text: 'Where is my <b>order</b>?' });
  await expect(timeline(app).getByText('Where is my <b>order</b>?')).toBeVisible();
  await openContact(other, 'Camila Souza');
  await person(app).getByLabel('Write a message').fill('It is on its way.');
  await person(app).getByLabel('Write a message').press('Enter');
  for (const console of [app, other]) {
    const message = timeline(console).locator('[data-kind="message-out"]');
    await expect(message).toContainText('It is on its way.');
    await expect(message).toContainText(ana.name);
    await expect(message).toContainText(/Delivered|Read/);
    await expect(message).toContainText('Read');
  }
  await expect(person(app).getByLabel('Write a message')).toHaveValue('');

  // A button that calls us, and the link that does the same.
  await button(app, 'Call button…').click();
  await window.getByLabel(/Reference shown to you when they call/).fill('order-991');
  await button(app, 'Copy call link').click();
  const link = 'https://wa.me/call/551150201234?biz_payload=order-991';
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe(link);
  await window.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await expect(timeline(other).getByText('Call button', { exact: true })).toBeVisible();
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await ring(backend, app, { customer: camila, ctaPayload: 'order-991' });
  await pressDecline(app);

  // A refused message stays in the timeline, with the provider's code.
  simulator.setFaults({ api: { fail: { messages: { code: 131047, times: 1 } } } });
  await person(app).getByLabel('Write a message').fill('Still there?');
  await person(app).getByRole('button', { name: 'Send', exact: true }).click();
  await expect(timeline(app).getByText('Still there?')).toBeVisible();
  await expect(timeline(app).getByText(/131047/)).toBeVisible();
});

test('the keyboard alone reaches a customer without a number outside the service window', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const { window } = app;
  const { keyboard } = window;
  // Known only from an earlier permission reply: no message, so no window.
  simulator.decide({ customer: hidden, decision: 'refuse' });
  await button(app, 'Contacts').focus();
  await keyboard.press('Enter');
  await row(app, 'Ivo Prado').focus();
  await keyboard.press('Enter');
  await expect(person(app).getByText(/number is hidden/)).toBeVisible();
  await expect(timeline(app)).toContainText('Declined your call request');

  // Free text is impossible, and the page says what is possible.
  await expect(person(app).getByLabel('Write a message')).toHaveCount(0);
  await expect(timeline(app)).toContainText(
    /no message or call from the customer in the last 24 hours/,
  );
  await person(app).getByRole('button', { name: 'Template…' }).focus();
  await keyboard.press('Enter');
  const form = window.getByRole('dialog');
  await expect(form.getByText('Hello {{1}}, your order {{2}} is on its way.')).toBeVisible();
  await form.getByLabel('Value {{1}}').focus();
  await keyboard.type('Ivo');
  await keyboard.press('Tab');
  await keyboard.type('991');
  await expect(form.getByText('Hello Ivo, your order 991 is on its way.')).toBeVisible();
  await form.getByRole('button', { name: 'Send', exact: true }).focus();
  await keyboard.press('Enter');
  await expect(form).toHaveCount(0);
  await expect(timeline(app)).toContainText('Template order_update');
  await expect(timeline(app)).toContainText('Hello Ivo, your order 991 is on its way.');
  await expect(person(app)).toContainText('once the customer replies to your template');
  expect(simulator.messages().at(-1)).toMatchObject({ text: expect.stringContaining('Ivo') });
});
