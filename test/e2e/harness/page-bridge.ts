import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { fileFor } from '../../../src/main/windows/files.ts';
import { APP_HOST, APP_SCHEME, PageOrigin } from '../../../src/main/windows/origin.ts';
import { projectFolder } from './console-app.ts';

const TEXT = { binary: false };
const RENDERER = join(projectFolder, 'out', 'renderer');

/** In the console's own window in place of its page: passes on what the other browser asks, and what main says. */
const PASSES_ON = `<!doctype html><title>Elsewhere</title><script>
  const socket = new WebSocket('ws://' + location.host + '/main');
  const send = (message) => socket.readyState === 1 && socket.send(JSON.stringify(message));
  window.ringdesk.onEvent((event) => send({ event }));
  socket.onmessage = async ({ data }) => {
    const { id, name, input } = JSON.parse(data);
    send({ id, answer: await window.ringdesk.request(name, input) });
  };
</script>`;

/** In the other browser: what the preload script offers. */
const PRELOAD = `
  const socket = new WebSocket('ws://' + location.host + '/page');
  const opened = new Promise((resolve) => (socket.onopen = resolve));
  const asked = new Map();
  const listeners = new Set();
  socket.onmessage = ({ data }) => {
    const { event, id, answer } = JSON.parse(data);
    if (event) for (const listener of listeners) listener(event);
    else asked.get(id)(answer);
    asked.delete(id);
  };
  window.ringdesk = {
    request: async (name, input) => {
      await opened;
      const id = crypto.randomUUID();
      socket.send(JSON.stringify({ id, name, input }));
      return new Promise((resolve) => asked.set(id, resolve));
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
`;

/**
 * The console's page in another browser, at a real main. Main believes in Vite's server, as in development, and its own
 * window only passes messages on. They are JSON, so raw audio of streamed calls does not get through.
 */
export class PageBridge {
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #waiting: RawData[] = [];
  #main: WebSocket | undefined;
  #page: WebSocket | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.#sockets = new WebSocketServer({ server });
    this.#sockets.on('connection', (socket, { url }) => {
      if (url === '/main') this.#connectMain(socket);
      else this.#connectPage(socket);
    });
    server.on('request', (request, response) => {
      void this.#answer(request.url ?? '/').then(({ status = 200, type, body }) => {
        response.writeHead(status, {
          'content-type': type,
          'content-security-policy': new PageOrigin(this.mainUrl).contentSecurityPolicy(),
        });
        return response.end(body);
      });
    });
  }

  static async open(): Promise<PageBridge> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PageBridge(server);
  }

  /** For `ELECTRON_RENDERER_URL`. */
  get mainUrl(): string {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The console's page, for the other browser. */
  get pageUrl(): string {
    return `${this.mainUrl}/page/index.html`;
  }

  /** What must run in it first. */
  readonly preload = PRELOAD;

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #connectMain(socket: WebSocket): void {
    this.#main = socket;
    for (const request of this.#waiting.splice(0)) socket.send(request, TEXT);
    // As in Electron, nobody gets events while there is no page.
    socket.on('message', (data) => this.#page?.send(data, TEXT));
  }

  #connectPage(socket: WebSocket): void {
    this.#page = socket;
    socket.on('message', (data) => {
      if (this.#main) this.#main.send(data, TEXT);
      else this.#waiting.push(data);
    });
  }

  async #answer(path: string): Promise<{ status?: number; type: string; body: string | Buffer }> {
    if (path === '/index.html') return { type: 'text/html', body: PASSES_ON };
    const name = path.startsWith('/page/') ? path.slice('/page/'.length) : undefined;
    const file =
      name === undefined ? undefined : fileFor(`${APP_SCHEME}://${APP_HOST}/${name}`, RENDERER);
    if (!file) return { status: path === '/ring.html' ? 200 : 404, type: 'text/html', body: '' };
    return { type: file.type, body: await readFile(file.path) };
  }
}
