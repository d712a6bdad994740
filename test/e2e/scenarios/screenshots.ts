import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readLog } from '../harness/log.ts';
import { showHistory } from '../harness/navigation.ts';

/** Saves the demo's views in light and dark. */
export interface Screenshots {
  take(window: Page, name: string): Promise<void>;
  /** Saves History with a call's detail, then the other views. Returns the number of calls. */
  history(window: Page): Promise<{ rows: number }>;
}

/** @param folder undefined to take none */
export function screenshotsIn(
  folder: string | undefined,
  say: (line: string) => void,
): Screenshots {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const take = async (window: Page, name: string) => {
    if (folder === undefined) return;
    // Buttons that have just appeared are pale until they can be pressed.
    await window.locator('[data-settling]').first().waitFor({ state: 'detached' });
    for (const scheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme: scheme });
      const path = join(folder, `${name}-${scheme}.png`);
      await window.screenshot({ path, animations: 'disabled' });
    }
    await window.emulateMedia({ colorScheme: null });
    say(`Saved ${name} in light and dark.`);
  };
  return {
    take,
    async history(window) {
      await showHistory(window);
      // Ended calls stay above the list for a moment.
      await window.getByText('Caller hung up').first().waitFor({ state: 'detached' });
      const list = window.getByRole('list', { name: 'Calls' });
      await list
        .getByText(/Camila Souza|98765.4321/)
        .first()
        .click();
      // The customer's newest call may be one that the agent placed.
      await window
        .getByRole('button', { name: /^Call (back|again)$/ })
        .first()
        .waitFor();
      await take(window, 'history');
      await window
        .getByRole('button', { name: /^To do/ })
        .first()
        .click();
      await take(window, 'todo');
      await window.getByRole('button', { name: /^Contacts/ }).click();
      await window
        .getByRole('list', { name: 'Contacts' })
        .getByText(/Camila Souza|98765.4321/)
        .click();
      await window.getByRole('region', { name: 'Calling rules' }).waitFor();
      await take(window, 'contact');
      await window.getByRole('button', { name: 'Settings', exact: true }).click();
      await take(window, 'settings');
      return { rows: (await readLog(window)).length };
    },
  };
}
