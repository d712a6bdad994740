import type { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Message, type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next';
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

/** An open connection, and a promise that rejects when it ends. */
interface Link {
  bus: MessageBus;
  /** Never resolves; rejects when the session is gone. */
  gone: Promise<never>;
}

/** A service that does not answer within this time counts as absent, in ms. */
const ANSWER_MS = 2_000;
const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/**
 * The person's D-Bus session (Linux), for what Electron does not offer there. Nothing in the app
 * depends on it: without a bus every call is answered with undefined.
 */
export class SessionBus {
  #link: Link | undefined;
  #lastProblem = '';
  readonly #log: Log;
  readonly #listeners: ((message: Message) => void)[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** @returns the reply's values, or undefined when nobody answered */
  async call(method: BusMethod): Promise<unknown[] | undefined> {
    const stop = new AbortController();
    try {
      const { bus, gone } = this.#connect();
      const late = setTimeout(ANSWER_MS, undefined, { signal: stop.signal, ref: false }).then(
        () => {
          throw new Error('no answer');
        },
      );
      const reply = await Promise.race([bus.call(new Message(method)), gone, late]);
      return reply?.body ?? [];
    } catch (error) {
      this.#report(`${method.member} was not answered: ${describe(error)}`);
      return undefined;
    } finally {
      stop.abort();
    }
  }

  /**
   * Calls `listener` for every signal of one interface and path; with `arg0`, only if that is its
   * first value.
   */
  async onSignal(
    from: { path: string; interface: string; arg0?: string },
    listener: (member: string, body: unknown[]) => void,
  ): Promise<void> {
    const { path, interface: of, arg0 } = from;
    this.#listeners.push((message) => {
      if (message.interface !== of || message.path !== path) return;
      if (arg0 === undefined || message.body[0] === arg0) listener(message.member, message.body);
    });
    const only = arg0 === undefined ? '' : `,arg0='${arg0}'`;
    const rule = `type='signal',interface='${of}',path='${path}'${only}`;
    await this.call({ ...BUS, member: 'AddMatch', signature: 's', body: [rule] });
  }

  /** Whether anybody owns this name now. */
  async hasOwner(name: string): Promise<boolean> {
    const reply = await this.call({
      ...BUS,
      member: 'NameHasOwner',
      signature: 's',
      body: [name],
    });
    return reply?.[0] === true;
  }

  /** Calls `listener` whenever a name gets, loses or changes its owner. */
  onOwnerChange(name: string, listener: () => void): Promise<void> {
    return this.onSignal({ ...BUS, arg0: name }, (member) => {
      if (member === 'NameOwnerChanged') listener();
    });
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

  close(): void {
    const link = this.#link;
    this.#link = undefined;
    this.#listeners.length = 0;
    try {
      link?.bus.disconnect();
    } catch (error) {
      this.#report(describe(error));
    }
  }

  #connect(): Link {
    if (this.#link) return this.#link;
    const bus = sessionBus();
    // The library's types omit that a connection can fail.
    const events: EventEmitter = bus;
    const gone = new Promise<never>((_, reject) => {
      // Without a listener, losing the bus would end the app.
      events.on('error', (error: unknown) => {
        if (this.#link?.bus === bus) this.#link = undefined;
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
    gone.catch((error: unknown) => this.#report(`the session is gone: ${describe(error)}`));
    bus.on('message', (message) => {
      for (const listener of this.#listeners) listener(message);
    });
    this.#link = { bus, gone };
    return this.#link;
  }

  /** Logged once, not for every call of a ring. */
  #report(problem: string): void {
    if (problem === this.#lastProblem) return;
    this.#lastProblem = problem;
    this.#log.warn(`d-bus: ${problem}`);
  }
}
