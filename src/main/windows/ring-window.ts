import { t } from '../../shared/i18n/i18n.ts';
import { BrowserWindow, screen } from 'electron';
import { EVENT_CHANNEL } from '../../shared/ipc/channels.ts';
import type { AppEvent } from '../../shared/ipc/events.ts';
import { describe, type Log } from '../log.ts';
import type { JsonFile } from '../lib/json-file.ts';
import type { PageOrigin } from './origin.ts';
import { keepInPlace, pagePreferences } from './page.ts';
import {
  arrangementOf,
  isNeeded,
  type MainState,
  placeOf,
  ringBounds,
  type RingPlaces,
  withPlace,
} from './ring-place.ts';

/** A drag is over after this long without a move, in ms. */
const DRAG_PAUSE_MS = 300;
const SIZE = { width: 420, height: 208 };

export interface RingWindowPorts {
  origin: PageOrigin;
  preload: string;
  log: Log;
  /** Where the agent last put it, on each arrangement of screens. */
  saved: JsonFile<RingPlaces>;
  /** The main window's current state. */
  main: () => MainState;
}

/**
 * The small window that shows who is calling. It can be clicked but never takes the focus, so it does not interrupt typing elsewhere.
 * While the main window is in front it stays hidden, because the ring is shown there.
 */
export class RingWindow {
  #window: BrowserWindow | undefined;
  #wanted = false;
  #closed = false;
  #shown = false;
  /** Where in it the agent holds it while they drag it. */
  #grip: { x: number; y: number } | undefined;
  /** Where we put it; if it is anywhere else, the agent moved it. */
  #placed: { x: number; y: number } | undefined;
  #saving: NodeJS.Timeout | undefined;
  readonly #parts: RingWindowPorts;

  constructor(parts: RingWindowPorts) {
    this.#parts = parts;
    // A screen was unplugged while it rings.
    screen.on('display-removed', this.#handleScreens);
    screen.on('display-metrics-changed', this.#handleScreens);
  }

  /** Loads its page ahead, so that it appears at once; not before the main window's, which is waited for. */
  prepare(): void {
    if (!this.#closed) this.#window ??= this.#make();
  }

  readonly #handleScreens = (): void => this.handleMainChanged();

  get contentsId(): number | undefined {
    return this.#window?.webContents.id;
  }

  /** Shows or hides it: a call is ringing here, or no longer is. */
  set(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) this.prepare();
    this.handleMainChanged();
  }

  /** The main window or its calls were shown, hidden or moved, or it gained or lost the focus. */
  handleMainChanged(): void {
    const window = this.#window;
    if (!window || window.isDestroyed()) return;
    const show = this.#wanted && isNeeded(this.#parts.main());
    if (!show) {
      this.#grip = undefined;
      if (this.#shown) window.hide();
      this.#shown = false;
      return;
    }
    const moved = this.#grip === undefined && this.#place(window);
    if (this.#shown && !moved) return;
    // A click in progress was not meant for this window.
    this.send({ type: 'uncovered' });
    if (this.#shown) return;
    this.#shown = true;
    window.showInactive();
    window.moveTop();
  }

  /**
   * The agent drags it. X11's window managers do not know a window that never takes the focus, so
   * they do not move it.
   */
  drag(step: 'start' | 'move' | 'end'): void {
    const window = this.#window;
    if (!window || !this.#shown) return;
    const pointer = screen.getCursorScreenPoint();
    const { x, y } = window.getBounds();
    if (step === 'start') this.#grip = { x: pointer.x - x, y: pointer.y - y };
    if (!this.#grip) return;
    const to = { x: pointer.x - this.#grip.x, y: pointer.y - this.#grip.y };
    if (to.x !== x || to.y !== y) {
      window.setBounds({ ...SIZE, ...to });
      this.#handleMoved(to);
    }
    if (step === 'end') this.#grip = undefined;
  }

  send(event: AppEvent): void {
    const contents = this.#window?.webContents;
    if (contents && !contents.isCrashed()) contents.send(EVENT_CHANNEL, event);
  }

  close(): void {
    const window = this.#window;
    this.#window = undefined;
    this.#closed = true;
    screen.off('display-removed', this.#handleScreens);
    screen.off('display-metrics-changed', this.#handleScreens);
    clearTimeout(this.#saving);
    window?.destroy();
  }

  /** @returns whether it moved */
  #place(window: BrowserWindow): boolean {
    const display = this.#shown
      ? screen.getDisplayMatching(window.getBounds())
      : screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const others = screen.getAllDisplays().filter(({ id }) => id !== display.id);
    const areas = [display, ...others].map(({ workArea }) => workArea);
    const remembered = placeOf(this.#places(), arrangementOf(areas));
    const bounds = ringBounds([display.workArea, ...areas], SIZE, this.#parts.main(), remembered);
    if (this.#shown && this.#placed?.x === bounds.x && this.#placed.y === bounds.y) return false;
    this.#placed = { x: bounds.x, y: bounds.y };
    window.setBounds(bounds);
    return true;
  }

  /** Stores where the agent dragged it. */
  #remember(window: BrowserWindow): void {
    const { x, y } = window.getBounds();
    if (!this.#shown || (this.#placed?.x === x && this.#placed.y === y)) return;
    this.#handleMoved({ x, y });
  }

  #handleMoved(place: { x: number; y: number }): void {
    this.#placed = place;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(place), DRAG_PAUSE_MS);
  }

  #places(): RingPlaces {
    return this.#parts.saved.read() ?? { places: [] };
  }

  #save(place: { x: number; y: number }): void {
    const screens = arrangementOf(screen.getAllDisplays().map(({ workArea }) => workArea));
    try {
      this.#parts.saved.write(withPlace(this.#places(), screens, place));
    } catch (error) {
      this.#parts.log.warn(`ring window: its place could not be saved: ${describe(error)}`);
    }
  }

  #make(): BrowserWindow {
    const window = new BrowserWindow({
      ...SIZE,
      title: t('desktop.ring'),
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
      webPreferences: pagePreferences(this.#parts.preload),
    });
    window.setAlwaysOnTop(true, process.platform === 'darwin' ? 'screen-saver' : 'pop-up-menu');
    window.setVisibleOnAllWorkspaces(true, {
      visibleOnFullScreen: true,
      skipTransformProcessType: true,
    });
    keepInPlace(window, this.#parts.origin);
    window.on('move', () => this.#remember(window));
    // Only the app closes it; otherwise it would be missing at the next ring.
    window.on('close', (event) => {
      if (this.#window === window) event.preventDefault();
    });
    window.webContents.on('render-process-gone', (_event, details) => {
      if (this.#window !== window) return;
      this.#parts.log.error(`ring window: its process is gone: ${details.reason}`);
      setTimeout(() => this.#load(window), 500);
    });
    this.#load(window);
    return window;
  }

  #load(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    window.loadURL(this.#parts.origin.page('ring.html')).catch((error: unknown) => {
      this.#parts.log.error(`ring window: the page could not be loaded: ${describe(error)}`);
    });
  }
}
