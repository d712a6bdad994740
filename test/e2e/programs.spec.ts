import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { t } from '../../src/shared/i18n/i18n.ts';
import { press } from './harness/presses.ts';
import { accept, button, expect, hangUp, openAna, ring, test } from './fixture.ts';
import { axeProblems } from './harness/axe.ts';
import { type ConsoleApp, projectFolder } from './harness/console-app.ts';

const willing = { waId: '5511987654321', name: 'Camila Souza', permission: 'temporary' } as const;
const rafael = { waId: '5521912345678', name: 'Rafael Nunes' };

/** Starts the console again with a link, as the system does when somebody clicks one. */
async function click(app: ConsoleApp, link: string): Promise<void> {
  const { path, args } = await app.electron.evaluate(({ app }) => ({
    path: process.execPath,
    args: [...process.argv.slice(1).filter((one) => one.startsWith('-')), app.getAppPath()],
  }));
  const env = await app.electron.evaluate(() => process.env);
  // Playwright's own switches open a debugger.
  const own = args.filter((one) => !/inspect|remote-debugging/.test(one));
  const second = spawn(path, [...own, link], { env, cwd: projectFolder, stdio: 'ignore' });
  await once(second, 'exit');
}

test.describe('a link that another program opens', () => {
  test.use({ simulated: { customers: [{ ...willing, onCall: 'answer' }] } });

  test('fills New call with the rules, dials nothing, and disturbs no call', async ({
    backend,
    app,
  }) => {
    const number = app.window.getByLabel('Number', { exact: true });
    await click(app, `tel:+${willing.waId};ext=12`);
    await expect(number).toHaveValue('+55 11 98765 4321');
    await expect(number).toBeFocused();
    await expect(app.window.getByText(/^Allowed for another/).first()).toBeVisible();
    await expect(app.window.getByText(/extension 12/)).toBeVisible();
    await click(app, 'tel:*21*5511987654321%23');
    await expect(app.window.getByText(/code for the telephone network/)).toBeVisible();
    await expect(number).toHaveValue('+55 11 98765 4321');

    await button(app, 'Settings').click();
    const callId = await ring(backend, app);
    await accept(backend, app, callId);
    await click(app, `whatsapp://send?phone=${rafael.waId}&text=hi`);
    await expect(app.window.getByText(/is in New call, for after this call/)).toBeVisible();
    await expect(app.window.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await hangUp(backend, app, callId);
    await button(app, 'New call').click();
    await expect(number).toHaveValue('+55 21 91234 5678');
    expect(backend.simulator.calls().map(({ direction }) => direction)).toEqual(['user-initiated']);
  });
});

test.describe('a program on this computer', () => {
  test.use({
    simulated: { customers: [{ ...willing, onCall: 'answer', answerAfterMs: 300 }, rafael] },
  });

  test('dials by the rules, follows the call and writes its note', async ({ backend, app }) => {
    const { window } = app;
    await button(app, 'Settings').click();
    await window.getByRole('switch', { name: 'Let programs dial and read your state' }).click();
    const section = window.getByRole('region', { name: 'Programs on this computer' });
    await button(app, 'Show token').click();
    const [address = '', token = ''] = await section.getByRole('definition').allTextContents();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const ask = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${address}${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const value: unknown = text === '' ? undefined : JSON.parse(text);
      return { status: answer.status, value };
    };
    // This customer has not allowed calls.
    expect(await ask('POST', '/v1/dial', { number: `+${rafael.waId}` })).toMatchObject({
      status: 409,
      value: { error: 'stopped', code: 'permission-missing' },
    });
    await expect(window.getByLabel('Number', { exact: true })).toHaveValue('+55 21 91234 5678');
    expect(backend.simulator.calls()).toEqual([]);

    const number = `+${willing.waId}`;
    const first = await ask('POST', '/v1/dial', { number });
    // A warning, if there is one, was seen.
    const placed =
      first.status === 200 ? first : await ask('POST', '/v1/dial', { number, evenIfWarned: true });
    expect(placed).toMatchObject({ status: 200, value: { callId: expect.any(String) } });
    await expect
      .poll(async () => (await ask('GET', '/v1/state')).value)
      .toMatchObject({ calls: [{ state: 'connected', customer: { number } }] });
    const { callId } = await ask('GET', '/v1/state').then(({ value }) =>
      z
        .object({ calls: z.tuple([z.object({ id: z.string() })]) })
        .transform(({ calls: [call] }) => ({ callId: call.id }))
        .parse(value),
    );
    const path = `/v1/calls/${encodeURIComponent(callId)}/note`;
    expect((await ask('PUT', path, { text: 'Order 1234' })).status).toBe(204);
    await expect(window.getByRole('textbox', { name: 'Note' })).toHaveValue('Order 1234');
    await press(button(app, 'Hang up'));
    await button(app, 'Settings').click();
    await window.getByRole('switch', { name: 'Let programs dial and read your state' }).click();
    await expect.poll(() => ask('GET', '/v1/state').catch(() => 'closed')).toBe('closed');
  });
});

/** The addresses that a console opens in the browser, from now on. */
async function openedBy({ electron }: ConsoleApp) {
  await electron.evaluate(({ shell, app }) => {
    const opened: string[] = [];
    Reflect.set(app, 'opened', opened);
    Reflect.set(shell, 'openExternal', async (address: string) => void opened.push(address));
  });
  return () => electron.evaluate(({ app }) => Reflect.get(app, 'opened'));
}

test('the customer’s page opens when a call is accepted, and again by hand', async ({
  backend,
  app,
}) => {
  const { window } = app;
  const opened = await openedBy(app);
  await button(app, 'Settings').click();
  const page = window.getByRole('region', { name: 'Customer’s page' });
  await page.getByLabel('Address').fill('http://crm.example.com/{number}');
  await expect(page.getByRole('alert')).toContainText('must start with https://');
  await page.getByLabel('Address').fill('https://crm.example.com/?phone={number}&name={name}');
  await page.getByLabel('Name of the program').fill('CRM');
  await page.getByLabel('Name of the program').press('Tab');
  const callId = await ring(backend, app);
  expect(await opened()).toEqual([]);
  await accept(backend, app, callId);
  const address = 'https://crm.example.com/?phone=%2B5511987654321&name=Camila%20Souza';
  await expect.poll(opened).toEqual([address]);
  await button(app, 'Open in CRM').click();
  await expect.poll(opened).toEqual([address, address]);
  await hangUp(backend, app, callId);
});

test('what a policy sets is used, and shown as set by the organisation', async ({
  backend,
  open,
  folder,
}) => {
  const policy = join(folder, 'policy.json');
  const screenPop = { address: 'https://crm.example.org/{number}', name: 'CRM' };
  const settings = { theme: 'dark', showNotification: false, screenPop };
  writeFileSync(
    policy,
    JSON.stringify({ settings, features: { demo: false }, retention: { callDays: 'many' } }),
  );
  const app = await openAna(backend, open, { args: [`--policy=${policy}`] });
  const { window } = app;
  const opened = await openedBy(app);
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  // What is wrong in it is named, and the rest is used.
  await expect(window.getByText(/retention\.callDays/)).toBeVisible();

  await button(app, t('views.settings')).click();
  const notification = window.getByRole('switch', { name: t('settings.showNotification') });
  await expect(notification).toHaveAttribute('aria-readonly', 'true');
  await expect(notification).not.toBeChecked();
  await expect(notification).toHaveAccessibleDescription(new RegExp(t('policy.locked')));
  const page = window.getByRole('region', { name: t('screenPop.title') });
  await expect(page).toContainText(t('policy.locked'));
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(window.getByText(/policy is in use/)).toContainText(policy);
  expect(await axeProblems(window)).toEqual([]);

  const callId = await ring(backend, app);
  await accept(backend, app, callId);
  await expect.poll(opened).toEqual(['https://crm.example.org/%2B5511987654321']);
  await hangUp(backend, app, callId);
});
