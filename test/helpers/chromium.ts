import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';

/** Debian's package `chromium` brings it. */
const PROGRAM = '/usr/bin/chromium';

/** Whether Debian's `chromium` is installed here. */
export const hasChromium = (): boolean => existsSync(PROGRAM);

/** A browser that is newer than the console's Electron, with an empty page. */
export async function openChromium(): Promise<{ page: Page; close(): Promise<void> }> {
  const browser: Browser = await chromium.launch({
    executablePath: PROGRAM,
    // As root, and with nothing but loopback to talk over.
    args: ['--no-sandbox', '--allow-loopback-in-peer-connection'],
  });
  const page = await browser.newPage();
  return { page, close: () => browser.close() };
}
