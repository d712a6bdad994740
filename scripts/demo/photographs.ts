import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Saves the views that the demo passes, in light and in dark. */
export interface Photographs {
  take(window: Page, name: string): Promise<void>;
  /** Opens History, counts its rows, and saves it with a call's detail. */
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
      const page = await console.evaluate(() =>
        window.ringdesk.request('history.list', { filter: {}, limit: 200 }),
      );
      if (!page.ok) throw new Error(page.error.message);
      // Ended calls are shown above for a moment.
      await console.getByText('Caller hung up').first().waitFor({ state: 'detached' });
      await console.getByRole('list', { name: 'Calls' }).getByText('Camila Souza').first().click();
      await console.getByRole('button', { name: 'Call back' }).first().waitFor();
      await take(console, 'history');
      await console.getByRole('button', { name: 'Settings', exact: true }).click();
      await take(console, 'settings');
      return { rows: page.data.rows.length };
    },
  };
}
