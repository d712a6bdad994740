import { join } from 'node:path';
import type { ConsoleApp } from './harness/console-app.ts';
import {
  accept,
  button,
  connected,
  expect,
  hangUp,
  inHistory,
  logged,
  openAna,
  ring,
  test,
  showHistory,
} from './fixture.ts';

const camila = { waId: '5511987654321', name: 'Camila Souza' };

test('U7 a ring shows what the customer wrote, and it stays through the call to the last note', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  simulator.writeMessage({ customer: camila, text: 'my order 991 came broken. Can you call me?' });
  const callId = await ring(backend, app, { ctaPayload: 'order-991' });
  const why = app.window.getByRole('region', { name: 'Why they call' });
  await expect(why).toContainText('Came from: order-991');
  await expect(why).toContainText('my order 991 came broken');
  await accept(backend, app, callId);
  await expect(why).toContainText('Came from: order-991');
  await expect(app.window.locator('[data-kind="message-in"]')).toContainText('order 991');
  await hangUp(backend, app, callId);
  // A note is finished in peace, although the call is over.
  const note = app.window.getByRole('textbox', { name: 'Note' });
  await note.fill('Wants a new cup');
  await app.window.getByText('You hung up').waitFor();
  await expect(button(app, 'Hang up')).toHaveCount(0);
  await expect(note).toHaveValue('Wants a new cup');
});

test('U8 a note written during a call survives kill -9, is found, and is there at the next call', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const app = await openAna(backend, open, { userData });
  const callId = await ring(backend, app);
  await accept(backend, app, callId);
  await button(app, 'New call').focus();
  await app.window.keyboard.press('n');
  await app.window.keyboard.type('Promised a new cup by Friday');
  await app.window.getByText('Saved', { exact: true }).waitFor();
  await app.kill();

  const again = await open({ userData });
  await connected(again);
  backend.simulator.hangUp(callId);
  await expect.poll(async () => (await logged(again))[0]?.outcome).toBeDefined();
  await showHistory(again.window);
  await again.window.getByRole('searchbox', { name: /Search/ }).fill('new cup');
  await inHistory(again.window, camila.name).click();
  await expect(again.window.getByRole('textbox', { name: 'Note' })).toHaveValue(
    'Promised a new cup by Friday',
  );
  // Its words find the customer for a new call, too.
  await button(again, 'New call').click();
  await again.window.getByLabel('Number', { exact: true }).fill('new cup');
  await again.window.getByRole('option', { name: /Camila Souza/ }).click();
  await expect(again.window.getByLabel('Number', { exact: true })).toHaveValue(/98765/);
  await ring(backend, again);
  await expect(
    again.window.getByRole('region', { name: 'Before this call' }).getByText(/new cup by Friday/),
  ).toBeVisible();
});

test('U11 a promised callback is reminded of when due, after a restart, too, until it is made', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const app = await openAna(backend, open, { userData });
  const callId = await ring(backend, app);
  await accept(backend, app, callId);
  const notices = (of: ConsoleApp) => of.window.getByRole('region', { name: 'Notices' });
  await button(app, /^Tomorrow 0?9:00/).click();
  await expect(notices(app)).toHaveCount(0);
  await app.window.getByLabel('Call back at').fill('2026-01-02T15:00');
  await expect(notices(app)).toContainText('Call Camila Souza back now');
  await hangUp(backend, app, callId);
  await app.close();

  const again = await open({ userData });
  await connected(again);
  await expect(notices(again)).toContainText('Call Camila Souza back now');
  const next = await ring(backend, again);
  const why = again.window.getByRole('region', { name: 'Why they call' });
  await expect(why).toContainText(/You promised to call back: (Jan 2|2 Jan)/);
  await accept(backend, again, next);
  await hangUp(backend, again, next);
  await expect(notices(again)).toHaveCount(0);
});

test('no row of a list moves when a call comes, is answered and ends, at 360, 1080 and 1440 px', async ({
  backend,
  app,
}) => {
  const lists = ['Waiting customers', 'Calls', 'Contacts'] as const;
  for (const [round, width] of [360, 1080, 1440].entries()) {
    await resize(app, width);
    for (const [n, name] of [camila.name, 'Leo Prado', 'Nia Alves'].entries()) {
      const waId = name === camila.name ? camila.waId : `551190000000${n}`;
      const missed = await ring(backend, app, { customer: { waId, name } });
      backend.simulator.hangUp(missed);
      await expect(button(app, 'Accept')).toHaveCount(0);
    }
    for (const list of lists) {
      if (list === 'Waiting customers')
        await app.window
          .getByRole('button', { name: /^To do/ })
          .first()
          .click();
      else if (list === 'Calls') await showHistory(app.window);
      else await app.window.getByRole('button', { name: /^Contacts/ }).click();
      // Three missed calls and as many answered ones in each round; the first list is read before any is answered.
      const rows = list === 'Calls' ? round * 6 + 4 : 3;
      await expect.poll(async () => (await rowsOf(app, list)).length).toBe(rows);
      const before = await rowsOf(app, list);
      const callId = await ring(backend, app);
      expect(await rowsOf(app, list), `${list}, while it rings, ${width} px`).toEqual(before);
      await accept(backend, app, callId);
      expect(await rowsOf(app, list), `${list}, during the call, ${width} px`).toEqual(before);
      if (width > 900) expect(await isCovered(app)).toBe(false);
      await hangUp(backend, app, callId);
      await app.window.getByText('You hung up').waitFor();
      // The call ends in a new row of the history, and closes the customer's row of those who wait.
      if (list === 'Contacts') expect(await rowsOf(app, list), 'as it ended').toEqual(before);
      await expect(app.window.getByText('You hung up')).toHaveCount(0);
      if (list === 'Contacts') expect(await rowsOf(app, list), 'after it').toEqual(before);
    }
  }
});

test('in a narrow window the customer is folded away, and the controls stay where they were', async ({
  backend,
  app,
}) => {
  await resize(app, 360);
  const callId = await ring(backend, app);
  await accept(backend, app, callId);
  const place = () => button(app, 'Hang up').boundingBox();
  const before = await place();
  await button(app, 'Hide customer').click();
  await expect(app.window.getByRole('textbox', { name: 'Note' })).toBeHidden();
  expect(await place()).toEqual(before);
  await showHistory(app.window);
  await expect(app.window.getByRole('searchbox', { name: /Search/ })).toBeVisible();
  await button(app, 'Show customer').click();
  await expect(app.window.getByRole('textbox', { name: 'Note' })).toBeVisible();
  expect(await place()).toEqual(before);
});

test('an entry opened beside the pane folds it, however often, and the next call opens it again', async ({
  backend,
  app,
}) => {
  await resize(app, 1080);
  backend.simulator.writeMessage({ customer: camila, text: 'Hello' });
  const entry = app.window
    .getByRole('list', { name: 'Waiting customers' })
    .getByRole('button', { name: camila.name });
  await entry.click();
  const first = await ring(backend, app, {
    customer: { waId: '5511900000001', name: 'Nia Alves' },
  });
  await button(app, 'Hide customer').click();
  await accept(backend, app, first);
  const note = app.window.getByRole('textbox', { name: 'Note' });
  await expect(note).toBeVisible();
  const contact = app.window.getByRole('article', { name: 'Contact' });
  for (let round = 0; round < 2; round++) {
    await expect(contact).toBeHidden();
    await entry.click();
    await expect(contact).toBeVisible();
    await expect(note).toBeHidden();
    await button(app, 'Show customer').click();
    await expect(note).toBeVisible();
  }
  await entry.click();
  await expect(note).toBeHidden();
  // The next call waits already while this one ends.
  const next = await backend.simulator.startCall({ customer: camila, kind: 'silent' });
  await app.window.getByText('Waiting: you are on another call').waitFor();
  await hangUp(backend, app, first);
  await expect(note).toBeVisible();
  backend.simulator.hangUp(next.callId);
});

/** Whether the customer's pane lies over a part of the view. */
async function isCovered(app: ConsoleApp): Promise<boolean> {
  const view = await app.window.getByRole('main').boundingBox();
  const pane = await app.window.getByRole('region', { name: 'Current calls' }).boundingBox();
  return view !== null && pane !== null && view.x + view.width > pane.x;
}

/** Where the rows of a list are on the screen. */
function rowsOf(app: ConsoleApp, list: string) {
  return app.window
    .getByRole('list', { name: list })
    .getByRole('button')
    .evaluateAll((rows) =>
      rows.map((row) => {
        const { x, y, width, height } = row.getBoundingClientRect();
        return { x, y, width, height };
      }),
    );
}

async function resize(app: ConsoleApp, width: number): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }, size) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.setContentSize(size, 720);
    }
  }, width);
  await expect.poll(() => app.window.evaluate(() => window.innerWidth)).toBe(width);
}
