import type { BrowserWindow, WebPreferences } from 'electron';
import type { PageOrigin } from './origin.ts';

/** How our pages run: sandboxed, isolated, and not throttled when hidden. */
export function pagePreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    // No alert, confirm or prompt: the console has dialogs of its own, and a flood of them would
    // cover a ringing call.
    disableDialogs: true,
    // A call goes on while its window is hidden.
    backgroundThrottling: false,
    // The ringtone plays without a click before it.
    autoplayPolicy: 'no-user-gesture-required',
  };
}

/** Locks a page in place: no navigation, no further windows, no embedded pages. */
export function keepInPlace(window: BrowserWindow, origin: PageOrigin): void {
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => {
    if (!origin.isPage(event.url)) event.preventDefault();
  });
  webContents.on('will-redirect', (event) => {
    if (!origin.isPage(event.url)) event.preventDefault();
  });
  // A page cannot veto being left.
  webContents.on('will-prevent-unload', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
}
