import type { Page } from '@playwright/test';
import type { Desk } from './harness/desk.ts';
import { ana, bea, button, connected, expect, logged, ring, test } from './fixture.ts';

const camila = { waId: '5511987654321', name: 'Camila Souza' };
const widths = [360, 480, 640, 761, 900, 1080, 1440, 1920];
/** Sooner than this a press was meant for something else, ms. */
const STEADY_MS = 600;

test('U1 a click meant for a history row does not decline the call that just appeared', async ({
  world,
  desk,
}) => {
  const { simulator } = world;
  const missed = await ring(world, desk);
  simulator.hangUp(missed);
  await expect(button(desk, 'Accept')).toHaveCount(0);
  await desk.window.getByRole('button', { name: /History/ }).click();
  await desk.window.getByRole('list', { name: 'Calls' }).waitFor();
  // On a busy machine a click may come too late to prove anything; then once more.
  await expect(async () => {
    await watchRings(desk.window);
    const { callId } = await simulator.startCall({ customer: camila, kind: 'talk' });
    const card = desk.window.getByRole('article', { name: /Incoming call/ });
    await card.waitFor();
    await desk.window.mouse.click(290, 150);
    const decline = await boxOf(desk, 'Decline');
    await desk.window.mouse.click(decline.x + 60, decline.y + 20);
    await desk.window.mouse.click(decline.x + 60, decline.y + 20);
    const gaps = await pressesAfterRing(desk.window);
    const wasDeclined = (await button(desk, 'Undo').count()) > 0;
    simulator.hangUp(callId);
    await expect(card).toHaveCount(0);
    expect(gaps).toHaveLength(3);
    expect(Math.max(...gaps)).toBeLessThan(STEADY_MS);
    expect(wasDeclined).toBe(false);
  }).toPass();
  expect(simulator.requests().filter(({ action }) => action === 'reject')).toEqual([]);
});

test('U1 Decline is sent after three seconds, and Undo or Esc takes it back', async ({
  world,
  desk,
}) => {
  const callId = await ring(world, desk);
  await button(desk, 'Decline').click();
  await button(desk, 'Undo').click();
  await button(desk, 'Decline').click();
  await button(desk, 'Undo').waitFor();
  await desk.window.keyboard.press('Escape');
  await button(desk, 'Accept').waitFor();
  expect(world.simulator.requests().filter(({ action }) => action === 'reject')).toEqual([]);
  await button(desk, 'Decline').focus();
  await desk.window.keyboard.press('Enter');
  await expect(button(desk, 'Undo')).toBeFocused();
  await world.simulator.waitFor(() => world.simulator.report(callId)?.endedAt);
  await expect.poll(async () => (await logged(desk))[0]?.outcome).toBe('declined');
});

test('U2 a double click on Accept at 360 px answers and does not hang up', async ({
  world,
  desk,
}) => {
  await resize(desk, 360);
  const callId = await ring(world, desk);
  await expect(button(desk, 'Accept')).toBeEnabled();
  const { x, y, width, height } = await boxOf(desk, 'Accept');
  await desk.window.mouse.click(x + width / 2, y + height / 2, { clickCount: 2 });
  await button(desk, 'Hang up').waitFor();
  await desk.window.mouse.click(x + width / 2, y + height / 2);
  await world.simulator.waitFor(() => world.simulator.report(callId)?.acceptedAt);
  await expect(button(desk, 'Hang up')).toBeEnabled();
  await desk.window.mouse.click(x + width / 2, y + height / 2);
  await expect(button(desk, 'Hang up')).toBeVisible();
  expect(world.simulator.report(callId)?.endedAt).toBeFalsy();
});

test('U2 Accept and Hang up never overlap, at any width and with several calls', async ({
  world,
  desk,
}) => {
  await ring(world, desk);
  const accept = new Map<number, [number, number]>();
  for (const width of widths) {
    await resize(desk, width);
    const box = await boxOf(desk, 'Accept');
    accept.set(width, [box.x, box.x + box.width]);
  }
  await button(desk, 'Accept').click();
  await button(desk, 'Hang up').waitFor();
  await world.simulator.startCall({
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
    kind: 'talk',
  });
  await button(desk, 'Accept').waitFor();
  for (const width of widths) {
    await resize(desk, width);
    const hangUp = await boxOf(desk, 'Hang up');
    const waiting = await boxOf(desk, 'Accept');
    expect(hangUp.width, `${width} px`).toBeLessThanOrEqual(112);
    for (const [from, to] of [
      accept.get(width) ?? [0, 1e6],
      [waiting.x, waiting.x + waiting.width] as const,
    ]) {
      expect(to <= hangUp.x || from >= hangUp.x + hangUp.width, `${width} px`).toBe(true);
    }
  }
});

test('U12 the ring window opens only when the main window is not in front, and covers no control', async ({
  world,
  desk,
}) => {
  const popup = await desk.ringWindow();
  const windows = () =>
    desk.app.evaluate(({ BrowserWindow }) => {
      const all = BrowserWindow.getAllWindows();
      const of = (page: string) => all.find((window) => window.webContents.getURL().endsWith(page));
      return {
        main: of('index.html')?.getBounds(),
        focused: of('index.html')?.isFocused(),
        popup: of('ring.html')?.getBounds(),
        visible: of('ring.html')?.isVisible(),
      };
    });
  const main = (does: 'focus' | 'blur' | 'hide' | 'show') =>
    desk.app.evaluate(({ BrowserWindow }, what) => {
      const all = BrowserWindow.getAllWindows();
      all.find((window) => window.webContents.getURL().endsWith('index.html'))?.[what]();
    }, does);
  await main('show');
  await main('focus');
  await expect.poll(async () => (await windows()).focused).toBe(true);
  await ring(world, desk);
  expect((await windows()).visible).toBe(false);
  await main('hide');
  await expect.poll(async () => (await windows()).visible).toBe(true);
  await popup.getByRole('button', { name: 'Silence' }).click();
  await expect.poll(async () => (await windows()).visible).toBe(false);
  await expect(button(desk, 'Accept')).toHaveCount(1);
});

test('V9 losing the race to accept leaves no empty window on top', async ({ world, open }) => {
  const first = await open({ profile: await world.profileFor(ana) });
  const second = await open({ profile: await world.profileFor(bea) });
  await Promise.all([connected(first), connected(second)]);
  await first.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.hide();
    }
  });
  await ring(world, second);
  const popup = await first.ringWindow();
  await popup.getByRole('button', { name: 'Accept' }).waitFor();
  await Promise.all([
    button(second, 'Accept')
      .click({ timeout: 5_000 })
      .catch(() => undefined),
    popup
      .getByRole('button', { name: 'Accept' })
      .click({ timeout: 5_000 })
      .catch(() => undefined),
  ]);
  const isUp = () =>
    first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().endsWith('ring.html') && window.isVisible(),
      ),
    );
  // Whoever lost: as long as the window is up, it says something.
  let empty = 0;
  await expect
    .poll(async () => {
      const before = await isUp();
      const cards = await popup.getByRole('article').count();
      const after = await isUp();
      if (before && after && cards === 0) empty += 1;
      return after;
    })
    .toBe(false);
  expect(empty).toBe(0);
});

async function resize(desk: Desk, width: number): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow }, size) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.setContentSize(size, 720);
    }
  }, width);
  await expect.poll(() => desk.window.evaluate(() => window.innerWidth)).toBe(width);
}

async function boxOf(desk: Desk, name: string) {
  const box = await button(desk, name).boundingBox();
  if (!box) throw new Error(`${name} has no place`);
  return box;
}

/** Notes when a ring's card appears and when presses begin after it, by the page's own clock. */
async function watchRings(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { at: 0, presses: [] as number[] };
    Reflect.set(window, 'seenRing', seen);
    const watcher = new MutationObserver(() => {
      if (document.querySelector('article')) {
        seen.at = performance.now();
        watcher.disconnect();
      }
    });
    watcher.observe(document.body, { childList: true, subtree: true });
    window.addEventListener('pointerdown', (event) => seen.presses.push(event.timeStamp), true);
  });
}

function pressesAfterRing(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const { at, presses }: { at: number; presses: number[] } = Reflect.get(window, 'seenRing');
    return presses.map((time) => time - at);
  });
}
