import type { Backend } from './harness/backend.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { ana, bea, button, connected, expect, hangUp, ring, showHistory, test } from './fixture.ts';

const camila = { waId: '5511987654321', name: 'Camila Souza' };
const lea = { waId: '5511912345678', name: 'Léa Duarte' };

const waiting = ({ window }: ConsoleApp) => window.getByRole('list', { name: 'Waiting customers' });
const row = (app: ConsoleApp, name: string) =>
  waiting(app).getByRole('listitem').filter({ hasText: name });
const lists = ({ window }: ConsoleApp) => window.getByRole('navigation', { name: 'Lists' });
/** A customer calls, and gives up before anybody answers. */
async function miss(backend: Backend, app: ConsoleApp, customer = camila): Promise<void> {
  backend.simulator.hangUp(await ring(backend, app, { customer }));
  await expect(button(app, 'Accept')).toHaveCount(0);
}

test.describe('a customer who may be called', () => {
  test.use({
    simulated: { customers: [{ ...camila, permission: 'temporary', onCall: 'answer' }] },
  });

  test('a customer who waits is called back with one key, and waits on no console any more', async ({
    backend,
    app,
    open,
  }) => {
    const { simulator } = backend;
    const other = await open({ profile: await backend.profileFor(bea) });
    await connected(other);
    await expect(app.window.getByText('Nobody is waiting')).toBeVisible();
    await miss(backend, app);
    await miss(backend, app);
    for (const console of [app, other]) {
      await expect(row(console, camila.name)).toContainText('Missed 2 times');
    }
    await row(app, camila.name).getByRole('button', { name: camila.name }).click();
    await expect(app.window.getByRole('article', { name: 'Contact' })).toContainText(camila.name);
    await app.window.keyboard.press('a');
    await expect(row(app, camila.name)).toContainText('Yours');
    await expect(row(other, camila.name)).toContainText(ana.name);
    await row(other, camila.name).getByRole('button', { name: camila.name }).click();
    await other.window.keyboard.press('a');
    await expect(other.window.getByText(`${ana.name} takes care of this customer`)).toBeVisible();

    await app.window.keyboard.press('c');
    const callId = await simulator.waitFor(
      () => simulator.calls().find(({ direction }) => direction === 'business-initiated')?.callId,
    );
    await button(app, 'Hang up').waitFor();
    await expect(row(other, camila.name)).toHaveCount(0);
    // Beside the call no row moves: theirs stays until the call is over.
    await expect(row(app, camila.name)).toContainText('No longer waiting');
    await hangUp(backend, app, callId);
    await expect(row(app, camila.name)).toHaveCount(0);
    // The tabs count as the call ends: nobody waits, one was answered, two were missed and one was made.
    for (const [name, count] of [
      ['To do', 0],
      ['Recent', 1],
      ['All calls', 3],
    ] as const) {
      await expect(lists(app).getByRole('button', { name })).toHaveText(`${name} ${count}`);
    }
    // Who is open in the other list stays there.
    await miss(backend, app, lea);
    await row(app, lea.name).getByRole('button', { name: lea.name }).click();
    await lists(app).getByRole('button', { name: 'Recent' }).click();
    const recent = app.window.getByRole('list', { name: 'Recently answered' });
    await expect(app.window.getByRole('article', { name: 'Contact' })).toHaveCount(0);
    await recent.getByRole('button', { name: camila.name }).click();
    await expect(app.window.getByRole('article', { name: 'Contact' })).toContainText(camila.name);
    await lists(app).getByRole('button', { name: 'To do' }).click();
    await expect(app.window.getByRole('article', { name: 'Contact' })).toContainText(lea.name);
  });
});

test('the list is worked with the keyboard, and every step can be undone', async ({
  backend,
  app,
}) => {
  const { window } = app;
  await miss(backend, app);
  await miss(backend, app, lea);
  await expect(row(app, lea.name)).toBeVisible();
  const first = row(app, camila.name).getByRole('button', { name: camila.name });
  await first.click();
  await window.keyboard.press('?');
  await expect(window.getByRole('alertdialog')).toContainText('Snooze');
  await button(app, 'Close').click();
  await expect(first).toBeFocused();
  await first.focus();
  await window.keyboard.press('e');
  // The next one opens by itself.
  await expect(row(app, camila.name)).toHaveCount(0);
  await expect(window.getByRole('article', { name: 'Contact' })).toContainText(lea.name);
  const second = row(app, lea.name).getByRole('button', { name: lea.name });
  await expect(second).toBeFocused();
  await window.keyboard.press('z');
  await expect(row(app, camila.name)).toBeVisible();
  // Beyond both ends, too.
  const rows = waiting(app).getByRole('listitem');
  for (const [key, end] of [
    ['k', rows.first()],
    ['j', rows.last()],
  ] as const) {
    await window.keyboard.press(key);
    await window.keyboard.press(key);
    await expect(end.getByRole('button').first()).toBeFocused();
    await expect(end.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
  }

  // Several at once.
  for (const both of [first, second]) {
    await both.click();
    await window.keyboard.press('x');
  }
  await expect(window.getByText('Selected: 2')).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(window.getByText(/^Selected/)).toHaveCount(0);
  for (const both of [first, second]) {
    await both.click();
    await window.keyboard.press('x');
  }
  await window.keyboard.press('e');
  await expect(window.getByText('Done: 2')).toBeVisible();
  await expect(window.getByText('Nobody is waiting')).toBeVisible();
  await button(app, 'Undo').click();
  await expect(rows).toHaveCount(2);

  await second.click();
  await window.keyboard.press('s');
  await button(app, 'In 1 hour').click();
  await expect(row(app, lea.name)).toHaveCount(0);
  await window.getByRole('button', { name: /^Later/ }).click();
  await expect(row(app, lea.name)).toContainText('Snoozed until');
  // Whoever calls again waits again.
  await miss(backend, app, lea);
  await window.getByRole('button', { name: /^All \d/ }).click();
  await expect(row(app, lea.name)).toContainText('Missed 2 times');
  await showHistory(window);
  await expect(window.getByRole('list', { name: 'Calls' }).getByRole('listitem')).toHaveCount(3);
});

test('a new message badges the list, is announced once, and is answered in the same place', async ({
  backend,
  app,
  desktop,
}) => {
  const { window } = app;
  backend.simulator.writeMessage({ customer: camila, text: 'Where is my order?' });
  const shown = await desktop.notification(/Camila Souza wrote/);
  expect(shown.body).toContain('Where is my order?');
  backend.simulator.writeMessage({ customer: camila, text: 'Hello?' });
  await expect(row(app, camila.name)).toContainText('2 messages: “Hello?”');
  await expect(window.getByRole('button', { name: /^To do/ }).first()).toContainText('1');
  const announced = desktop.allNotifications().filter(({ title }) => /wrote/.test(title));
  expect(announced).toHaveLength(1);
  await row(app, camila.name).getByRole('button', { name: camila.name }).click();
  await window.keyboard.press('r');
  await window.keyboard.type('On its way');
  await window.keyboard.press('Enter');
  await expect(row(app, camila.name)).toHaveCount(0);
  await expect(window.getByText('Nobody is waiting')).toBeVisible();
});
