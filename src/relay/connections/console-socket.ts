import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { t } from '../../shared/i18n/i18n.ts';
import { closeCodes, type FromRelayFrame } from '../../shared/protocol/frames.ts';
import { encodeFrame } from './encode.ts';

/** A console for which so much waits gets no more of the log until it has read on, in bytes. */
const CONGESTED_BYTES = 262_144;
/** A console for which so much waits is disconnected, in bytes: it comes back to its place in the log. */
const MOST_WAITING_BYTES = 4_194_304;

type RefusalCode = Extract<FromRelayFrame, { type: 'refused' }>['code'];

/** Private codes where the protocol names one, else RFC 6455's 1001 "going away". */
const closeCodeOf: Record<RefusalCode, number> = {
  unauthorized: closeCodes.unauthorized,
  version: closeCodes.version,
  'bad-frame': closeCodes.badFrame,
  replaced: closeCodes.replaced,
  'too-slow': closeCodes.tooSlow,
  'shutting-down': 1001,
};

/**
 * One console's connection as it is written to. Frames that go to many consoles are made once and written as they are,
 * past `ws`: it would put a head before each of them for each console. That is safe between its own frames, because
 * nothing is compressed or sent in fragments, so `ws` writes a frame at once or not at all.
 */
export class ConsoleSocket {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  #refused = false;

  /** @param stream the connection under the WebSocket */
  constructor(socket: WebSocket, stream: Duplex) {
    this.#socket = socket;
    this.#stream = stream;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /**
   * Whether the relay has refused this connection; what still comes over it does not count. A connection that the
   * console itself closes is another matter: its last words, a decline perhaps, do count.
   */
  get isRefused(): boolean {
    return this.#refused;
  }

  /** Whether so much waits to be read that the log can wait, too. */
  get isCongested(): boolean {
    return this.#stream.writableLength > CONGESTED_BYTES;
  }

  /** Resolves when the console has read on, or is gone. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#stream.off('drain', done).off('close', done);
        resolve();
      };
      this.#stream.on('drain', done).on('close', done);
    });
  }

  send(frame: FromRelayFrame): void {
    const encoded = encodeFrame(frame);
    if (encoded) this.write(encoded);
  }

  /** Sends whole frames that were encoded before. */
  write(frames: Buffer): void {
    if (!this.isOpen) return;
    this.#stream.write(frames);
    if (this.#stream.writableLength > MOST_WAITING_BYTES) {
      this.refuse('too-slow', t('relay.tooSlow'));
    }
  }

  /** Reads nothing more from the console for now; it waits in its own network. */
  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  /** Says why, and closes. */
  refuse(code: RefusalCode, message: string): void {
    if (this.#refused) return;
    this.#refused = true;
    if (!this.isOpen) return;
    const encoded = encodeFrame({ type: 'refused', code, message });
    if (encoded) this.#stream.write(encoded);
    this.#socket.close(closeCodeOf[code], message.slice(0, 100));
  }
}
