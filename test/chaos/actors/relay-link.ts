import { WebSocket, type RawData } from 'ws';
import type { FromConsole } from '../../../src/shared/protocol/agent-frames.ts';
import { fromRelay, type FromRelayFrame } from '../../../src/shared/protocol/frames.ts';
import { PROTOCOL_VERSION } from '../../../src/shared/protocol/versions.ts';
import { readHistory, type ConsoleEvent, type HistoryWriter } from '../history.ts';
import type { RelayAddress } from './orders.ts';

export type Outcome = Extract<FromRelayFrame, { type: 'result' }>['outcome'];
type RequestFrame = Extract<FromConsole, { id: number }>;
/** A request without its number. */
export type Wish = RequestFrame extends infer R
  ? R extends { id: number }
    ? Omit<R, 'id'>
    : never
  : never;

/** After this much silence the relay counts as gone; it pings every 10 s. In ms. */
const SILENCE_MS = 13_000;
const CONNECT_MS = 4_000;
const RETRY_MS = 400;

/**
 * A console's connection to whichever relay answers, written from the protocol's description. The
 * history is its database: the link acknowledges what it has written there, and a restarted console
 * continues from it.
 */
export class RelayLink {
  readonly #relays: readonly RelayAddress[];
  readonly #token: string;
  readonly #history: HistoryWriter<ConsoleEvent>;
  readonly #onFrame: (frame: FromRelayFrame) => void;
  readonly #answers = new Map<number, (outcome: Outcome | undefined) => void>();
  #socket: WebSocket | undefined;
  #epoch: string | null = null;
  cursor: number | null = null;
  connected = false;
  #tries: number;
  // Unique across restarts, so that an answer in the history belongs to one request.
  #nextId = Math.floor(Date.now() / 1_000) % 1_000_000_000;
  #silence: NodeJS.Timeout | undefined;
  #awayMs = 0;

  constructor(options: {
    relays: readonly RelayAddress[];
    token: string;
    history: HistoryWriter<ConsoleEvent>;
    historyFile: string;
    onFrame: (frame: FromRelayFrame) => void;
    /** The relay to try first. */
    first: number;
  }) {
    this.#relays = options.relays;
    this.#token = options.token;
    this.#history = options.history;
    this.#onFrame = options.onFrame;
    this.#tries = options.first;
    for (const event of readHistory<ConsoleEvent>(options.historyFile)) {
      if (event.what === 'welcome') {
        this.#epoch = event.epoch;
        this.cursor ??= event.from;
      }
      if (event.what === 'entry' || event.what === 'skipped') this.cursor = event.cursor;
    }
  }

  connect(): void {
    const { host, port } = this.#relays[this.#tries++ % this.#relays.length] ?? {};
    const socket = new WebSocket(`ws://${host}:${port}/v1/agents`, {
      headers: { authorization: `Bearer ${this.#token}` },
      handshakeTimeout: CONNECT_MS,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    socket.on('open', () => {
      this.#noteLife();
      this.send({
        type: 'hello',
        version: PROTOCOL_VERSION,
        epoch: this.#epoch,
        cursor: this.cursor,
        presence: 'available',
      });
    });
    socket.on('message', (data) => this.#receive(textOf(data)));
    socket.on('ping', () => this.#noteLife());
    socket.on('error', () => undefined);
    socket.on('close', (code) => this.#lose(code));
  }

  /** Resolves to the answer, or to undefined if the connection ends first. */
  ask(wish: Wish): Promise<Outcome | undefined> {
    const id = this.#nextId++;
    const request: RequestFrame = { ...wish, id };
    if (!this.connected) return Promise.resolve(undefined);
    this.#history.write({
      what: 'asked',
      request: 'sdp' in request ? { ...request, sdp: '…' } : request,
    });
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.send(request);
    });
  }

  send(frame: FromConsole): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Disconnects, and stays away for a while. */
  vanish(ms: number): void {
    this.#awayMs = ms;
    this.#socket?.terminate();
  }

  #lose(code: number): void {
    clearTimeout(this.#silence);
    if (this.connected) this.#history.write({ what: 'closed', code });
    this.connected = false;
    for (const answer of this.#answers.values()) answer(undefined);
    this.#answers.clear();
    setTimeout(() => this.connect(), RETRY_MS + this.#awayMs);
    this.#awayMs = 0;
  }

  #noteLife(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.terminate(), SILENCE_MS);
  }

  #receive(text: string): void {
    this.#noteLife();
    const parsed = fromRelay.safeParse(JSON.parse(text));
    if (!parsed.success) {
      this.#history.write({ what: 'unreadable', why: `${parsed.error.message}: ${text}` });
      return;
    }
    const frame = parsed.data;
    this.#note(frame);
    this.#onFrame(frame);
  }

  #note(frame: FromRelayFrame): void {
    switch (frame.type) {
      case 'welcome': {
        const { epoch, from, head, complete, rights } = frame;
        const numbers = rights.numbers.map(({ id }) => id);
        this.#history.write({ what: 'welcome', epoch, from, head, complete, numbers });
        if (this.#epoch !== epoch || this.cursor === null) this.cursor = from;
        this.#epoch = epoch;
        this.connected = true;
        return;
      }
      case 'entry': {
        const { cursor, body } = frame;
        this.#history.write({ what: 'entry', cursor, body });
        this.cursor = cursor;
        return this.send({ type: 'ack', cursor });
      }
      case 'skipped': {
        this.#history.write({ what: 'skipped', cursor: frame.cursor });
        this.cursor = frame.cursor;
        return this.send({ type: 'ack', cursor: frame.cursor });
      }
      case 'probe':
        return this.send({ type: 'ringer', probe: frame.probe });
      case 'result': {
        const { id, outcome } = frame;
        const told = 'sdp' in outcome ? { ...outcome, sdp: '…' } : outcome;
        this.#history.write({ what: 'answered', id, outcome: told });
        this.#answers.get(id)?.(outcome);
        this.#answers.delete(id);
        return;
      }
      case 'ringing':
      case 'call':
      case 'team':
      case 'rights':
      case 'refused':
      case 'webhooks':
        return this.#history.write({ what: 'frame', frame });
    }
  }
}

function textOf(data: RawData): string {
  if (!Buffer.isBuffer(data)) throw new Error('a frame in pieces');
  return data.toString('utf8');
}
