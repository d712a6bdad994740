import type { EventEmitter } from 'node:events';
import {
  DBusError,
  Message,
  MessageType,
  NameFlag,
  RequestNameReply,
  sessionBus,
  Variant,
} from '@jellybrick/dbus-next';
import type { MessageBus } from '@jellybrick/dbus-next';

/** A tray item as a panel shows it. */
export interface TrayItemView {
  /** Its unique name on the bus. */
  service: string;
  tooltip: string;
}

/** One entry of a tray menu, without separators. */
export interface MenuEntry {
  id: number;
  label: string;
  enabled: boolean;
  /** For checkboxes only. */
  checked: boolean | undefined;
}

/** A notification as requested by the app. */
export interface DesktopNotification {
  id: number;
  app: string;
  title: string;
  body: string;
  actions: readonly { key: string; label: string }[];
  /** `urgency`, `category`, …, unwrapped. */
  hints: Readonly<Record<string, unknown>>;
  timeoutMs: number;
  /** How often it was replaced. */
  updates: number;
}

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const ITEM_PATH = '/StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const MENU_PATH = '/com/canonical/dbusmenu';
const NOTIFICATIONS = 'org.freedesktop.Notifications';
const NOTIFICATIONS_PATH = '/org/freedesktop/Notifications';
const PROPERTIES = 'org.freedesktop.DBus.Properties';
/** Reason codes of `NotificationClosed`. */
const CLOSED = { byPerson: 2, byApp: 3 } as const;

const WAIT_MS = 10_000;
/** Some Chromium versions change a tray item's properties without a signal. */
const LOOK_AGAIN_MS = 250;

/**
 * Owns the tray and the notifications of a D-Bus session, so a test sees and presses the real ones.
 * Start it before the app, once per session.
 */
export class DbusDesktop {
  private readonly bus: MessageBus;
  private readonly capabilities: readonly string[];
  private readonly items: string[] = [];
  private readonly open = new Map<number, DesktopNotification>();
  private readonly all: DesktopNotification[] = [];
  private readonly probes = new Set<() => void>();
  private lastId = 0;
  private stopped = false;

  private constructor(bus: MessageBus, capabilities: readonly string[]) {
    this.bus = bus;
    this.capabilities = capabilities;
  }

  /**
   * @param options.busAddress the session's; from the environment by default
   * @param options.tray whether there is a tray
   * @param options.capabilities what the notification service claims to support
   */
  static async start(
    options: { busAddress?: string; tray?: boolean; capabilities?: readonly string[] } = {},
  ): Promise<DbusDesktop> {
    const { busAddress, tray = true, capabilities = ['actions', 'body', 'body-markup'] } = options;
    const bus = sessionBus(busAddress === undefined ? undefined : { busAddress });
    // Its types omit that a connection can fail.
    const events: EventEmitter = bus;
    const failed = new Promise<never>((_, reject) => events.on('error', reject));
    const desktop = new DbusDesktop(bus, capabilities);
    bus.addMethodHandler((message: Message) => desktop.answer(message));
    bus.on('message', () => desktop.probe());
    await Promise.race([desktop.claim(tray), failed]);
    return desktop;
  }

  stop(): void {
    this.stopped = true;
    this.bus.disconnect();
  }

  /** The current tray items. */
  async trayItems(): Promise<readonly TrayItemView[]> {
    const found: TrayItemView[] = [];
    for (const service of this.items) {
      // (icon name, icon data, title, text)
      const tooltip = await this.property(service, ITEM_PATH, ITEM, 'ToolTip').catch(() => []);
      const [, , title, text] = asArray(tooltip);
      found.push({ service, tooltip: String(title) || String(text) });
    }
    return found;
  }

  /** Waits until the only tray item says this. */
  tooltip(wanted: string | RegExp): Promise<TrayItemView> {
    return this.until(
      async () => {
        const items = await this.trayItems();
        return items.find(({ tooltip }) =>
          typeof wanted === 'string' ? tooltip === wanted : wanted.test(tooltip),
        );
      },
      `a tray item that says ${String(wanted)}`,
    );
  }

  /** The menu of the most recent item. */
  async readMenu(): Promise<readonly MenuEntry[]> {
    const reply = await this.call(await this.item(), MENU_PATH, MENU, 'GetLayout', 'iias', [
      0,
      -1,
      [],
    ]);
    const [, , children] = asArray(reply[1]);
    return asArray(children).flatMap((child) => {
      const [id, properties] = asArray(unwrap(child));
      const of = asRecord(properties);
      if (of['type'] === 'separator') return [];
      return {
        id: Number(id),
        // A single underscore marks the access key.
        label: asText(of['label']).replaceAll(/_(.)/g, '$1'),
        enabled: of['enabled'] !== false,
        checked: of['toggle-type'] === undefined ? undefined : of['toggle-state'] === 1,
      };
    });
  }

  /** Waits until the entry is enabled, and presses it. */
  async clickMenu(label: string): Promise<void> {
    const entry = await this.until(
      async () => (await this.readMenu()).find((one) => one.label === label && one.enabled),
      `a menu entry ${label} that is enabled`,
    );
    const event = [entry.id, 'clicked', new Variant('s', ''), 0];
    await this.call(await this.item(), MENU_PATH, MENU, 'Event', 'isvu', event).catch(
      (error: unknown) => {
        // Quit: the app exits before it replies.
        if (!(error instanceof DBusError) || !error.type.endsWith('.NoReply')) throw error;
      },
    );
  }

  /** Clicks the tray item itself. */
  async clickTray(): Promise<void> {
    await this.call(await this.item(), ITEM_PATH, ITEM, 'Activate', 'ii', [0, 0]);
  }

  /** Removes what is still shown, as a new session would, since a killed app cannot. */
  clear(): void {
    this.open.clear();
    this.all.length = 0;
  }

  /** Notifications on screen. */
  notifications(): readonly DesktopNotification[] {
    return [...this.open.values()];
  }

  /** Every notification since the last `clear`, in its latest form. */
  allNotifications(): readonly DesktopNotification[] {
    return this.all;
  }

  /** Waits for a notification with a matching title. */
  notification(title: string | RegExp): Promise<DesktopNotification> {
    return this.until(
      () =>
        Promise.resolve(
          this.notifications().find((one) =>
            typeof title === 'string' ? one.title === title : title.test(one.title),
          ),
        ),
      `a notification ${String(title)}`,
    );
  }

  /** Waits until no notification is shown. */
  async noNotifications(): Promise<void> {
    await this.until(() => Promise.resolve(this.open.size === 0 || undefined), 'no notification');
  }

  /**
   * Presses a button of a notification (`accept`, `decline`) or the notification itself
   * (`default`).
   */
  pressAction(key: string, id = [...this.open.keys()].at(-1)): void {
    if (id === undefined) throw new Error(`no notification to press ${key} on`);
    this.signal('ActionInvoked', 'us', [id, key]);
    // As services do for notifications that are not resident.
    this.close(id, CLOSED.byPerson);
  }

  /** Dismisses a notification. */
  dismiss(id = [...this.open.keys()].at(-1)): void {
    if (id !== undefined) this.close(id, CLOSED.byPerson);
  }

  /** Checks `look` on each bus event until it returns something. */
  async until<T>(
    look: () => Promise<T | undefined>,
    what: string,
    timeoutMs = WAIT_MS,
  ): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
      await new Promise<void>((resolve) => {
        const go = () => {
          this.probes.delete(go);
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(go, LOOK_AGAIN_MS);
        this.probes.add(go);
      });
    }
  }

  private async claim(tray: boolean): Promise<void> {
    const names = [NOTIFICATIONS, ...(tray ? [WATCHER] : [])];
    for (const name of names) {
      const reply = await this.bus.requestName(name, NameFlag.DO_NOT_QUEUE);
      if (reply !== RequestNameReply.PRIMARY_OWNER) throw new Error(`${name} is taken`);
    }
    for (const from of [ITEM, MENU]) {
      await this.call(
        'org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus',
        'AddMatch',
        's',
        [`type='signal',interface='${from}'`],
      );
    }
  }

  /** @returns whether the message was for us */
  private answer(message: Message): boolean {
    // Late messages can no longer be answered.
    if (this.stopped) return true;
    if (message.type !== MessageType.METHOD_CALL) return false;
    if (message.path === WATCHER_PATH) return this.answerWatcher(message);
    if (message.path === NOTIFICATIONS_PATH) return this.answerNotifications(message);
    return false;
  }

  private answerWatcher(message: Message): boolean {
    const name: unknown = message.body[0];
    switch (message.member) {
      case 'RegisterStatusNotifierItem':
        // Items register under a name or only their object path.
        this.items.push(String(name).startsWith('/') ? message.sender : String(name));
        this.reply(message);
        break;
      case 'RegisterStatusNotifierHost':
        this.reply(message);
        break;
      case 'Get':
        this.reply(message, 'v', [this.watcherProperty(String(message.body[1]))]);
        break;
      default:
        return false;
    }
    this.probe();
    return true;
  }

  private watcherProperty(name: string): Variant {
    if (name === 'IsStatusNotifierHostRegistered') return new Variant('b', true);
    if (name === 'RegisteredStatusNotifierItems') return new Variant('as', this.items);
    return new Variant('i', 0);
  }

  private answerNotifications(message: Message): boolean {
    switch (message.member) {
      case 'GetCapabilities':
        this.reply(message, 'as', [[...this.capabilities]]);
        return true;
      case 'GetServerInformation':
        this.reply(message, 'ssss', ['fake desktop', 'test', '1', '1.2']);
        return true;
      case 'CloseNotification':
        this.reply(message);
        this.close(Number(message.body[0]), CLOSED.byApp);
        return true;
      case 'Notify':
        this.reply(message, 'u', [this.notify(message.body)]);
        this.probe();
        return true;
      default:
        return false;
    }
  }

  private notify(body: readonly unknown[]): number {
    const [app, replaces, , title, text, actions, hints, timeout] = body;
    const before = this.open.get(Number(replaces));
    const id = before?.id ?? ++this.lastId;
    const pairs = asArray(actions).map(String);
    const notification: DesktopNotification = {
      id,
      app: String(app),
      title: String(title),
      body: String(text),
      actions: pairs.flatMap((key, at) =>
        at % 2 === 0 ? [{ key, label: pairs[at + 1] ?? '' }] : [],
      ),
      hints: asRecord(hints),
      timeoutMs: Number(timeout),
      updates: before ? before.updates + 1 : 0,
    };
    this.open.set(id, notification);
    const at = this.all.findIndex((one) => one.id === id);
    if (at === -1) this.all.push(notification);
    else this.all[at] = notification;
    return id;
  }

  private close(id: number, reason: number): void {
    if (!this.open.delete(id)) return;
    this.signal('NotificationClosed', 'uu', [id, reason]);
    this.probe();
  }

  private item(): Promise<string> {
    return this.until(() => Promise.resolve(this.items.at(-1)), 'a tray item');
  }

  private async property(
    service: string,
    path: string,
    of: string,
    name: string,
  ): Promise<unknown> {
    const reply = await this.call(service, path, PROPERTIES, 'Get', 'ss', [of, name]);
    return unwrap(reply[0]);
  }

  private async call(
    destination: string,
    path: string,
    of: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<readonly unknown[]> {
    const message = new Message({ destination, path, interface: of, member, signature, body });
    return (await this.bus.call(message))?.body ?? [];
  }

  private reply(to: Message, signature = '', body: unknown[] = []): void {
    this.bus.send(Message.newMethodReturn(to, signature, body));
  }

  private signal(name: string, signature: string, body: unknown[]): void {
    this.bus.send(Message.newSignal(NOTIFICATIONS_PATH, NOTIFICATIONS, name, signature, body));
  }

  private probe(): void {
    for (const go of this.probes) go();
  }
}

function unwrap(value: unknown): unknown {
  return value instanceof Variant ? value.value : value;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
}
