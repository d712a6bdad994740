import { expect, type Page } from '@playwright/test';

/** Waits until the call has lasted this long, less than a minute, in s. A busy machine may look later. */
export async function talkedFor(page: Page, seconds: number): Promise<void> {
  const timers = page.getByText(/^0:\d\d$/);
  const shown = async () =>
    Math.max(...(await timers.allTextContents()).map((time) => Number(time.slice(2))));
  await expect.poll(shown).toBeGreaterThanOrEqual(seconds);
}
