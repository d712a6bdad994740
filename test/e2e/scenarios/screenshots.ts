import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readLog } from '../harness/log.ts';

/** Saves the views that the demo passes, in light and in dark. */
export interface Photographs {
  take(window: Page, name: string): Promise<void>;
  /** Opens History, counts its calls, and saves it with a call's detail; then the other views. */
  history(window: Page): Promise<{ rows: number }>;
}

/** @param folder undefined: take none */
export function photographs(folder: string | undefined, say: (line: string) => void): Photographs {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const take = async (window: Page, name: string) => {
    if (folder === undefined) return;
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
    async history(console) {
      await console.getByRole('button', { name: /^History/ }).click();
      // Ended calls are shown above for a moment.
      await console.getByText('Caller hung up').first().waitFor({ state: 'detached' });
      const list = console.getByRole('list', { name: 'Calls' });
      await list
        .getByText(/Camila Souza|98765.4321/)
        .first()
        .click();
      // The customer's newest call may be one that the agent placed.
      await console
        .getByRole('button', { name: /^Call (back|again)$/ })
        .first()
        .waitFor();
      await take(console, 'history');
      await console.getByRole('button', { name: 'Contacts', exact: true }).click();
      await console
        .getByRole('list', { name: 'Customers' })
        .getByText(/Camila Souza|98765.4321/)
        .click();
      await console.getByRole('region', { name: 'Calling rules' }).waitFor();
      await take(console, 'contact');
      await console.getByRole('button', { name: 'Settings', exact: true }).click();
      await take(console, 'settings');
      return { rows: (await readLog(console)).length };
    },
  };
}
