import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Set by `npm run docs -- --pictures`; tests save none. */
const folder = process.env['RINGDESK_E2E_PICTURES'];

/** Saves a view, in light, for the documentation. */
export async function takePicture(page: Page, view: string): Promise<void> {
  if (folder === undefined) return;
  // Buttons that have just appeared are pale until they can be pressed.
  await page.locator('[data-settling]').first().waitFor({ state: 'detached' });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.screenshot({ path: join(folder, `${view}.png`), animations: 'disabled' });
  await page.emulateMedia({ colorScheme: null });
}
