import type { OutputStream } from '../output.ts';
import { FRAME_MS } from '../rtp.ts';

/** The customer's leg may still connect when it begins, in ms. */
const PATIENCE_MS = 10_000;

/** What the customer hears before a recording begins, in place of everybody else. */
export class Announcement {
  readonly #packets: readonly Buffer[];
  readonly #output: Pick<OutputStream, 'sendLocal' | 'isOpen'>;
  readonly #done: (sent: { from: number; to: number } | undefined) => void;
  readonly #limitMs: number;
  #at = 0;
  #from: number | undefined;
  #isOver = false;

  /** @param done called once, with Unix ms if every packet was sent */
  constructor(
    packets: readonly Buffer[],
    output: Pick<OutputStream, 'sendLocal' | 'isOpen'>,
    done: (sent: { from: number; to: number } | undefined) => void,
    nowMs: number,
  ) {
    this.#packets = packets;
    this.#output = output;
    this.#done = done;
    this.#limitMs = nowMs + PATIENCE_MS + 2 * FRAME_MS * packets.length;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** One tick of 20 ms. A packet that the stream cannot take now is sent with the next. */
  tick(nowMs: number): void {
    if (this.#isOver) return;
    const packet = this.#packets[this.#at];
    if (packet && this.#output.sendLocal(packet, nowMs)) {
      this.#from ??= unixMs(nowMs);
      this.#at++;
    }
    const to = unixMs(nowMs) + FRAME_MS;
    if (this.#at >= this.#packets.length) this.#end({ from: this.#from ?? to, to });
    else if (nowMs > this.#limitMs) this.cancel();
  }

  /** The call is over, or it takes too long. */
  cancel(): void {
    this.#end(undefined);
  }

  #end(sent: { from: number; to: number } | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#done(sent);
  }
}

/** A moment of a clock that nobody can set, as Unix ms. */
export const unixMs = (nowMs: number): number => Math.round(performance.timeOrigin + nowMs);
