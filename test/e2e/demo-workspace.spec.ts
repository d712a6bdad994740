import { measureTone } from './harness/agent-audio.ts';
import { accept, transfer } from './harness/team.ts';
import { press, pressAccept } from './harness/presses.ts';
import { button, connected, expect, logged, test } from './fixture.ts';

test('without a profile the console opens the demo, and a simulated customer calls and talks', async ({
  open,
}) => {
  const app = await open();
  await connected(app);
  // A newcomer is asked nothing before the first call.
  await expect(app.window.getByRole('alertdialog')).toHaveCount(0);
  await button(app, 'Demo customers').first().click();
  await app.window
    .getByRole('button', { name: /^Call me/ })
    .first()
    .click();
  await pressAccept(app, button(app, 'Hang up'));
  expect((await measureTone(app.window)).dbfs).toBeGreaterThan(-50);
  await press(button(app, 'Hang up'));
  await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('answered');
});

test('one person tries hold, transfer and a call that comes back, with a simulated teammate', async ({
  open,
}) => {
  const app = await open();
  const { window } = app;
  await connected(app);
  await button(app, 'Demo customers').first().click();
  await button(app, 'Call me: Maya Chen').click();
  await accept(app);
  await press(button(app, 'Hold'));
  await press(button(app, 'Resume'));
  await transfer(app, { name: 'Bea' });
  await window
    .getByText(/^Transferred to .*Bea/)
    .first()
    .waitFor();
  await button(app, 'Team').click();
  await expect(window.getByRole('main')).toContainText('Bea (simulated)');
  // She gives the call back.
  await accept(app);
  expect((await measureTone(window)).dbfs).toBeGreaterThan(-50);
  await press(button(app, 'Hang up'));
});

test('the demo world restarts after its process dies', async ({ open }) => {
  const app = await open();
  await connected(app);
  await app.electron.evaluate(({ app }) => {
    for (const { pid, name, serviceName } of app.getAppMetrics()) {
      if (`${name} ${serviceName}`.includes('Ringdesk')) process.kill(pid, 'SIGKILL');
    }
  });
  await app.window
    .getByText(/Connecting|Reconnecting/)
    .first()
    .waitFor();
  await connected(app);
  await button(app, 'Demo customers').first().click();
  await app.window
    .getByRole('button', { name: /^Call me/ })
    .first()
    .click();
  await button(app, 'Accept').waitFor();
});

test.describe('on a system without a key store', () => {
  test('a profile asks once how to store its tokens and remembers the answer', async ({
    open,
    backend,
    folder,
    display,
  }) => {
    const machineArgs = ['--password-store=basic'];
    if (process.getuid?.() === 0) machineArgs.push('--no-sandbox');
    const userData = `${folder}/console`;
    const profile = await backend.profileFor({ id: 'ana', name: 'Ana' });
    const env = { ...process.env, ...display.env };
    const app = await open({ profile, userData, machineArgs, env });
    await app.window.getByRole('alertdialog').waitFor();
    await button(app, 'Store anyway').click();
    await connected(app);
    await app.close();
    const again = await open({ userData, machineArgs, env });
    await connected(again);
    await expect(again.window.getByRole('alertdialog')).toHaveCount(0);
  });
});
