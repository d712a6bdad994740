import type { IpcMain } from 'electron';

type Channel = Pick<IpcMain, 'handle' | 'removeHandler'>;
type Listener = Parameters<Channel['handle']>[1];

/**
 * A channel that listens before anybody can answer: the page loads while the rest of main does. What it is asked
 * meanwhile waits for `handle`.
 */
export class RequestChannel implements Channel {
  readonly #ipc: Channel;
  #answer: (listener: Listener) => void = () => undefined;

  constructor(ipc: Channel, name: string) {
    this.#ipc = ipc;
    const answered = new Promise<Listener>((resolve) => {
      this.#answer = resolve;
    });
    ipc.handle(name, async (...request): Promise<unknown> => (await answered)(...request));
  }

  handle(_name: string, listener: Listener): void {
    this.#answer(listener);
  }

  removeHandler(name: string): void {
    this.#ipc.removeHandler(name);
  }
}
