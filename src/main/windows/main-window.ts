import { i18n, t } from '../../shared/i18n/i18n.ts';
import { isRightToLeft } from '../../shared/i18n/languages.ts';
import { EventEmitter } from 'node:events';
import { BrowserWindow, screen } from 'electron';
import { EVENT_CHANNEL } from '../../shared/ipc/channels.ts';
import type { AppEvent } from '../../shared/ipc/events.ts';
import { describe, type Log } from '../log.ts';
import type { JsonFile } from '../lib/json-file.ts';
import { type Area, firstBounds, MIN_SIZE, type SavedBounds } from './bounds.ts';
import type { PageOrigin } from './origin.ts';
import { keepInPlace, pagePreferences } from './page.ts';
import { expectedCalls, type MainState } from './ring-place.ts';

export interface MainWindowOptions {
  origin: PageOrigin;
  preload: string;
  icon: string;
  saved: JsonFile<SavedBounds>;
  log: Log;
}

export interface MainWindowEvents {
  /** It or its calls were shown, hidden or moved, or it gained or lost the focus. */
  placed: [];
  /** Closing only hid the window; calls can still come in. */
  'closed-to-tray': [];
  /** Closing only minimised the window, because there is no tray. */
  'closed-to-taskbar': [];
  /** The page, and with it the softphone, crashed or is being replaced. */
  'page-gone': [why: string];
}

/** Delay before a crashed page is loaded again, in ms. */
const RELOAD_PAUSE_MS = 1_000;

/** The console. It carries the media, so it lives as long as the app: closing only hides it. */
export class MainWindow extends EventEmitter<MainWindowEvents> {
  readonly #window: BrowserWindow;
  readonly #options: MainWindowOptions;
  /** What the agent still waits for. */
  readonly #awaited = new Set(['page', 'window']);
  #setUsable: () => void = () => undefined;
  /** Resolves when the agent can use the page and sees it; where the window starts hidden, when it could be shown. */
  readonly usable = new Promise<void>((resolve) => {
    this.#setUsable = resolve;
  });
  #hasTray = false;
  #closing = false;
  #lastReload = 0;
  /** Where its calls are in the page, in CSS pixels. */
  #calls: Area | undefined;

  constructor(options: MainWindowOptions) {
    super();
    this.#options = options;
    const bounds = firstBounds(
      options.saved.read(),
      screen.getAllDisplays().map((display) => display.workArea),
    );
    this.#window = new BrowserWindow({
      ...bounds,
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      title: t('desktop.app'),
      icon: options.icon,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: '#1b1d22',
      webPreferences: pagePreferences(options.preload),
    });
    keepInPlace(this.#window, options.origin);
    this.#watch();
  }

  /**
   * Loads the page, and shows it as soon as anything of it is drawn.
   *
   * @param hidden start in the tray or, without one, minimised
   */
  open(hidden: boolean): void {
    this.#window.once('ready-to-show', () => {
      if (this.#options.saved.read()?.maximized === true) this.#window.maximize();
      if (!hidden) this.#window.show();
      this.#handleCame('window');
    });
    if (hidden) void this.#minimizeWithoutTray();
    this.#load();
  }

  /** Whether there is a tray is known once the console is in use. */
  async #minimizeWithoutTray(): Promise<void> {
    await this.usable;
    if (!this.#hasTray && !this.#window.isDestroyed()) this.#window.minimize();
  }

  /** The page shows the console. */
  handleUsable(): void {
    this.#handleCame('page');
  }

  #handleCame(part: 'page' | 'window'): void {
    this.#awaited.delete(part);
    if (this.#awaited.size === 0) this.#setUsable();
  }

  /** Sets whether there is a tray from which the window can be shown again. */
  setHasTray(has: boolean): void {
    this.#hasTray = has;
  }

  get contentsId(): number {
    return this.#window.webContents.id;
  }

  /** Whether it is visible and focused, and where it is. */
  get state(): MainState {
    if (this.#window.isDestroyed()) {
      const bounds = { x: 0, y: 0, width: 0, height: 0 };
      return { visible: false, focused: false, bounds, calls: bounds };
    }
    const bounds = this.#window.getBounds();
    return {
      visible: this.#window.isVisible() && !this.#window.isMinimized(),
      focused: this.#window.isFocused(),
      bounds,
      calls: this.#callsOnScreen() ?? expectedCalls(bounds, isRightToLeft(i18n.language())),
    };
  }

  /** The page says where its calls are; the next ones will be there, too. */
  setCalls(area: Area): void {
    this.#calls = area;
    if (!this.#closing) this.emit('placed');
  }

  #callsOnScreen(): Area | undefined {
    if (!this.#calls) return undefined;
    const content = this.#window.getContentBounds();
    const scale = this.#window.webContents.getZoomFactor();
    const { x, y, width, height } = this.#calls;
    return {
      x: Math.floor(content.x + x * scale),
      y: Math.floor(content.y + y * scale),
      width: Math.ceil(width * scale),
      height: Math.ceil(height * scale),
    };
  }

  show(): void {
    if (this.#window.isDestroyed()) return;
    const { visible, focused } = this.state;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
    // It appears under a pointer that may be clicking in another window.
    if (!visible || !focused) this.send({ type: 'uncovered' });
  }

  flash(on: boolean): void {
    if (!this.#window.isDestroyed()) this.#window.flashFrame(on);
  }

  /** Sends an event to the page. Dropped if there is none: a new page asks for everything. */
  send(event: AppEvent): void {
    if (this.#window.isDestroyed()) return;
    const { webContents } = this.#window;
    if (!webContents.isCrashed()) webContents.send(EVENT_CHANNEL, event);
  }

  /** The window itself, as the parent of dialogs. */
  get native(): BrowserWindow {
    return this.#window;
  }

  /** The app quits: closing now really closes the window. */
  close(): void {
    this.#closing = true;
    if (!this.#window.isDestroyed()) this.#window.destroy();
  }

  #load(): void {
    this.#window.loadURL(this.#options.origin.page('index.html')).catch((error: unknown) => {
      this.#options.log.error(`window: the page could not be loaded: ${describe(error)}`);
    });
  }

  #watch(): void {
    const window = this.#window;
    const { log } = this.#options;
    window.on('close', (event) => {
      this.#remember();
      if (this.#closing) return;
      event.preventDefault();
      if (this.#hasTray || process.platform === 'darwin') {
        window.hide();
        this.emit('closed-to-tray');
        return;
      }
      window.minimize();
      this.emit('closed-to-taskbar');
    });
    // Not at the start of a navigation: `keepInPlace` stops those, and the page stays with its
    // calls.
    window.webContents.on('did-navigate', () => this.emit('page-gone', 'the page was loaded'));
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error(`window: the page's process is gone: ${details.reason}`);
      if (this.#closing || details.reason === 'clean-exit') return;
      this.emit('page-gone', details.reason);
      this.#reloadSoon();
    });
    const placed = () => {
      if (!this.#closing) this.emit('placed');
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
    window.on('unresponsive', () => log.warn('window: the page does not respond'));
    window.on('responsive', () => log.info('window: the page responds again'));
  }

  #reloadSoon(): void {
    const wait = Math.max(0, this.#lastReload + RELOAD_PAUSE_MS - performance.now());
    setTimeout(() => {
      if (this.#window.isDestroyed()) return;
      this.#lastReload = performance.now();
      this.#load();
    }, wait);
  }

  #remember(): void {
    if (this.#window.isDestroyed() || this.#window.isMinimized()) return;
    const { x, y, width, height } = this.#window.getNormalBounds();
    this.#options.saved.write({ x, y, width, height, maximized: this.#window.isMaximized() });
  }

  /** Called before the app quits, while the window still exists. */
  handleQuit(): void {
    this.#remember();
  }
}
