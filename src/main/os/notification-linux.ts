import { t } from '../../shared/i18n/i18n.ts';
import { Variant } from '@jellybrick/dbus-next';
import type { RingNotification } from './attention.ts';
import {
  actionLabel,
  isRingAction,
  type OnNotificationAction,
  type RingNotifier,
} from './notification.ts';
import type { SessionBus } from './session-bus.ts';

const SERVICE = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const CRITICAL = 2;
/** The notification stays until we close it. */
const NEVER = 0;
const SERVICE_DECIDES = -1;

/**
 * Uses D-Bus directly (Desktop Notifications Specification 1.3), because Electron sends no buttons
 * on Linux and cannot replace a notification.
 */
export class LinuxNotifier implements RingNotifier {
  #wanted: RingNotification | undefined;
  #shown: { id: number; content: RingNotification } | undefined;
  #working = false;
  #worked: Promise<void> = Promise.resolve();
  #markup: boolean | undefined;
  readonly #bus: SessionBus;
  readonly #icon: string;
  readonly #onAction: OnNotificationAction;

  /** @param icon absolute path of the app's icon, or a themed icon's name */
  constructor(bus: SessionBus, icon: string, onAction: OnNotificationAction) {
    this.#bus = bus;
    this.#icon = icon;
    this.#onAction = onAction;
  }

  set(wanted: RingNotification | undefined): void {
    this.#wanted = wanted;
    if (!this.#working) this.#worked = this.#work();
  }

  async say({ title, body }: { title: string; body: string }): Promise<boolean> {
    await this.#listen();
    const reply = await this.#bus.call({
      ...SERVICE,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: [t('desktop.app'), 0, this.#icon, title, this.#plain(body), [], {}, SERVICE_DECIDES],
    });
    return typeof reply?.[0] === 'number';
  }

  async close(): Promise<void> {
    this.set(undefined);
    await this.#worked;
  }

  /**
   * One request at a time: the id is known only from the answer, and the ring may have ended by
   * then.
   */
  async #work(): Promise<void> {
    this.#working = true;
    while (!isSame(this.#wanted, this.#shown?.content)) {
      const wanted = this.#wanted;
      if (wanted === undefined) await this.#closeShown();
      else if (!(await this.#notify(wanted))) break;
    }
    this.#working = false;
  }

  async #notify(content: RingNotification): Promise<boolean> {
    await this.#listen();
    const replaces = this.#shown?.content.callId === content.callId ? this.#shown.id : 0;
    if (this.#shown && replaces === 0) await this.#closeShown();
    const reply = await this.#bus.call({
      ...SERVICE,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: [
        t('desktop.app'),
        replaces,
        this.#icon,
        content.title,
        this.#plain(content.body),
        actionsOf(content),
        {
          urgency: new Variant('y', CRITICAL),
          category: new Variant(
            's',
            content.kind === 'unreachable' ? 'network.disconnected' : 'call.incoming',
          ),
          'desktop-entry': new Variant('s', 'ringdesk'),
          // The softphone plays the sounds.
          'suppress-sound': new Variant('b', true),
        },
        NEVER,
      ],
    });
    const id = reply?.[0];
    this.#shown = typeof id === 'number' ? { id, content } : undefined;
    return this.#shown !== undefined;
  }

  /** The body may contain markup, if the service reads it. */
  #plain(body: string): string {
    return this.#markup === true ? escapeMarkup(body) : body;
  }

  async #closeShown(): Promise<void> {
    const shown = this.#shown;
    this.#shown = undefined;
    // The service forgets a notification that was closed.
    if (!shown || shown.id === 0) return;
    await this.#bus.call({
      ...SERVICE,
      member: 'CloseNotification',
      signature: 'u',
      body: [shown.id],
    });
  }

  /** Asked once: the service's capabilities; also subscribes to its signals. */
  async #listen(): Promise<void> {
    if (this.#markup !== undefined) return;
    const reply = await this.#bus.call({ ...SERVICE, member: 'GetCapabilities' });
    if (reply === undefined) return;
    const names: unknown = reply[0];
    this.#markup = Array.isArray(names) && names.includes('body-markup');
    await this.#bus.onSignal(SERVICE, (member, [id, key]) => {
      // The bus may deliver a press together with the answer that names the notification: handled
      // after the answer.
      setImmediate(() => this.#handleSignal(member, id, key));
    });
  }

  #handleSignal(member: string, id: unknown, key: unknown): void {
    const shown = this.#shown;
    if (!shown || id !== shown.id) return;
    // Closed by the person or the service: the ring continues without a notification.
    if (member === 'NotificationClosed') this.#shown = { id: 0, content: shown.content };
    if (member !== 'ActionInvoked') return;
    const { callId } = shown.content;
    if (isRingAction(key)) this.#onAction(callId, key);
    else if (key === 'default') this.#onAction(callId, 'show');
  }
}

function actionsOf({ actions }: RingNotification): string[] {
  const buttons = actions.flatMap((action) => [action, actionLabel(action)]);
  return [...buttons, 'default', t('desktop.show')];
}

function isSame(a: RingNotification | undefined, b: RingNotification | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The body may contain markup, and callers choose their own names. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
