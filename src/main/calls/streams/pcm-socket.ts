import type { RawData, WebSocket } from 'ws';
import type { WebSocketClass } from '../../network/transport.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { backoff } from '../../../shared/protocol/connection.ts';
import type { Log } from '../../log.ts';
import { SendBuffer } from './send-buffer.ts';
import type { StreamSession } from '../ports.ts';

/** What became of asking for a call's sound. `over`: asking again would not help; the words are the provider's. */
export type SessionAnswer =
  | { kind: 'session'; session: StreamSession }
  | { kind: 'later'; why: string }
  | { kind: 'over'; why: string };

export interface PcmSocketOptions {
  callId: string;
  /** A new session, for one connection. */
  requestSession: () => Promise<SessionAnswer>;
  WebSocket: WebSocketClass;
  clock: Clock;
  /** 0 ≤ random < 1. */
  random: () => number;
  log: Log;
  /** The form of the sound, whenever it is known anew. */
  onFormat: (format: Pick<StreamSession, 'sampleRate' | 'frameMs'>) => void;
  /** Sound of the customer: PCM16 little-endian, an even number of bytes. */
  onFrame: (frame: Uint8Array) => void;
  onConnected: () => void;
  /** There is no connection, and the first attempt to make one again did not help. */
  onLost: () => void;
  /** Nothing more comes; the line has closed itself. */
  onOver: (why: string) => void;
}

const CONNECT_WITHIN_MS = 8_000;
/** Between two attempts at most: somebody waits. */
const LONGEST_PAUSE_MS = 4_000;
/** A connection that lasted this long was a good one; the next attempt is made at once. */
const GOOD_AFTER_MS = 3_000;
const PING_EVERY_MS = 1_000;
/** Without a sign of life for this long nothing is sent; for longer still, the connection is dead. */
const QUIET_AFTER_MS = 2_500;
const DEAD_AFTER_MS = 7_000;
/** Larger frames are no speech, in bytes. */
const MAX_FRAME_BYTES = 1_048_576;
/** An orderly close may take this long. */
const CLOSE_WITHIN_MS = 1_000;

interface Connection {
  socket: WebSocket;
  sendBuffer: SendBuffer;
  openedAt: number | undefined;
  provenAt: number;
  /** Whether it ever answered a ping: a server that does not cannot be taken for dead. */
  answers: boolean;
}

/**
 * The sound of one call over one WebSocket at a time. A session's address works once, so every connection takes a new
 * one; a connection that is lost is replaced, at once and then more and more slowly, until the call is over. Neither
 * address nor token is ever logged.
 */
export class PcmSocket {
  readonly #options: PcmSocketOptions;
  #connection: Connection | undefined;
  #attempt = 0;
  #connections = 0;
  #received = 0;
  #sent = 0;
  #dropped = 0;
  #closed = false;
  #cancelTimer: () => void = () => undefined;

  constructor(options: PcmSocketOptions) {
    this.#options = options;
    void this.#connect();
  }

  /** Sound of the agent; lost while there is no connection. */
  send(frame: Uint8Array): void {
    const connection = this.#connection;
    if (connection?.openedAt === undefined) this.#dropped++;
    else connection.sendBuffer.put(frame);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelTimer();
    const connection = this.#connection;
    if (connection) {
      this.#count(connection);
      const { socket } = connection;
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      const { clock } = this.#options;
      const giveUp = clock.at(clock.now() + CLOSE_WITHIN_MS, () => socket.terminate());
      socket.on('close', giveUp);
      socket.close(1000);
    }
    this.#log(
      'info',
      `closed after ${this.#connections} connections, ${this.#sent} frames sent, ` +
        `${this.#dropped} dropped, ${this.#received} received`,
    );
  }

  async #connect(): Promise<void> {
    const { requestSession, onFormat } = this.#options;
    const answer = await requestSession().catch((error: unknown) => later(String(error)));
    if (this.#closed) return;
    switch (answer.kind) {
      case 'over':
        return this.#end(answer.why);
      case 'later':
        return this.#retry(answer.why);
      case 'session': {
        const { session } = answer;
        onFormat({ sampleRate: session.sampleRate, frameMs: session.frameMs });
        return this.#open(session);
      }
      default:
        return assertNever(answer, 'answer');
    }
  }

  #open({ url, sampleRate }: StreamSession): void {
    const { WebSocket, clock } = this.#options;
    const socket = new WebSocket(url, {
      handshakeTimeout: CONNECT_WITHIN_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
    const connection: Connection = {
      socket,
      sendBuffer: new SendBuffer(socket, sampleRate),
      openedAt: undefined,
      provenAt: clock.now(),
      answers: false,
    };
    this.#connection = connection;
    socket.on('open', () => this.#opened(connection));
    socket.on('message', (data, binary) => this.#receive(connection, data, binary));
    socket.on('pong', () => {
      connection.answers = true;
      this.#proven(connection);
    });
    socket.on('error', (error) => this.#lose(connection, error.message));
    socket.on('close', (code) => this.#lose(connection, `closed with ${code}`));
  }

  #opened(connection: Connection): void {
    connection.openedAt = this.#options.clock.now();
    this.#connections++;
    this.#proven(connection);
    this.#watch(connection);
    this.#log('info', 'connected');
    this.#options.onConnected();
  }

  #receive(connection: Connection, data: RawData, binary: boolean): void {
    this.#proven(connection);
    if (!binary || !Buffer.isBuffer(data)) return;
    const even = data.subarray(0, data.length & ~1);
    if (even.length === 0) return;
    this.#received++;
    // A copy: the socket's buffer is larger than the frame, and all of it would travel on.
    this.#options.onFrame(new Uint8Array(even));
  }

  #proven(connection: Connection): void {
    connection.provenAt = this.#options.clock.now();
    if (!connection.sendBuffer.paused) return;
    connection.sendBuffer.paused = false;
    connection.sendBuffer.drain();
  }

  #watch(connection: Connection): void {
    const { clock } = this.#options;
    const quiet = clock.now() - connection.provenAt;
    if (connection.answers && quiet >= DEAD_AFTER_MS) {
      return this.#lose(connection, 'no sign of life');
    }
    connection.sendBuffer.paused = connection.answers && quiet >= QUIET_AFTER_MS;
    if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping();
    this.#cancelTimer = clock.at(clock.now() + PING_EVERY_MS, () => this.#watch(connection));
  }

  #lose(connection: Connection, why: string): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.#count(connection);
    const { socket, openedAt } = connection;
    socket.removeAllListeners();
    // A socket that is terminated while connecting reports an error to whoever still listens.
    socket.on('error', () => undefined);
    socket.terminate();
    if (openedAt !== undefined && this.#options.clock.now() - openedAt >= GOOD_AFTER_MS) {
      this.#attempt = 0;
    }
    this.#retry(why);
  }

  #retry(why: string): void {
    if (this.#closed) return;
    const { clock, random } = this.#options;
    const pause = Math.min(LONGEST_PAUSE_MS, backoff(this.#attempt, random()));
    if (this.#attempt === 1) this.#options.onLost();
    this.#attempt++;
    this.#log('warn', `lost (${why}), a new session in ${pause} ms`);
    this.#cancelTimer();
    this.#cancelTimer = clock.at(clock.now() + pause, () => void this.#connect());
  }

  #end(why: string): void {
    this.#log('warn', why);
    this.close();
    this.#options.onOver(why);
  }

  #count({ sendBuffer }: Connection): void {
    this.#sent += sendBuffer.sent;
    this.#dropped += sendBuffer.dropped;
  }

  #log(level: 'info' | 'warn', text: string): void {
    this.#options.log[level](`call ${this.#options.callId}: sound: ${text}`);
  }
}

const later = (why: string): SessionAnswer => ({ kind: 'later', why });
