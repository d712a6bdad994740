import { chromium, type Browser, type Page } from '@playwright/test';

/** From Debian's package `chromium`. */
const PROGRAM = '/usr/bin/chromium';

/** A browser newer than the console's Electron, on an empty page. */
export async function openChromium(): Promise<{ page: Page; close(): Promise<void> }> {
  const browser: Browser = await chromium.launch({
    executablePath: PROGRAM,
    // Run as root, with only loopback to connect to.
    args: ['--no-sandbox', '--allow-loopback-in-peer-connection'],
  });
  const page = await browser.newPage();
  return { page, close: () => browser.close() };
}
