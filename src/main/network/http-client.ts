import type { Socket } from 'node:net';
import { callbackify } from 'node:util';
import { Agent, fetch, type RequestInit } from 'undici';
import { bare, portOf } from './proxies.ts';

/** Where a connection is to be opened to. */
export interface Asked {
  host: string;
  port: number;
  tls: boolean;
}

/** `fetch` over connections of ours. A file of its own, because undici is half of main's code. */
export class HttpClient {
  readonly #agent: Agent;

  constructor(open: (asked: Asked) => Promise<Socket>) {
    this.#agent = new Agent({
      connect: ({ hostname, port, protocol }, callback) => {
        const overTls = protocol === 'https:';
        const asked = { host: bare(hostname), port: portOf(port, overTls), tls: overTls };
        callbackify(open)(asked, (error, socket) => {
          if (error === null) callback(null, socket);
          else callback(error, null);
        });
      },
    });
  }

  fetch(address: string, init?: RequestInit): ReturnType<typeof fetch> {
    return fetch(address, { ...init, dispatcher: this.#agent });
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
