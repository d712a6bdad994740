import type { WebSocket } from 'ws';

/** Sound that waits longer than this is no conversation any more, ms. */
const LONGEST_WAIT_MS = 200;
/** How much may lie in the socket itself, where nothing can be taken back, ms. */
const IN_SOCKET_MS = 100;

/**
 * Frames on their way out of one socket. What the network does not take in time is dropped, the oldest first: a word
 * lost is better than every later word late.
 */
export class SendBuffer {
  sent = 0;
  dropped = 0;
  /** Set while the other side gives no sign of life: the system's own buffer would take minutes of sound. */
  paused = false;
  readonly #socket: WebSocket;
  readonly #bytesPerMs: number;
  #waiting: Uint8Array[] = [];

  constructor(socket: WebSocket, sampleRate: number) {
    this.#socket = socket;
    this.#bytesPerMs = (2 * sampleRate) / 1000;
  }

  put(frame: Uint8Array): void {
    this.#waiting.push(frame);
    let bytes = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    while (bytes > LONGEST_WAIT_MS * this.#bytesPerMs && this.#waiting.length > 1) {
      bytes -= this.#waiting.shift()?.length ?? 0;
      this.dropped++;
    }
    this.drain();
  }

  /** Sends what may go now; called again whenever something has left the socket. */
  readonly drain = (): void => {
    while (!this.paused && this.#socket.bufferedAmount <= IN_SOCKET_MS * this.#bytesPerMs) {
      const frame = this.#waiting.shift();
      if (!frame || this.#socket.readyState !== this.#socket.OPEN) return;
      this.sent++;
      this.#socket.send(frame, { binary: true }, this.drain);
    }
  };
}
