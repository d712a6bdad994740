import { button, expect, logged, ring, test } from './fixture.ts';

test('the tray menu accepts the call and shows its state', async ({ world, desk, desktop }) => {
  await desktop.tooltip('Ringdesk: ready for calls');
  expect((await desktop.readMenu()).find((entry) => entry.label === 'Accept')?.enabled).toBe(false);
  const callId = await ring(world, desk);
  await desktop.tooltip('Ringdesk: Camila Souza is calling');
  await desktop.clickMenu('Accept');
  await world.simulator.waitFor(() => world.simulator.report(callId)?.acceptedAt);
  await desktop.tooltip('Ringdesk: on a call with Camila Souza');
  await button(desk, 'Hang up').click();
  await desktop.tooltip('Ringdesk: ready for calls');
});

test('the D-Bus notification offers Accept and Decline and closes when the ring ends', async ({
  world,
  desk,
  desktop,
}) => {
  const callId = await ring(world, desk);
  const shown = await desktop.notification(/Camila Souza/);
  expect(shown.actions.map((action) => action.key)).toEqual(
    expect.arrayContaining(['accept', 'decline']),
  );
  expect(shown.hints['urgency']).toBe(2);
  desktop.pressAction('accept');
  await world.simulator.waitFor(() => world.simulator.report(callId)?.acceptedAt);
  await desktop.noNotifications();
  await button(desk, 'Hang up').click();

  const second = await ring(world, desk);
  await desktop.notification(/Camila Souza/);
  desktop.pressAction('decline');
  await desktop.notification(/Declined: Camila Souza/);
  desktop.pressAction('undo');
  await desktop.notification(/Camila Souza is calling/);
  desktop.pressAction('decline');
  await world.simulator.waitFor(() => world.simulator.report(second)?.endedAt);
  await expect.poll(async () => (await logged(desk))[0]?.outcome).toBe('declined');
});

test('a name that looks like markup is shown as plain text', async ({ world, desk, desktop }) => {
  const name = '<b>Ana</b> & <a href="x">co</a>';
  await ring(world, desk, { customer: { waId: '5511911112222', name } });
  const shown = await desktop.notification(/is calling/);
  // The title is plain text by the specification, the body may be markup.
  expect(shown.title).toContain(name);
  expect(shown.body).not.toContain('<');
  await expect(desk.window.getByText(name).first()).toBeVisible();
});

test('the ring window opens without taking focus, and its Accept button answers', async ({
  world,
  desk,
}) => {
  const popup = await desk.ringWindow();
  const shown = () =>
    desk.app.evaluate(({ BrowserWindow }) => {
      const all = BrowserWindow.getAllWindows();
      const ring = all.find((window) => window.webContents.getURL().endsWith('ring.html'));
      return {
        visible: ring?.isVisible() ?? false,
        focused: ring?.isFocused() ?? false,
        onTop: ring?.isAlwaysOnTop() ?? false,
      };
    });
  expect((await shown()).visible).toBe(false);
  // In front, the console shows it itself.
  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.hide();
    }
  });
  const callId = await ring(world, desk);
  await expect.poll(shown).toEqual({ visible: true, focused: false, onTop: true });
  await popup.getByRole('button', { name: 'Accept', exact: true }).click();
  await world.simulator.waitFor(() => world.simulator.report(callId)?.acceptedAt);
  await expect.poll(async () => (await shown()).visible).toBe(false);
});

test('a console closed to the tray still rings, audibly and visibly', async ({
  world,
  desk,
  desktop,
}) => {
  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.close();
    }
  });
  const { callId } = await world.simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    kind: 'talk',
  });
  await desktop.notification(/Camila Souza/);
  // The ring is really played, although the window is hidden.
  await expect
    .poll(() =>
      desk.app.evaluate(({ webContents }) =>
        webContents
          .getAllWebContents()
          .some((one) => one.getURL().endsWith('index.html') && one.isCurrentlyAudible()),
      ),
    )
    .toBe(true);
  await desktop.clickMenu('Show Ringdesk');
  await expect
    .poll(() =>
      desk.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some(
          (window) => window.webContents.getURL().endsWith('index.html') && window.isVisible(),
        ),
      ),
    )
    .toBe(true);
  await button(desk, 'Accept').click();
  await world.simulator.waitFor(() => world.simulator.report(callId)?.acceptedAt);
});

test('Do not disturb in the tray silences the ring but still shows the call', async ({
  world,
  desk,
  desktop,
}) => {
  await desktop.clickMenu('Do not disturb');
  await desktop.tooltip('Ringdesk: do not disturb');
  await ring(world, desk);
  expect(desktop.notifications()).toHaveLength(0);
  await button(desk, 'Accept').click();
  await button(desk, 'Hang up').click();
});

test('the display stays awake during a call and only then', async ({ world, desk }) => {
  // Electron's own answer for the ids it has given out so far.
  const blocked = () =>
    desk.app.evaluate(({ powerSaveBlocker }) =>
      Array.from({ length: 20 }, (_, id) => powerSaveBlocker.isStarted(id)).some(Boolean),
    );
  expect(await blocked()).toBe(false);
  await ring(world, desk);
  await button(desk, 'Accept').click();
  await expect.poll(blocked).toBe(true);
  await button(desk, 'Hang up').click();
  await expect.poll(blocked).toBe(false);
});

test('global shortcuts for Accept and Decline exist only while a call rings', async ({
  world,
  desk,
}) => {
  const registered = () =>
    desk.app.evaluate(({ globalShortcut }) =>
      ['CommandOrControl+Alt+A', 'CommandOrControl+Alt+D'].map((keys) =>
        globalShortcut.isRegistered(keys),
      ),
    );
  expect(await registered()).toEqual([false, false]);
  await ring(world, desk);
  await expect.poll(registered).toEqual([true, true]);
  await button(desk, 'Decline').click();
  await expect.poll(registered).toEqual([false, false]);
});

test('the taskbar entry asks for attention while a call rings', async ({ world, desk }) => {
  await desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      const flashFrame = window.flashFrame.bind(window);
      window.flashFrame = (on) => {
        Reflect.set(globalThis, 'flashed', on);
        flashFrame(on);
      };
    }
  });
  const callId = await ring(world, desk);
  const flashed = () => desk.app.evaluate(() => Boolean(Reflect.get(globalThis, 'flashed')));
  await expect.poll(flashed).toBe(true);
  world.simulator.hangUp(callId);
  await expect.poll(flashed).toBe(false);
});
