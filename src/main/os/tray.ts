import { i18n, t } from '../../shared/i18n/i18n.ts';
import { Menu, nativeImage, Tray } from 'electron';
import type { Attention, TrayState } from './attention.ts';

export interface TrayActions {
  accept: () => void;
  decline: () => void;
  undo: () => void;
  /** Switches from the demo back to the agent's own numbers. */
  goBack: () => void;
  show: () => void;
  setDnd: (on: boolean) => void;
  /** Installs the update that is ready. */
  update: () => void;
  quit: () => void;
}

/** The tray item: its icon and tooltip show the state, its menu offers the actions. */
export class TrayItem {
  readonly #tray: Tray;
  readonly #images: (state: TrayState) => Electron.NativeImage;
  readonly #actions: TrayActions;
  #drawn = '';

  /** @param imageOf path of a state's icon; one at double size lies beside it as `@2x` */
  constructor(imageOf: (state: TrayState) => string, actions: TrayActions) {
    this.#images = (state) => nativeImage.createFromPath(imageOf(state));
    this.#actions = actions;
    this.#tray = new Tray(this.#images('offline'));
    this.#tray.on('click', () => actions.show());
  }

  /**
   * @param own the agent whose numbers do not ring because the demo is open
   * @param update the version that is ready to be installed
   */
  set(attention: Attention, dnd: boolean, own: string | undefined, update?: string): void {
    const { tray, ringing, undoable, canAccept } = attention;
    // Linux needs a new menu for every change; redrawing only real changes keeps an open menu open.
    const offered = { canAccept, canDecline: ringing !== undefined, undo: undoable !== undefined };
    const next = JSON.stringify([tray, offered, dnd, own, update, i18n.language()]);
    if (next === this.#drawn) return;
    this.#drawn = next;
    this.#tray.setImage(this.#images(tray.state));
    this.#tray.setToolTip(tray.tooltip);
    // Shown beside the icon in the menu bar; only macOS has room for it.
    if (process.platform === 'darwin') this.#tray.setTitle(tray.trouble ?? '');
    this.#tray.setContextMenu(this.#menu(offered, { dnd, own, update, trouble: tray.trouble }));
  }

  close(): void {
    this.#tray.destroy();
  }

  #menu(
    { canAccept, canDecline, undo }: { canAccept: boolean; canDecline: boolean; undo: boolean },
    {
      dnd,
      own,
      update,
      trouble,
    }: {
      dnd: boolean;
      own: string | undefined;
      update: string | undefined;
      trouble: string | undefined;
    },
  ): Menu {
    const actions = this.#actions;
    return Menu.buildFromTemplate([
      ...(trouble === undefined
        ? []
        : [{ label: literal(trouble), click: actions.show }, { type: 'separator' } as const]),
      { label: t('desktop.accept'), enabled: canAccept, click: actions.accept },
      { label: t('desktop.decline'), enabled: canDecline, click: actions.decline },
      ...(undo ? [{ label: t('desktop.undoDecline'), click: actions.undo }] : []),
      { type: 'separator' },
      { label: t('desktop.show'), click: actions.show },
      {
        label: t('desktop.doNotDisturb'),
        type: 'checkbox',
        checked: dnd,
        click: (item) => actions.setDnd(item.checked),
      },
      ...(own === undefined
        ? []
        : [{ label: literal(t('desktop.backToOwn', { agent: own })), click: actions.goBack }]),
      { type: 'separator' },
      ...(update === undefined
        ? []
        : [{ label: t('updates.tray', { version: update }), click: actions.update }]),
      { label: t('desktop.quit'), click: actions.quit },
    ]);
  }
}

/** Of a text that others wrote: a menu takes a lone `&` for the sign of an access key. */
const literal = (label: string): string => label.replaceAll('&', '&&');
