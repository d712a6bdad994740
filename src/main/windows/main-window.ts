import { BrowserWindow, screen } from 'electron';
import { EVENT_CHANNEL } from '../../shared/ipc/channels.ts';
import type { AppEvent } from '../../shared/ipc/events.ts';
import { describe, type Log } from '../log.ts';
import type { JsonFile } from '../lib/json-file.ts';
import { words } from '../words.ts';
import { firstBounds, MIN_SIZE, type SavedBounds } from './bounds.ts';
import type { Origin } from './origin.ts';
import { keepInPlace, pagePreferences } from './page.ts';
import type { MainState } from './ring-place.ts';

export interface MainWindowParts {
  origin: Origin;
  preload: string;
  icon: string;
  saved: JsonFile<SavedBounds>;
  log: Log;
  /** Whether there is a tray to come back from. */
  hasTray: () => boolean;
  /** Closing only minimised the window, because there is no tray. */
  onMinimisedInstead: () => void;
  /** It was shown, hidden, moved, or came to the front or went from it. */
  onPlaced: () => void;
  /** Closing only hid the window, and it rings on. */
  onHiddenInstead: () => void;
  /** The page and with it the softphone is gone or is being replaced. */
  onPageGone: (why: string) => void;
}

/** How often a page that keeps crashing is loaded again, in ms. */
const RELOAD_PAUSE_MS = 1_000;

/** The console. It carries the media, so it lives as long as the app: closing only hides it. */
export class MainWindow {
  private readonly window: BrowserWindow;
  private readonly parts: MainWindowParts;
  private closing = false;
  private lastReload = 0;

  constructor(parts: MainWindowParts) {
    this.parts = parts;
    const bounds = firstBounds(
      parts.saved.read(),
      screen.getAllDisplays().map((display) => display.workArea),
    );
    this.window = new BrowserWindow({
      ...bounds,
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      title: words.app,
      icon: parts.icon,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: '#1b1d22',
      webPreferences: pagePreferences(parts.preload),
    });
    keepInPlace(this.window, parts.origin);
    this.watch();
  }

  /** @param hidden stay in the tray (or, without one, in the taskbar) until asked for */
  open(hidden: boolean): void {
    this.window.once('ready-to-show', () => {
      if (this.parts.saved.read()?.maximized === true) this.window.maximize();
      if (!hidden) this.window.show();
      else if (!this.parts.hasTray()) this.window.minimize();
    });
    this.load();
  }

  get contentsId(): number {
    return this.window.webContents.id;
  }

  /** Whether and where it is to be seen. */
  get state(): MainState {
    if (this.window.isDestroyed()) {
      return { visible: false, focused: false, bounds: { x: 0, y: 0, width: 0, height: 0 } };
    }
    return {
      visible: this.window.isVisible() && !this.window.isMinimized(),
      focused: this.window.isFocused(),
      bounds: this.window.getBounds(),
    };
  }

  show(): void {
    if (this.window.isDestroyed()) return;
    const { visible, focused } = this.state;
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
    // It comes to lie under a pointer that may be clicking elsewhere.
    if (!visible || !focused) this.send({ type: 'uncovered' });
  }

  flash(on: boolean): void {
    if (!this.window.isDestroyed()) this.window.flashFrame(on);
  }

  /** Dropped when there is no page to get it: the next one asks for everything anew. */
  send(event: AppEvent): void {
    if (this.window.isDestroyed()) return;
    const { webContents } = this.window;
    if (!webContents.isCrashed()) webContents.send(EVENT_CHANNEL, event);
  }

  /** For dialogs. */
  get native(): BrowserWindow {
    return this.window;
  }

  /** The app quits: from now on closing closes. */
  close(): void {
    this.closing = true;
    if (!this.window.isDestroyed()) this.window.destroy();
  }

  private load(): void {
    this.window.loadURL(this.parts.origin.page('index.html')).catch((error: unknown) => {
      this.parts.log.error(`window: the page could not be loaded: ${describe(error)}`);
    });
  }

  private watch(): void {
    const { window, parts } = this;
    window.on('close', (event) => {
      this.remember();
      if (this.closing) return;
      event.preventDefault();
      if (parts.hasTray() || process.platform === 'darwin') {
        window.hide();
        return parts.onHiddenInstead();
      }
      window.minimize();
      parts.onMinimisedInstead();
    });
    // Not when one begins: those that `keepInPlace` stops begin as well, and the page stays with its calls.
    window.webContents.on('did-navigate', () => parts.onPageGone('the page was loaded'));
    window.webContents.on('render-process-gone', (_event, details) => {
      parts.log.error(`window: the page's process is gone: ${details.reason}`);
      if (this.closing || details.reason === 'clean-exit') return;
      parts.onPageGone(details.reason);
      this.reloadSoon();
    });
    const placed = () => {
      if (!this.closing) parts.onPlaced();
    };
    window.on('show', placed);
    window.on('hide', placed);
    window.on('minimize', placed);
    window.on('restore', () => {
      this.send({ type: 'uncovered' });
      placed();
    });
    window.on('focus', placed);
    window.on('blur', placed);
    window.on('move', placed);
    window.on('resize', placed);
    window.on('unresponsive', () => parts.log.warn('window: the page does not respond'));
    window.on('responsive', () => parts.log.info('window: the page responds again'));
  }

  private reloadSoon(): void {
    const wait = Math.max(0, this.lastReload + RELOAD_PAUSE_MS - Date.now());
    setTimeout(() => {
      if (this.window.isDestroyed()) return;
      this.lastReload = Date.now();
      this.load();
    }, wait);
  }

  private remember(): void {
    if (this.window.isDestroyed() || this.window.isMinimized()) return;
    const { x, y, width, height } = this.window.getNormalBounds();
    this.parts.saved.write({ x, y, width, height, maximized: this.window.isMaximized() });
  }

  /** Called before the app quits, while the window is still there. */
  handleQuit(): void {
    this.remember();
  }
}
