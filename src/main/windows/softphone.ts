import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { Log } from '../log.ts';

/**
 * The way to the window that carries the media. Orders wait until that window has said it is there,
 * and are dropped with a window that is gone, because its peer connections went with it.
 */
export class SoftphoneLink {
  #send: ((command: MediaCommand) => void) | undefined;
  #waiting: MediaCommand[] = [];
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  readonly order = (command: MediaCommand): void => {
    if (this.#send) this.#send(command);
    else this.#waiting.push(command);
  };

  /** A softphone is ready to take orders. */
  handleReady(send: (command: MediaCommand) => void): void {
    this.#send = send;
    const orders = this.#waiting;
    this.#waiting = [];
    if (orders.length > 0) this.#log.info(`softphone: ${orders.length} waiting orders sent`);
    for (const order of orders) send(order);
  }

  /** @returns whether there was one that is now gone */
  handleGone(): boolean {
    const was = this.#send !== undefined;
    this.#send = undefined;
    if (was) this.#waiting = [];
    return was;
  }
}
