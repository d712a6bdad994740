import { app } from 'electron';

/** The taskbar entry, the dock icon and the number on them. */
export class Taskbar {
  #on = false;
  #bounce: number | undefined;
  #badge = 0;
  readonly #flashFrame: (on: boolean) => void;

  constructor(flashFrame: (on: boolean) => void) {
    this.#flashFrame = flashFrame;
  }

  set(on: boolean, badge: number): void {
    if (badge !== this.#badge) {
      this.#badge = badge;
      app.setBadgeCount(badge);
    }
    if (on === this.#on) return;
    this.#on = on;
    this.#flashFrame(on);
    if (on) this.#bounce = app.dock?.bounce('critical');
    else if (this.#bounce !== undefined) app.dock?.cancelBounce(this.#bounce);
  }
}
