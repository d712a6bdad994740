import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';

/** From Debian's package `chromium`. */
const PROGRAM = '/usr/bin/chromium';

/** Whether it is installed. */
export const hasChromium = () => existsSync(PROGRAM);

/** A browser newer than the console's Electron, on an empty page. */
export async function openChromium(
  switches: readonly string[] = [],
): Promise<{ page: Page; close: () => Promise<void> }> {
  const browser: Browser = await chromium.launch({
    executablePath: PROGRAM,
    // Run as root, with only loopback to connect to.
    args: ['--no-sandbox', '--allow-loopback-in-peer-connection', ...switches],
  });
  const page = await browser.newPage();
  return { page, close: () => browser.close() };
}
