import { WebSocket, type RawData } from 'ws';
import { Acks } from '../../../src/main/relay-client/replay.ts';
import { steadyClock } from '../../../src/shared/lib/clock.ts';
import { PROTOCOL_VERSION } from '../../../src/shared/protocol/versions.ts';
import type { Kind } from './wire.ts';
import { numberOf } from './webhooks.ts';

const clock = steadyClock();

/** Each kind of server's address for consoles. */
const pathOf: Record<Kind, string> = {
  relay: '/v1/agents',
  'socket.io': '/socket.io/?EIO=4&transport=websocket&room=',
  ws: '/',
};

interface ConsoleOptions {
  kind: Kind;
  url: string;
  /** The workspace whose webhooks it receives. */
  workspace: number;
  /** The agent's token, if the server requires one. */
  token: string | undefined;
  /** Called for every webhook that this console receives, with its number. */
  onWebhook: (number: number) => void;
  /** Called for every frame. */
  onFrame: () => void;
}

/**
 * The load's side of one console: joins, counts what it receives, and acknowledges it as the
 * product's console does.
 */
export class BenchConsole {
  readonly #options: ConsoleOptions;
  #socket: WebSocket | undefined;
  #bytesOfEarlier = 0;
  #bytes = () => 0;
  #epoch: string | undefined;
  #cursor: number | undefined;
  #joined: () => void = () => undefined;
  readonly #acks = new Acks(clock, () =>
    this.#socket?.send(JSON.stringify({ type: 'ack', cursor: this.#cursor })),
  );
  /** How often each webhook arrived, by its number. */
  readonly told: number[] = [];
  /** Whether a webhook ever arrived after a later one. */
  disordered = false;
  #lastCursor = 0;

  constructor(options: ConsoleOptions) {
    this.#options = options;
  }

  /** Received so far over all connections, the WebSocket's and HTTP's own included. */
  get bytes(): number {
    return this.#bytesOfEarlier + this.#bytes();
  }

  /** Connects; resolves when the server has welcomed this console. */
  join(): Promise<void> {
    const { kind, url, token, workspace } = this.#options;
    const room = kind === 'relay' ? '' : workspace;
    const socket = new WebSocket(`${url.replace('http', 'ws')}${pathOf[kind]}${room}`, {
      perMessageDeflate: false,
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
    this.#socket = socket;
    socket.on('upgrade', ({ socket: stream }) => {
      this.#bytes = () => stream.bytesRead;
    });
    socket.on('message', (data) => this.#receive(textOf(data)));
    return new Promise((resolve, reject) => {
      this.#joined = resolve;
      socket.on('error', reject);
      socket.on('close', (code, reason) =>
        reject(new Error(`closed with ${code} ${reason.toString()}`)),
      );
      socket.on('open', () => {
        if (kind === 'ws') resolve();
        if (kind === 'relay') socket.send(JSON.stringify(this.#hello()));
      });
    });
  }

  /** Cuts the connection, as a network does. */
  cut(): void {
    const bytes = this.#bytes();
    this.#bytesOfEarlier += bytes;
    this.#bytes = () => 0;
    this.#acks.cancel();
    this.#socket?.removeAllListeners();
    this.#socket?.on('error', () => undefined);
    this.#socket?.terminate();
  }

  #hello(): unknown {
    const place = { epoch: this.#epoch ?? null, cursor: this.#cursor ?? null };
    return { type: 'hello', version: PROTOCOL_VERSION, ...place, presence: 'available' };
  }

  #receive(frame: string): void {
    this.#options.onFrame();
    const number = numberOf(frame);
    if (number !== undefined) this.#note(number);
    if (this.#options.kind === 'socket.io') this.#speakSocketIo(frame);
    if (this.#options.kind === 'relay') this.#speakRelay(frame);
  }

  #note(number: number): void {
    this.told[number] = (this.told[number] ?? 0) + 1;
    this.#options.onWebhook(number);
  }

  /** Packets of Engine.IO 4: `0` open, `2` ping, `4` message; of Socket.IO 5 within a message: `0` connect. */
  #speakSocketIo(packet: string): void {
    if (packet.startsWith('0')) this.#socket?.send('40');
    else if (packet === '2') this.#socket?.send('3');
    else if (packet.startsWith('40')) this.#joined();
  }

  #speakRelay(frame: string): void {
    if (frame.startsWith('{"type":"entry","cursor":')) {
      this.#cursor = Number.parseInt(frame.slice(25, 45), 10);
      if (this.#cursor <= this.#lastCursor) this.disordered = true;
      this.#lastCursor = this.#cursor;
      this.#acks.note();
    } else if (frame.startsWith('{"type":"probe"')) {
      this.#socket?.send(frame.replace('"probe"', '"ringer"'));
    } else if (frame.startsWith('{"type":"welcome"')) {
      const { epoch, from }: { epoch: string; from: number } = JSON.parse(frame);
      this.#epoch = epoch;
      this.#cursor = from;
      this.#joined();
    }
  }
}

function textOf(data: RawData): string {
  if (!Buffer.isBuffer(data)) throw new Error('a frame in pieces');
  return data.toString('utf8');
}
