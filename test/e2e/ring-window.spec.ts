import type { Page } from '@playwright/test';
import type { ConsoleApp } from './harness/console-app.ts';
import { openWindowManager, type WindowManager } from './harness/window-manager.ts';
import { button, connected, expect, test as base } from './fixture.ts';

const test = base.extend<{ desk: WindowManager }>({
  desk: async ({ display, folder }, use) => {
    const desk = await openWindowManager(display.env, folder);
    await use(desk);
    await desk.close();
  },
});

/** Where the ring window is, and whether it is there. */
const ringWindow = ({ electron }: ConsoleApp) =>
  electron.evaluate(({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows();
    const ring = all.find((window) => window.webContents.getURL().endsWith('ring.html'));
    return { visible: ring?.isVisible() ?? false, ...(ring?.getBounds() ?? { x: 0, y: 0 }) };
  });

/** Where something in the ring window is on the screen. */
async function onScreen(app: ConsoleApp, popup: Page, name: string) {
  const box = await popup.getByRole('button', { name, exact: true }).boundingBox();
  if (!box) throw new Error(`no ${name}`);
  const { x, y } = await ringWindow(app);
  return [Math.round(x + box.x + box.width / 2), Math.round(y + box.y + box.height / 2)] as const;
}

test('U12 the ring window is above a full-screen window, takes no focus, moves, and can be silenced', async ({
  backend,
  app,
  desk,
}) => {
  await connected(app);
  const popup = await app.ringWindow();
  const call = { customer: { waId: '5511987654321', name: 'Camila Souza' }, kind: 'talk' } as const;
  expect(desk.otherIsActive()).toBe(true);
  desk.key('a');
  await expect.poll(() => desk.typed()).toBe('a');

  const first = await backend.simulator.startCall(call);
  await expect.poll(async () => (await ringWindow(app)).visible).toBe(true);
  // Whoever types in the other program goes on doing so.
  desk.key('b');
  await expect.poll(() => desk.typed()).toBe('a b');
  expect(desk.otherIsActive()).toBe(true);

  await expect(popup.getByRole('heading', { name: 'Camila Souza' })).toBeVisible();
  const { y: before } = await ringWindow(app);
  await expect(async () => {
    const { x, y } = await ringWindow(app);
    desk.drag({ x: x + 200, y: y + 12 }, { x: x - 100, y: y + 212 });
    expect((await ringWindow(app)).y).toBeGreaterThan(before + 100);
  }).toPass();
  expect(desk.otherIsActive()).toBe(true);

  // A real click reaches it only if nothing lies above it.
  await expect(popup.getByRole('button', { name: 'Silence', exact: true })).toBeVisible();
  // One that has just moved under the pointer ignores a press.
  await expect(async () => {
    if ((await ringWindow(app)).visible) desk.click(...(await onScreen(app, popup, 'Silence')));
    await expect.poll(async () => (await ringWindow(app)).visible, { timeout: 3_000 }).toBe(false);
  }).toPass();
  expect(desk.otherIsActive()).toBe(true);
  // It rings on for the others, and stays on its card here.
  expect(backend.simulator.report(first.callId)?.endedAt).toBeNull();
  await expect(button(app, 'Accept')).toBeVisible();
  backend.simulator.hangUp(first.callId);
  await expect(button(app, 'Accept')).toHaveCount(0);
});
