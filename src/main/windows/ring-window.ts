import { BrowserWindow, screen } from 'electron';
import { EVENT_CHANNEL } from '../../shared/ipc/channels.ts';
import type { AppEvent } from '../../shared/ipc/events.ts';
import { describe, type Log } from '../log.ts';
import { words } from '../words.ts';
import { ringBounds } from './bounds.ts';
import type { Origin } from './origin.ts';
import { keepInPlace, pagePreferences } from './page.ts';

const SIZE = { width: 420, height: 208 };

/**
 * The small window that says who is calling. Made ahead and kept hidden, so that it appears at once. It can be
 * clicked but never focused: whoever is typing goes on typing where they were.
 */
export class RingWindow {
  private window: BrowserWindow | undefined;
  private wanted = false;
  private readonly parts: { origin: Origin; preload: string; log: Log };

  constructor(parts: { origin: Origin; preload: string; log: Log }) {
    this.parts = parts;
    this.window = this.make();
  }

  get contentsId(): number | undefined {
    return this.window?.webContents.id;
  }

  /** Shows or hides it; showing it again does not move it. */
  set(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (!this.window) return;
    if (!wanted) return this.window.hide();
    const display = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    this.window.setBounds(ringBounds(display.workArea, SIZE));
    this.window.showInactive();
    this.window.moveTop();
  }

  send(event: AppEvent): void {
    const contents = this.window?.webContents;
    if (contents && !contents.isCrashed()) contents.send(EVENT_CHANNEL, event);
  }

  dispose(): void {
    const { window } = this;
    this.window = undefined;
    window?.destroy();
  }

  private make(): BrowserWindow {
    const window = new BrowserWindow({
      ...SIZE,
      title: words.ring,
      show: false,
      frame: false,
      focusable: false,
      resizable: false,
      movable: true,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      backgroundColor: '#1b1d22',
      // On macOS a panel does not bring its app to the front.
      ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
      webPreferences: pagePreferences(this.parts.preload),
    });
    window.setAlwaysOnTop(true, process.platform === 'darwin' ? 'screen-saver' : 'pop-up-menu');
    window.setVisibleOnAllWorkspaces(true, {
      visibleOnFullScreen: true,
      skipTransformProcessType: true,
    });
    keepInPlace(window, this.parts.origin);
    // Only the app ends it; otherwise it would be missing at the next ring.
    window.on('close', (event) => {
      if (this.window === window) event.preventDefault();
    });
    window.webContents.on('render-process-gone', (_event, details) => {
      if (this.window !== window) return;
      this.parts.log.error(`ring window: its process is gone: ${details.reason}`);
      setTimeout(() => this.load(window), 500);
    });
    this.load(window);
    return window;
  }

  private load(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    window.loadURL(this.parts.origin.page('ring.html')).catch((error: unknown) => {
      this.parts.log.error(`ring window: the page could not be loaded: ${describe(error)}`);
    });
  }
}
