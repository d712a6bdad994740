import { createServer, type Server, type Socket } from 'node:net';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { reasonOf } from '../log.ts';
import type { BridgeEvent } from '../media/call-bridge.ts';
import { isProof, newNonce, greetingProof } from './greeting.ts';
import type { MediaHost } from './host.ts';
import {
  HEARTBEAT_MS,
  lines,
  parseLine,
  SILENCE_MS,
  toHost,
  type FromHost,
  type HostRequest,
} from './wire.ts';

/** Exits after this long without calls and without a relay, in ms. */
const IDLE_MS = 30_000;
/**
 * Without a relay to end it, a call ends once its customer has been silent for this long, in ms.
 */
const ORPHAN_MS = 60_000;
/** Maximum number of events kept while no relay is connected. */
const BACKLOG = 10_000;

/** Serves media to one relay at a time over a local socket, and continues its calls without one. */
export class HostServer {
  readonly #server: Server;
  readonly #done: () => void;
  readonly #secret: Buffer;
  /** The proof expected from each socket; removed once given. */
  readonly #owed = new WeakMap<Socket, string>();
  #media: MediaHost | undefined;
  /** A relay may send requests while this still opens. */
  #opening: Promise<MediaHost> = new Promise(() => undefined);
  #relay: Socket | undefined;
  #listening = false;
  #backlog: { call: string; event: BridgeEvent }[] = [];
  #heardAt = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** `done` is called when there is nothing left to do. */
  constructor(secret: Buffer, done: () => void) {
    this.#secret = secret;
    this.#done = done;
    this.#server = createServer((socket) => this.#attach(socket));
  }

  /** Listens, then opens the media, so that of two hosts started at once one gives up early. */
  async start(
    path: string,
    open: (listener: (call: string, event: BridgeEvent) => void) => Promise<MediaHost>,
  ): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, resolve);
    });
    // From the start, because opening the media may take long on a busy machine.
    this.#timer = setInterval(() => {
      this.#look().catch(() => undefined);
    }, HEARTBEAT_MS);
    this.#opening = open((call, event) => this.#tell(call, event));
    this.#media = await this.#opening;
  }

  /** Ends it and its calls. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#server.close();
    this.#relay?.destroy();
    await this.#media?.close();
  }

  #attach(socket: Socket): void {
    socket.setEncoding('utf8');
    const feed = lines((line) => this.#greet(socket, line));
    // Nothing yet; `hello` brings it.
    this.#owed.set(socket, '');
    socket.on('data', (chunk: string) => feed(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (this.#relay === socket) this.#detach();
    });
  }

  /** Drops a socket that sends anything before it has proven that it knows the secret. */
  #greet(socket: Socket, line: string): void {
    const owed = this.#owed.get(socket);
    if (owed === undefined) return this.#read(socket, line);
    if (socket.destroyed) return;
    const parsed = toHost.safeParse(parseLine(line));
    if (parsed.data?.type === 'hello' && owed === '') {
      const nonces = { relay: parsed.data.nonce, host: newNonce() };
      this.#owed.set(socket, greetingProof(this.#secret, 'relay', nonces));
      const proof = greetingProof(this.#secret, 'host', nonces);
      return this.#send(socket, { type: 'hello', nonce: nonces.host, proof });
    }
    if (parsed.data?.type === 'proof' && isProof(parsed.data.proof, owed)) {
      this.#owed.delete(socket);
      return;
    }
    socket.destroy();
  }

  #detach(): void {
    this.#relay = undefined;
    this.#listening = false;
    this.#heardAt = performance.now();
  }

  #read(socket: Socket, line: string): void {
    this.#heardAt = performance.now();
    const parsed = toHost.safeParse(parseLine(line));
    if (!parsed.success) return void socket.destroy();
    if (this.#relay !== socket) {
      // The newest connection is the relay; an earlier one died without saying so.
      this.#relay?.destroy();
      this.#relay = socket;
      this.#listening = false;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'alive':
      case 'hello':
      case 'proof':
        return;
      case 'bye':
        socket.destroy();
        this.#detach();
        void this.#endIfIdle(0);
        return;
      case 'request':
        this.#answer(message.request).then(
          (value) => this.#send(socket, { type: 'reply', id: message.id, value }),
          (error: unknown) =>
            this.#send(socket, { type: 'failed', id: message.id, why: reasonOf(error) }),
        );
        return;
      default:
        assertNever(message, 'message');
    }
  }

  async #answer(request: HostRequest): Promise<unknown> {
    const media = await this.#opening;
    switch (request.method) {
      case 'calls':
        return media.calls();
      case 'listen':
        this.#listening = true;
        for (const { call, event } of this.#backlog.splice(0)) this.#tell(call, event);
        return undefined;
      case 'answerCustomer':
        return media.answerCustomer(request.call, request.sdp);
      case 'offerCustomer':
        return media.offerCustomer(request.call);
      case 'startCustomer':
        return media.startCustomer(request.call);
      case 'applyCustomerAnswer':
        return media.applyCustomerAnswer(request.call, request.sdp);
      case 'openGate':
        return media.openGate(request.call);
      case 'addLeg':
        return media.addLeg(request.call, request.leg, request.sdp);
      case 'removeLeg':
        return media.removeLeg(request.call, request.leg);
      case 'route':
        return media.route(request.call, request.routing);
      case 'record':
        return media.record(request.call, request.request);
      case 'report':
        return media.report(request.call);
      case 'echo':
        return media.echo(request.agentId, request.sdp);
      case 'end':
        return media.end(request.call);
      default:
        return assertNever(request, 'request');
    }
  }

  #tell(call: string, event: BridgeEvent): void {
    if (this.#relay && this.#listening) this.#send(this.#relay, { type: 'event', call, event });
    else if (this.#backlog.length < BACKLOG) this.#backlog.push({ call, event });
  }

  #send(socket: Socket, message: FromHost): void {
    if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
  }

  async #look(): Promise<void> {
    const silentMs = performance.now() - this.#heardAt;
    if (this.#relay) {
      this.#send(this.#relay, { type: 'alive' });
      if (silentMs > SILENCE_MS) this.#relay.destroy();
      return;
    }
    for (const call of (await this.#media?.calls()) ?? []) {
      const customer = (await this.#media?.report(call))?.customer;
      const age = customer?.lastPacketAgeMs ?? silentMs;
      if (age > ORPHAN_MS && silentMs > ORPHAN_MS) await this.#media?.end(call);
    }
    await this.#endIfIdle(IDLE_MS);
  }

  async #endIfIdle(afterMs: number): Promise<void> {
    if (this.#relay || performance.now() - this.#heardAt < afterMs) return;
    if (((await this.#media?.calls()) ?? []).length > 0) return;
    await this.close();
    this.#done();
  }
}
