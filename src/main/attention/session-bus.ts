import { Message, type MessageBus, sessionBus, Variant } from 'dbus-next';
import { describe, type Log } from '../log.ts';

/** One method of one object on the bus. */
export interface BusMethod {
  destination: string;
  path: string;
  interface: string;
  member: string;
  signature?: string;
  body?: unknown[];
}

/**
 * The person's D-Bus session (Linux), for what Electron does not offer there. Nothing in the app depends on it:
 * without a bus every call answers undefined.
 */
export class SessionBus {
  private bus: MessageBus | undefined;
  private readonly log: Log;
  private readonly listeners: ((message: Message) => void)[] = [];

  constructor(log: Log) {
    this.log = log;
  }

  /** @returns the reply's values, or undefined when nobody answered */
  async call(method: BusMethod): Promise<unknown[] | undefined> {
    try {
      const reply = await this.connect().call(new Message(method));
      return reply?.body ?? [];
    } catch (error) {
      this.log.warn(`d-bus: ${method.member} was not answered: ${describe(error)}`);
      return undefined;
    }
  }

  /** Calls `listener` for every signal of one interface and path. */
  async onSignal(
    from: { path: string; interface: string },
    listener: (member: string, body: unknown[]) => void,
  ): Promise<void> {
    this.listeners.push((message) => {
      if (message.interface === from.interface && message.path === from.path) {
        listener(message.member, message.body);
      }
    });
    await this.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'AddMatch',
      signature: 's',
      body: [`type='signal',interface='${from.interface}',path='${from.path}'`],
    });
  }

  /** Whether somebody provides this name now. */
  async hasOwner(name: string): Promise<boolean> {
    const reply = await this.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'NameHasOwner',
      signature: 's',
      body: [name],
    });
    return reply?.[0] === true;
  }

  /** One property, unwrapped. */
  async property(of: {
    destination: string;
    path: string;
    interface: string;
    name: string;
  }): Promise<unknown> {
    const reply = await this.call({
      destination: of.destination,
      path: of.path,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [of.interface, of.name],
    });
    const value = reply?.[0];
    return value instanceof Variant ? value.value : value;
  }

  dispose(): void {
    try {
      this.bus?.disconnect();
    } catch (error) {
      this.log.warn(`d-bus: ${describe(error)}`);
    }
    this.bus = undefined;
  }

  private connect(): MessageBus {
    if (this.bus) return this.bus;
    const bus = sessionBus();
    // Without a listener a lost bus would end the app.
    bus.on('error', (error: unknown) => {
      this.log.warn(`d-bus: the session is gone: ${describe(error)}`);
      if (this.bus === bus) this.bus = undefined;
    });
    bus.on('message', (message) => {
      for (const listener of this.listeners) listener(message);
    });
    this.bus = bus;
    return bus;
  }
}
