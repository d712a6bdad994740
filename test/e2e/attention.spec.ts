import { press, pressAccept, pressDecline } from './harness/presses.ts';
import { button, expect, logged, ring, test } from './fixture.ts';

test('the tray menu accepts the call and shows its state', async ({ backend, app, desktop }) => {
  await desktop.tooltip('Ringdesk: ready for calls');
  expect((await desktop.readMenu()).find((entry) => entry.label === 'Accept')?.enabled).toBe(false);
  const callId = await ring(backend, app);
  await desktop.tooltip('Ringdesk: Camila Souza is calling');
  await desktop.clickMenu('Accept');
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
  await desktop.tooltip('Ringdesk: on a call with Camila Souza');
  await press(button(app, 'Hang up'));
  await desktop.tooltip('Ringdesk: ready for calls');
});

test('the D-Bus notification offers Accept and Decline and closes when the ring ends', async ({
  backend,
  app,
  desktop,
}) => {
  const callId = await ring(backend, app);
  const shown = await desktop.notification(/Camila Souza/);
  expect(shown.actions.map((action) => action.key)).toEqual(
    expect.arrayContaining(['accept', 'decline']),
  );
  expect(shown.hints['urgency']).toBe(2);
  desktop.pressAction('accept');
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
  await desktop.noNotifications();
  await press(button(app, 'Hang up'));

  const second = await ring(backend, app);
  await desktop.notification(/Camila Souza/);
  desktop.pressAction('decline');
  await desktop.notification(/Declined: Camila Souza/);
  desktop.pressAction('undo');
  await desktop.notification(/Camila Souza is calling/);
  desktop.pressAction('decline');
  await backend.simulator.waitFor(() => backend.simulator.report(second)?.endedAt);
  await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('declined');
});

test('a name that looks like markup is shown as plain text', async ({ backend, app, desktop }) => {
  const name = '<b>Ana</b> & <a href="x">co</a>';
  await ring(backend, app, { customer: { waId: '5511911112222', name } });
  const shown = await desktop.notification(/is calling/);
  // By specification the title is plain text; the body may be markup.
  expect(shown.title).toContain(name);
  expect(shown.body).not.toContain('<');
  await expect(app.window.getByText(name).first()).toBeVisible();
});

test('the ring window opens without taking focus, and its Accept button answers', async ({
  backend,
  app,
}) => {
  const popup = await app.ringWindow();
  const shown = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const all = BrowserWindow.getAllWindows();
      const ring = all.find((window) => window.webContents.getURL().endsWith('ring.html'));
      return {
        visible: ring?.isVisible() ?? false,
        focused: ring?.isFocused() ?? false,
        onTop: ring?.isAlwaysOnTop() ?? false,
      };
    });
  expect((await shown()).visible).toBe(false);
  // In front, the main window shows the call itself.
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.hide();
    }
  });
  const callId = await ring(backend, app);
  await expect.poll(shown).toEqual({ visible: true, focused: false, onTop: true });
  await pressAccept({ ...app, window: popup }, button(app, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
  await expect.poll(async () => (await shown()).visible).toBe(false);
});

test('a console closed to the tray still rings, audibly and visibly', async ({
  backend,
  app,
  desktop,
}) => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.close();
    }
  });
  const { callId } = await backend.simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    kind: 'talk',
  });
  await desktop.notification(/Camila Souza/);
  // The ring really plays although the window is hidden.
  await expect
    .poll(() =>
      app.electron.evaluate(({ webContents }) =>
        webContents
          .getAllWebContents()
          .some((one) => one.getURL().endsWith('index.html') && one.isCurrentlyAudible()),
      ),
    )
    .toBe(true);
  await desktop.clickMenu('Show Ringdesk');
  await expect
    .poll(() =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some(
          (window) => window.webContents.getURL().endsWith('index.html') && window.isVisible(),
        ),
      ),
    )
    .toBe(true);
  await pressAccept(app, button(app, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
});

test('Do not disturb in the tray silences the ring but still shows the call', async ({
  backend,
  app,
  desktop,
}) => {
  await desktop.clickMenu('Do not disturb');
  await desktop.tooltip('Ringdesk: do not disturb');
  await ring(backend, app);
  expect(desktop.notifications()).toHaveLength(0);
  await pressAccept(app, button(app, 'Hang up'));
  await press(button(app, 'Hang up'));
});

test('the display stays awake during a call and only then', async ({ backend, app }) => {
  // Electron's own record of the blockers it has started.
  const blocked = () =>
    app.electron.evaluate(({ powerSaveBlocker }) =>
      Array.from({ length: 20 }, (_, id) => powerSaveBlocker.isStarted(id)).some(Boolean),
    );
  expect(await blocked()).toBe(false);
  await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  await expect.poll(blocked).toBe(true);
  await press(button(app, 'Hang up'));
  await expect.poll(blocked).toBe(false);
});

test('global shortcuts for Accept and Decline exist only while a call rings', async ({
  backend,
  app,
}) => {
  const registered = () =>
    app.electron.evaluate(({ globalShortcut }) =>
      ['CommandOrControl+Alt+A', 'CommandOrControl+Alt+D'].map((keys) =>
        globalShortcut.isRegistered(keys),
      ),
    );
  expect(await registered()).toEqual([false, false]);
  await ring(backend, app);
  await expect.poll(registered).toEqual([true, true]);
  await pressDecline(app);
  await expect.poll(registered).toEqual([false, false]);
});

test('the taskbar entry asks for attention while a call rings', async ({ backend, app }) => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      const flashFrame = window.flashFrame.bind(window);
      window.flashFrame = (on) => {
        Reflect.set(globalThis, 'flashed', on);
        flashFrame(on);
      };
    }
  });
  const callId = await ring(backend, app);
  const flashed = () => app.electron.evaluate(() => Boolean(Reflect.get(globalThis, 'flashed')));
  await expect.poll(flashed).toBe(true);
  backend.simulator.hangUp(callId);
  await expect.poll(flashed).toBe(false);
});
