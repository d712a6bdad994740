import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { PendingRequests } from '../../shared/lib/pending-requests.ts';
import { reasonOf, type Log } from '../log.ts';
import type { MediaListener } from './host.ts';
import {
  fromHost,
  HEARTBEAT_MS,
  lines,
  SILENCE_MS,
  type HostRequest,
  type ToHost,
} from './wire.ts';

/** Time limit of a request, in ms; gathering candidates from a STUN server is the slowest. */
const REQUEST_MS = 10_000;
/** Pause between attempts to start a process, in ms. */
const REOPEN_MS = 1_000;

export interface MediaConnectionPorts {
  /** Finds or starts the process. */
  connect: () => Promise<Socket>;
  listener: MediaListener;
  log: Log;
  /** Whether a process that dies is replaced. True by default. */
  restarts?: boolean;
}

/**
 * The relay's connection to a media process. If that process dies, each of its calls is reported as
 * lost, and another one is started at once.
 */
export class MediaConnection {
  readonly #connect: () => Promise<Socket>;
  readonly #listener: MediaListener;
  readonly #log: Log;
  readonly #restarts: boolean;
  readonly #requests = new PendingRequests<unknown>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #calls = new Set<string>();
  /** Calls that ended while there was no process; a process that only hung may still have them. */
  readonly #toEnd = new Set<string>();
  #socket: Socket | undefined;
  #connecting: Promise<Socket> | undefined;
  readonly #closing = new AbortController();
  #listening = false;
  #heardAt = 0;

  constructor({ connect, listener, log, restarts = true }: MediaConnectionPorts) {
    this.#connect = connect;
    this.#listener = listener;
    this.#log = log;
    this.#restarts = restarts;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  get isAlive(): boolean {
    return this.#socket !== undefined;
  }

  /** Number of calls with media. */
  get callCount(): number {
    return this.#calls.size;
  }

  /** Connects unless connected. Rejects if no process can be found or started. */
  async open(): Promise<Socket> {
    if (this.#socket) return this.#socket;
    this.#connecting ??= this.#openSocket().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  /** Keeps trying to connect until connected or closed. */
  async reopen(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted && !this.#socket) {
      try {
        await this.open();
      } catch (error) {
        this.#log.error('media.not-started', { why: reasonOf(error) });
        await delay(REOPEN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Sends a request. Rejects if the process refuses it, dies, or does not answer in time. */
  async ask(request: HostRequest): Promise<unknown> {
    const socket = await this.open();
    return this.#requests.send((id) => send(socket, { type: 'request', id, request }), {
      withinMs: REQUEST_MS,
      late() {
        throw new Error(`the media process does not answer ${request.method}`);
      },
    });
  }

  /** Sends a request whose failure has no consequences and is only logged. */
  async tell(request: HostRequest): Promise<void> {
    await this.ask(request).catch((error: unknown) =>
      this.#log.warn('media.failed', { method: request.method, why: reasonOf(error) }),
    );
  }

  /** Subscribes to all events from now on, also those of a replacement process. */
  async listen(): Promise<void> {
    await this.tell({ method: 'listen' });
    this.#listening = true;
  }

  /** Calls to report as lost if the process dies. */
  track(...calls: readonly string[]): void {
    for (const call of calls) this.#calls.add(call);
  }

  /** Ends a call's media; starts no process for that. */
  async end(call: string): Promise<void> {
    this.#calls.delete(call);
    if (this.#socket || this.#connecting) await this.tell({ method: 'end', call });
    else this.#toEnd.add(call);
  }

  /** Disconnects from the process, which continues its calls. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#heartbeat);
    if (this.#socket) await leave(this.#socket);
  }

  async #openSocket(): Promise<Socket> {
    const socket = await this.#connect();
    if (this.#closing.signal.aborted) {
      await leave(socket);
      throw new Error('the relay has let go of the media process');
    }
    this.#heardAt = performance.now();
    socket.setEncoding('utf8');
    const feed = lines((line) => this.#handleLine(line));
    socket.on('data', (chunk: string) => feed(chunk));
    socket.on('error', (error) => this.#log.warn('media.socket', { why: error.message }));
    socket.on('close', () => this.#handleClosed());
    socket.resume();
    this.#socket = socket;
    // This process may have taken the place of one that died.
    const first: HostRequest[] = this.#listening ? [{ method: 'listen' }] : [];
    const ends = [...this.#toEnd].map((call): HostRequest => ({ method: 'end', call }));
    for (const request of [...first, ...ends]) {
      send(socket, { type: 'request', id: this.#requests.nextId(), request });
    }
    this.#toEnd.clear();
    return socket;
  }

  #handleLine(line: string): void {
    this.#heardAt = performance.now();
    const parsed = fromHost.safeParse(JSON.parse(line));
    if (!parsed.success) {
      return this.#log.error('media.not-understood', { why: parsed.error.message });
    }
    const message = parsed.data;
    if (message.type === 'event') return this.#listener(message.call, message.event);
    if (message.type === 'alive' || message.type === 'hello') return;
    if (message.type === 'reply') this.#requests.resolve(message.id, message.value);
    else this.#requests.reject(message.id, new Error(message.why));
  }

  #handleClosed(): void {
    this.#socket = undefined;
    this.#requests.settleAll(() => {
      throw new Error('the media process is gone');
    });
    if (this.#closing.signal.aborted) return;
    this.#log.error('media.lost', { calls: this.#calls.size });
    const lost = [...this.#calls];
    this.#calls.clear();
    for (const call of lost) this.#listener(call, { type: 'host-gone' });
    if (this.#restarts) void this.reopen();
  }

  #beat(): void {
    if (!this.#socket) return;
    send(this.#socket, { type: 'alive' });
    if (performance.now() - this.#heardAt > SILENCE_MS) this.#socket.destroy();
  }
}

/** Says goodbye; resolves when the connection is closed. */
function leave(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    send(socket, { type: 'bye' });
    socket.end();
    // A socket that nobody reads does not notice the other end's close.
    socket.resume();
  });
}

const send = (socket: Socket, message: ToHost) => socket.write(`${JSON.stringify(message)}\n`);
