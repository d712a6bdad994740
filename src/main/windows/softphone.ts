import type { AppEvent, MediaCommand } from '../../shared/ipc/events.ts';
import type { Log } from '../log.ts';

/**
 * Sends media commands to the window with the softphone. They wait until its page is ready, and are
 * dropped when the page is gone, because its peer connections went with it.
 */
export class SoftphoneLink {
  readonly #window: { send(event: AppEvent): void };
  readonly #log: Log;
  #ready = false;
  #waiting: MediaCommand[] = [];

  constructor(window: { send(event: AppEvent): void }, log: Log) {
    this.#window = window;
    this.#log = log;
  }

  readonly send = (command: MediaCommand): void => {
    if (this.#ready) this.#window.send({ type: 'media', command });
    else this.#waiting.push(command);
  };

  /** The page is ready for commands. */
  handleReady(): void {
    this.#ready = true;
    const commands = this.#waiting;
    this.#waiting = [];
    if (commands.length > 0) this.#log.info(`softphone: ${commands.length} waiting commands sent`);
    for (const command of commands) this.send(command);
  }

  /** @returns whether the page was ready before */
  handleGone(): boolean {
    const was = this.#ready;
    this.#ready = false;
    if (was) this.#waiting = [];
    return was;
  }
}
