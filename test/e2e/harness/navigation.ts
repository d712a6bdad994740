import type { Page } from '@playwright/test';

/** Opens the list of all calls. */
export async function showHistory(window: Page): Promise<void> {
  await window
    .getByRole('button', { name: /^To do/ })
    .first()
    .click();
  await window.getByRole('button', { name: /^All calls/ }).click();
}
