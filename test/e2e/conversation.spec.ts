import { join } from 'node:path';
import type { ConsoleApp } from './harness/console-app.ts';
import { ana, bea, button, connected, expect, openAna, test } from './fixture.ts';

/** What an agent and a customer write to each other. */
const camila = { waId: '5511987654321', name: 'Camila Souza' };
const joao = { waId: '5521912345678', name: 'João Prado' };

const timeline = ({ window }: ConsoleApp) =>
  window.getByRole('region', { name: 'Calls and messages' });
const row = ({ window }: ConsoleApp, name: string) =>
  window.getByRole('list', { name: 'Contacts' }).getByRole('button', { name: new RegExp(name) });
const sent = (app: ConsoleApp, text: string) =>
  timeline(app).locator('[data-kind="message-out"]').filter({ hasText: text });

const contacts = ({ window }: ConsoleApp) =>
  window.getByRole('navigation').getByRole('button', { name: /^Contacts/ });

async function openContact(app: ConsoleApp, name: string): Promise<void> {
  await contacts(app).click();
  await row(app, name).click();
}

async function write({ window }: ConsoleApp, text: string): Promise<void> {
  await window.getByLabel('Write a message').fill(text);
  await window.getByLabel('Write a message').press('Enter');
}

test.use({
  simulated: {
    customers: [camila, { ...joao, undeliverable: 131026 }],
    timing: { messageDeliveredAfterMs: 300, messageReadAfterMs: 300 },
  },
});

test('a message that fails keeps its text, says why, and is sent once when tried again', async ({
  backend,
  folder,
  open,
}) => {
  const { simulator } = backend;
  const userData = join(folder, 'console');
  const app = await openAna(backend, open, { userData });
  const { window } = app;
  const received = (text: string) =>
    simulator.messages().filter((one) => one.from === 'business' && one.text === text);
  simulator.writeMessage({ customer: camila, text: 'Where is my order?' });
  await openContact(app, 'Camila Souza');

  // The provider refuses it at once.
  simulator.setFaults({ api: { fail: { messages: { code: 131026, times: 1 } } } });
  await write(app, 'On its way');
  await expect(window.getByLabel('Write a message')).toHaveValue('');
  const refused = sent(app, 'On its way');
  await expect(refused).toContainText('Not delivered');
  await expect(refused).toContainText('131026');
  await expect(refused).toContainText(ana.name);
  await expect(row(app, 'Camila Souza')).toContainText('Message not delivered');
  await refused.getByRole('button', { name: 'Try again' }).focus();
  await window.keyboard.press('Enter');
  await expect(refused).toContainText('Read');
  await expect(refused).toHaveCount(1);
  expect(received('On its way')).toHaveLength(1);

  // It is cut off while it is sent, and the console is killed: the text is there after the restart.
  simulator.setFaults({ api: { delayMs: { messages: 60_000 } } });
  await write(app, 'It arrives today');
  await expect(sent(app, 'It arrives today')).toContainText('Sending');
  await app.kill();
  simulator.clearFaults();
  const again = await open({ userData });
  await connected(again);
  await openContact(again, 'Camila Souza');
  const cut = sent(again, 'It arrives today');
  await expect(cut).toContainText('Ringdesk was closed before WhatsApp answered');
  await cut.getByRole('button', { name: 'Try again' }).click();
  await expect(cut).toContainText('Read');
});

test('a message that WhatsApp could not deliver can be tried again by its author alone', async ({
  backend,
  app,
  open,
}) => {
  const { simulator } = backend;
  const other = await open({ profile: await backend.profileFor(bea) });
  await connected(other);
  simulator.writeMessage({ customer: joao, text: 'Hello?' });
  await openContact(app, joao.name);
  await openContact(other, joao.name);
  await button(app, 'Template…').click();
  const form = app.window.getByRole('dialog');
  await form.getByLabel('Value {{1}}').fill('João');
  await form.getByLabel('Value {{2}}').fill('991');
  await form.getByRole('button', { name: 'Send', exact: true }).click();

  const text = 'Hello João, your order 991 is on its way.';
  await expect(sent(other, text)).toContainText('131026');
  await expect(sent(other, text)).toContainText(ana.name);
  await expect(sent(other, text).getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await expect(sent(app, text)).toContainText('Not delivered');
  simulator.setCustomer(joao, { undeliverable: undefined });
  await sent(app, text).getByRole('button', { name: 'Try again' }).click();
  await expect(sent(app, text).first()).toContainText('You tried again');
  await expect(sent(app, text).last()).toContainText('Read');
  await expect(sent(app, text).getByRole('button', { name: 'Try again' })).toHaveCount(0);
});

test('what is unread is counted and marked, and read once the agent looks at it', async ({
  backend,
  app,
  open,
}) => {
  const { simulator } = backend;
  const other = await open({ profile: await backend.profileFor(bea) });
  await connected(other);
  simulator.writeMessage({ customer: camila, text: 'Hello' });
  simulator.writeMessage({ customer: camila, text: 'Where is my order?' });
  simulator.writeMessage({ customer: joao, text: 'Good morning' });
  // One badge counts them, that of To do: a number has one place.
  await expect(contacts(app)).toHaveAccessibleName('Contacts');
  for (const one of [app, other]) await contacts(one).click();
  await expect(row(app, camila.name)).toHaveAccessibleName(/2 unread messages/);
  await row(app, camila.name).click();

  // The line stays while the agent is here; the counts go.
  await expect(timeline(app).getByRole('heading', { name: 'New', exact: true })).toBeVisible();
  await expect(timeline(app).getByRole('listitem').first()).toContainText('From Camila Souza:');
  await expect(row(app, joao.name)).toHaveAccessibleName(/1 unread message\b/);
  await expect(row(app, camila.name)).not.toHaveAccessibleName(/unread/);
  await expect(timeline(app).getByRole('heading', { name: 'New', exact: true })).toBeVisible();
  await expect(row(other, camila.name)).toHaveAccessibleName(/2 unread messages/);

  // What comes in meanwhile is said, and read at once. A teammate's answer has its author.
  simulator.writeMessage({ customer: camila, text: 'Hello?' });
  await expect(app.window.getByRole('article').getByRole('status')).toContainText('Hello?');
  await openContact(other, camila.name);
  await write(other, 'On its way');
  await expect(sent(app, 'On its way')).toContainText(`From ${bea.name}:`);
  await row(app, joao.name).click();
  await expect(row(app, joao.name)).not.toHaveAccessibleName(/unread/);
  await row(app, camila.name).click();
  await expect(timeline(app).getByText('On its way')).toBeVisible();
  await expect(timeline(app).getByRole('heading', { name: 'New', exact: true })).toHaveCount(0);
});

test('every form keeps its draft for each person, through a crash too', async ({
  backend,
  folder,
  open,
}) => {
  const { simulator } = backend;
  const userData = join(folder, 'console');
  const app = await openAna(backend, open, { userData });
  for (const customer of [camila, joao]) simulator.writeMessage({ customer, text: 'Hello' });

  const field = (one: ConsoleApp, name: string | RegExp) => one.window.getByLabel(name);
  /** Opens each form in turn. */
  const inForms = async (
    one: ConsoleApp,
    visit: (name: string | RegExp, text: string) => Promise<void>,
  ) => {
    await visit('Write a message', 'half a message');
    await visit('Message to the customer', 'May I call');
    await button(one, 'Template…').click();
    await visit('Value {{1}}', 'Camila');
    await visit('Value {{2}}', '99');
    await one.window.keyboard.press('Escape');
    await expect(one.window.getByRole('dialog')).toHaveCount(0);
    await button(one, 'Call button…').click();
    await visit('Text on the button', 'Ring us');
    await visit(/Reference shown to you/, 'order-9');
    await one.window.keyboard.press('Escape');
    await expect(one.window.getByRole('dialog')).toHaveCount(0);
    await button(one, 'Edit contact').click();
    await visit('Company', 'Padaria Sol');
    await one.window.keyboard.press('Escape');
    await expect(one.window.getByRole('dialog')).toHaveCount(0);
  };
  await openContact(app, camila.name);
  await inForms(app, (name, text) => field(app, name).fill(text));
  await row(app, joao.name).click();
  await expect(field(app, 'Write a message')).toHaveValue('');
  await expect(field(app, 'Message to the customer')).not.toHaveValue('May I call');
  await field(app, 'Write a message').fill('for João');
  await row(app, camila.name).click();
  await inForms(app, (name, text) => expect(field(app, name)).toHaveValue(text));

  await app.kill();
  const again = await open({ userData });
  await connected(again);
  await openContact(again, camila.name);
  await inForms(again, (name, text) => expect(field(again, name)).toHaveValue(text));
  await row(again, joao.name).click();
  await expect(field(again, 'Write a message')).toHaveValue('for João');
});

test('pictures are shown and voice messages played, by keyboard, and what is neither says so', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const { window } = app;
  const { keyboard } = window;
  simulator.writeMessage({ customer: camila, file: { type: 'image' }, text: 'It came like this' });
  simulator.writeMessage({ customer: camila, file: { type: 'audio' } });
  await openContact(app, camila.name);

  // The picture is drawn from bytes that main has fetched; no address of WhatsApp's is in the page.
  const picture = timeline(app).getByRole('img', { name: 'Picture from Camila Souza' });
  await expect(picture).toHaveJSProperty('naturalWidth', 480);
  await expect(picture).toHaveAttribute('src', /^blob:/);
  await expect(timeline(app).getByText('It came like this')).toBeVisible();
  await timeline(app).getByRole('button', { name: 'Picture from Camila Souza' }).focus();
  await keyboard.press('Enter');
  const large = window.getByRole('dialog', { name: 'Picture from Camila Souza' });
  await expect(large.getByRole('img')).toBeVisible();
  await keyboard.press('Escape');
  await expect(large).toHaveCount(0);

  await timeline(app).getByRole('button', { name: 'Play voice message' }).focus();
  await keyboard.press('Enter');
  const sound = timeline(app).locator('audio');
  await expect(sound).toHaveAccessibleName('Voice message from Camila Souza');
  await expect
    .poll(() => sound.evaluate((one: HTMLAudioElement) => one.currentTime))
    .toBeGreaterThan(0);
  await expect(sound).toHaveJSProperty('error', null);

  // A page that calls itself a picture, and one that the provider does not have.
  const base64 = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64');
  simulator.writeMessage({
    customer: camila,
    file: { type: 'image', mime: 'image/svg+xml', base64 },
  });
  await expect(timeline(app).getByText(/Not shown here/)).toBeVisible();
  simulator.setFaults({ api: { fail: { recording: { reset: true } } } });
  simulator.writeMessage({ customer: camila, file: { type: 'sticker' } });
  await expect(timeline(app).getByText(/could not be reached/)).toBeVisible();
  simulator.clearFaults();
  await timeline(app).getByRole('button', { name: 'Try again' }).last().click();
  await expect(timeline(app).getByRole('img', { name: 'Sticker from Camila Souza' })).toBeVisible();
  simulator.writeMessage({ customer: camila, file: { type: 'document', name: 'invoice.pdf' } });
  await expect(timeline(app).getByText('invoice.pdf')).toBeVisible();
  await expect(timeline(app).getByRole('button', { name: 'Save…' })).toBeEnabled();
});

test('a reply shows what it answers, on both sides, and is kept until it is sent', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const { window } = app;
  const { keyboard } = window;
  simulator.writeMessage({ customer: joao, text: 'Good morning' });
  const question = simulator.writeMessage({ customer: camila, text: 'Where is my order?' });
  simulator.writeMessage({ customer: camila, text: 'And the invoice?' });
  await openContact(app, camila.name);

  // The keyboard alone begins a reply; it stays with its person.
  await timeline(app).getByRole('button', { name: 'Reply to: Where is my order?' }).focus();
  await keyboard.press('Enter');
  const quoted = timeline(app).locator('form').getByRole('blockquote');
  await expect(quoted).toContainText('Where is my order?');
  await expect(window.getByLabel('Write a message')).toBeFocused();
  await keyboard.type('It left this morning');
  await row(app, joao.name).click();
  await expect(window.getByLabel('Write a message')).toHaveValue('');
  await expect(quoted).toHaveCount(0);
  await row(app, camila.name).click();
  await expect(quoted).toContainText('Where is my order?');
  await window.getByLabel('Write a message').press('Enter');
  await expect(sent(app, 'It left this morning').getByRole('blockquote')).toContainText(
    'Where is my order?',
  );
  await expect(quoted).toHaveCount(0);
  const answer = await simulator.waitFor(() =>
    simulator.messages().find(({ text }) => text === 'It left this morning'),
  );
  expect(answer.replyTo).toBe(question.id);

  // The customer's reply names the agent whose message it answers.
  simulator.writeMessage({ customer: camila, text: 'Thank you!', replyTo: answer.id });
  const thanks = timeline(app)
    .locator('[data-kind="message-in"]')
    .filter({ hasText: 'Thank you!' });
  await expect(thanks.getByRole('blockquote')).toContainText(`Answers ${ana.name}:`);
  await expect(thanks.getByRole('blockquote')).toContainText('It left this morning');

  // Escape gives a reply up, and keeps the text.
  await timeline(app).getByRole('button', { name: 'Reply to: Thank you!' }).click();
  await keyboard.type('Any');
  await keyboard.press('Escape');
  await expect(quoted).toHaveCount(0);
  await expect(window.getByLabel('Write a message')).toHaveValue('Any');
});
