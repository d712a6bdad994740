import { listen } from './harness/ear.ts';
import { button, connected, expect, logged, test } from './fixture.ts';

test('without a profile the console opens the demo, and a simulated customer calls and talks', async ({
  open,
}) => {
  const desk = await open();
  await connected(desk);
  // Nothing asks a newcomer a question before the first call.
  await expect(desk.window.getByRole('alertdialog')).toHaveCount(0);
  await button(desk, 'Demo customers').first().click();
  await desk.window
    .getByRole('button', { name: /^Call me/ })
    .first()
    .click();
  await button(desk, 'Accept').click();
  expect((await listen(desk.window)).dbfs).toBeGreaterThan(-50);
  await button(desk, 'Hang up').click();
  await expect.poll(async () => (await logged(desk))[0]?.outcome).toBe('answered');
});

test('the demo world restarts after its process dies', async ({ open }) => {
  const desk = await open();
  await connected(desk);
  await desk.app.evaluate(({ app }) => {
    for (const { pid, name, serviceName } of app.getAppMetrics()) {
      if (`${name} ${serviceName}`.includes('Ringdesk')) process.kill(pid, 'SIGKILL');
    }
  });
  await desk.window
    .getByText(/Connecting|Reconnecting/)
    .first()
    .waitFor();
  await connected(desk);
  await button(desk, 'Demo customers').first().click();
  await desk.window
    .getByRole('button', { name: /^Call me/ })
    .first()
    .click();
  await button(desk, 'Accept').waitFor();
});

test.describe('on a system without a key store', () => {
  test('a profile asks once how to store its tokens and remembers the answer', async ({
    open,
    world,
    folder,
    display,
  }) => {
    const machineArgs = ['--password-store=basic'];
    if (process.getuid?.() === 0) machineArgs.push('--no-sandbox');
    const userData = `${folder}/console`;
    const profile = await world.profileFor({ id: 'ana', name: 'Ana' });
    const env = { ...process.env, ...display.env };
    const desk = await open({ profile, userData, machineArgs, env });
    await desk.window.getByRole('alertdialog').waitFor();
    await button(desk, 'Store anyway').click();
    await connected(desk);
    await desk.close();
    const again = await open({ userData, machineArgs, env });
    await connected(again);
    await expect(again.window.getByRole('alertdialog')).toHaveCount(0);
  });
});
