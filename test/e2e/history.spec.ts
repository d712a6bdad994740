import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ConsoleApp, projectFolder } from './harness/console-app.ts';
import { press, pressAccept } from './harness/presses.ts';
import {
  button,
  expect,
  inHistory,
  logged,
  openAna,
  openWithHistory,
  ring,
  showHistory,
  test,
} from './fixture.ts';

test.use({
  simulated: {
    customers: [{ waId: '5511987654321', name: 'Camila Souza', permission: 'permanent' }],
  },
});

test('history works without relay or network, and missed calls stay marked until seen', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const app = await openAna(backend, open, { userData });
  const missed = await ring(backend, app);
  backend.simulator.hangUp(missed);
  await expect.poll(async () => (await logged(app))[0]?.unseen).toBe(true);
  const answered = await ring(backend, app, {
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
  });
  await pressAccept(app, button(app, 'Hang up'));
  await press(button(app, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(answered)?.endedAt);
  await app.close();
  await backend.close();

  const offline = await open({ userData });
  await offline.window.context().setOffline(true);
  const { window } = offline;
  await showHistory(window);
  await expect(inHistory(window, 'Camila Souza')).toBeVisible();
  await expect(inHistory(window, 'Mateo Ruiz')).toBeVisible();

  // Found by part of the name and part of the number.
  const search = window.getByRole('searchbox', { name: /Search/ });
  await search.fill('mateo');
  await expect(inHistory(window, 'Camila Souza')).toHaveCount(0);
  await search.fill('98765');
  await expect(inHistory(window, 'Camila Souza')).toBeVisible();
  await inHistory(window, 'Camila Souza').click();
  await expect.poll(async () => (await logged(offline)).some((row) => row.unseen)).toBe(false);
  await expect(button(offline, 'Call back').first()).toBeVisible();
});

test('a filter is saved under a name, and is there after a restart', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const first = await openWithHistory(backend, open, userData);
  await showHistory(first.window);
  const search = (app: ConsoleApp) => app.window.getByRole('searchbox', { name: /Search/ });
  const view = (app: ConsoleApp) =>
    app.window.getByRole('button', { name: /^Camila’s calls \d+$/ });
  await search(first).fill('Camila');
  await expect(first.window.getByText(/^\d+ calls?$/)).toBeVisible();
  await button(first, 'Save this view').click();
  await first.window.getByLabel('Name', { exact: true }).fill('Camila’s calls');
  await button(first, 'Save').click();
  await expect(view(first)).toHaveAttribute('aria-pressed', 'true');
  await view(first).click();
  await expect(search(first)).toHaveValue('');
  await first.close();

  const second = await open({ userData });
  await showHistory(second.window);
  await view(second).click();
  await expect(search(second)).toHaveValue('Camila');
  await expect(inHistory(second.window, 'Camila Souza')).toBeVisible();
  await button(second, 'Remove this view').click();
  await expect(view(second)).toHaveCount(0);
});

test('Call back dials a missed caller and clears the mark', async ({ backend, app }) => {
  const missed = await ring(backend, app);
  backend.simulator.hangUp(missed);
  await expect.poll(async () => (await logged(app))[0]?.unseen).toBe(true);
  await showHistory(app.window);
  await inHistory(app.window, 'Camila Souza').click();
  await button(app, 'Call back').first().click();
  const call = button(app, 'Call');
  if (await call.isVisible()) await call.click();
  await backend.simulator.waitFor(() =>
    backend.simulator.calls().find((one) => one.direction === 'business-initiated'),
  );
  await press(button(app, 'Hang up'));
  await expect.poll(async () => (await logged(app)).some((row) => row.unseen)).toBe(false);
});

test('X1 V6 the dialog and the command line export the log safely for spreadsheets and phones', async ({
  backend,
  app,
  display,
  folder,
}) => {
  await ring(backend, app, { customer: { waId: '5511987654321', name: '=HYPERLINK("x")' } });
  await pressAccept(app, button(app, 'Hang up'));
  await press(button(app, 'Hang up'));
  await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('answered');

  const chosen = join(folder, 'by-dialog.jsonl');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, chosen);
  await showHistory(app.window);
  await button(app, 'Export').click();
  await app.window.getByRole('radio', { name: /JSON Lines/ }).check();
  await app.window.getByRole('button', { name: /^(Save as|Choose)/ }).click();
  await expect.poll(() => readIfThere(chosen)).toContain('HYPERLINK');
  const record: unknown = JSON.parse(readIfThere(chosen).split('\n')[0] ?? '');
  expect(record).toMatchObject({ direction: 'inbound' });

  const csv = join(folder, 'headless.csv');
  const { stdout } = await promisify(execFile)(
    process.env['RINGDESK_E2E_ELECTRON'] ?? '',
    [
      '--no-sandbox',
      ...display.args,
      projectFolder,
      `--user-data-dir=${join(folder, 'console-0')}`,
      `--export-calls=${csv}`,
      '--format=csv',
    ],
    { env: { ...process.env, ...display.env } },
  );
  expect(stdout).toContain(csv);
  const text = readFileSync(csv, 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('5511987654321');
  // A phone number is not a formula; everything else that begins like one is guarded.
  expect(lines[1]?.replaceAll('"+5511987654321"', '')).not.toMatch(/(^|,)"?[=+@-]/);
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
