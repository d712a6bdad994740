import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accept, button, expect, hangUp, ring, test } from './fixture.ts';
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
