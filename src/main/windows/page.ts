import type { BrowserWindow, WebPreferences } from 'electron';
import type { Origin } from './origin.ts';

/** How every page of ours runs: sandboxed, isolated, and as awake when hidden as when shown. */
export function pagePreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    // No alert, confirm or prompt: the console asks in its own way, and a flood of them would cover
    // a ring.
    disableDialogs: true,
    // A call goes on while its window is hidden.
    backgroundThrottling: false,
    // The ring is not preceded by a click.
    autoplayPolicy: 'no-user-gesture-required',
  };
}

/** A page stays where it is: no navigation, no further windows, no embedded pages. */
export function keepInPlace(window: BrowserWindow, origin: Origin): void {
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => {
    if (!origin.isPage(event.url)) event.preventDefault();
  });
  webContents.on('will-redirect', (event) => {
    if (!origin.isPage(event.url)) event.preventDefault();
  });
  // A page that asks whether it may be left is not asked.
  webContents.on('will-prevent-unload', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
}
