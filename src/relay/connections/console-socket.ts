import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { t } from '../../shared/i18n/i18n.ts';
import { closeCodes, type FromRelayFrame } from '../../shared/protocol/frames.ts';
import { encodeFrame } from './encode.ts';

/** Above this many unsent bytes a console gets no more of the log until it has caught up. */
const CONGESTED_BYTES = 262_144;
/**
 * Above this many unsent bytes a console is disconnected; it will resume at its place in the log.
 */
const MOST_WAITING_BYTES = 4_194_304;

type RefusalCode = Extract<FromRelayFrame, { type: 'refused' }>['code'];

/** The protocol's private code if there is one, else RFC 6455's 1001 "going away". */
const closeCodeOf: Record<RefusalCode, number> = {
  unauthorized: closeCodes.unauthorized,
  version: closeCodes.version,
  'bad-frame': closeCodes.badFrame,
  replaced: closeCodes.replaced,
  'too-slow': closeCodes.tooSlow,
  'shutting-down': 1001,
};

/**
 * Writes to one console's connection. A frame for many consoles is encoded once and written
 * directly to the stream, past `ws`, which would add a header for each console. That is safe
 * between `ws`'s own frames: nothing is compressed or fragmented, so `ws` writes a frame at once or
 * not at all.
 */
export class ConsoleSocket {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  #refused = false;

  /** @param stream the stream beneath the WebSocket */
  constructor(socket: WebSocket, stream: Duplex) {
    this.#socket = socket;
    this.#stream = stream;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /**
   * Whether the relay has refused this connection; later messages on it are ignored. If the console
   * itself closes, its last messages, perhaps a decline, still count.
   */
  get isRefused(): boolean {
    return this.#refused;
  }

  /** Whether so much is unsent that the log should wait. */
  get isCongested(): boolean {
    return this.#stream.writableLength > CONGESTED_BYTES;
  }

  /** Resolves when the console has caught up, or is gone. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#stream.off('drain', done).off('close', done);
        resolve();
      };
      this.#stream.on('drain', done).on('close', done);
    });
  }

  /** @returns false, and nothing was sent, if the frame is too large for any console */
  send(frame: FromRelayFrame): boolean {
    const encoded = encodeFrame(frame);
    if (encoded) this.write(encoded);
    return encoded !== undefined;
  }

  /** Sends complete, already encoded frames. */
  write(frames: Buffer): void {
    if (!this.isOpen) return;
    // What is written in one turn of the event loop goes to the system together.
    if (this.#stream.writableCorked === 0) {
      this.#stream.cork();
      process.nextTick(() => this.#stream.uncork());
    }
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

  /** Sends the reason and closes. */
  refuse(code: RefusalCode, message: string): void {
    if (this.#refused) return;
    this.#refused = true;
    if (!this.isOpen) return;
    const encoded = encodeFrame({ type: 'refused', code, message });
    if (encoded) this.#stream.write(encoded);
    this.#socket.close(closeCodeOf[code], message.slice(0, 100));
  }
}
