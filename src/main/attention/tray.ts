import { Menu, nativeImage, Tray } from 'electron';
import { words } from '../words.ts';
import type { Attention, TrayState } from './attention.ts';

export interface TrayActions {
  accept: () => void;
  decline: () => void;
  show: () => void;
  setDnd: (on: boolean) => void;
  quit: () => void;
}

/** The tray item: its picture and words say what is going on, its menu does what can be done. */
export class TrayItem {
  private readonly tray: Tray;
  private readonly images: (state: TrayState) => Electron.NativeImage;
  private readonly actions: TrayActions;
  private drawn = '';

  /** @param imageOf path of a state's picture; one at double size lies beside it as `@2x` */
  constructor(imageOf: (state: TrayState) => string, actions: TrayActions) {
    this.images = (state) => nativeImage.createFromPath(imageOf(state));
    this.actions = actions;
    this.tray = new Tray(this.images('offline'));
    this.tray.on('click', () => actions.show());
  }

  set(attention: Attention, dnd: boolean): void {
    const { tray, ringing, canAccept } = attention;
    // Linux needs a new menu for every change; drawing only real ones keeps an open menu open.
    const next = JSON.stringify([tray, canAccept, ringing !== undefined, dnd]);
    if (next === this.drawn) return;
    this.drawn = next;
    this.tray.setImage(this.images(tray.state));
    this.tray.setToolTip(tray.tooltip);
    this.tray.setContextMenu(this.menu(canAccept, ringing !== undefined, dnd));
  }

  dispose(): void {
    this.tray.destroy();
  }

  private menu(canAccept: boolean, canDecline: boolean, dnd: boolean): Menu {
    const { actions } = this;
    return Menu.buildFromTemplate([
      { label: words.accept, enabled: canAccept, click: actions.accept },
      { label: words.decline, enabled: canDecline, click: actions.decline },
      { type: 'separator' },
      { label: words.show, click: actions.show },
      {
        label: words.doNotDisturb,
        type: 'checkbox',
        checked: dnd,
        click: (item) => actions.setDnd(item.checked),
      },
      { type: 'separator' },
      { label: words.quit, click: actions.quit },
    ]);
  }
}
