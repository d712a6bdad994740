import type { Store } from '../store/store.ts';
import type { AgentConnection } from './agent-connection.ts';
import { LogTail, PAGE } from './log-tail.ts';

interface LogFeedPorts {
  store: Pick<Store, 'entriesAfter' | 'extent'>;
  connections: () => Iterable<AgentConnection>;
  /** Entries have been sent. */
  handleSent: () => void;
  /** The store failed; these consoles do not get what they lack. */
  handleFailure: (error: unknown, connections: Iterable<AgentConnection>) => void;
}

/** Sends every console the log from its place on: at once to those that follow its end, by pages to those that lag. */
export class LogFeed {
  readonly #ports: LogFeedPorts;
  #tail: LogTail;
  #reading = false;
  #readAgain = false;

  constructor(ports: LogFeedPorts) {
    this.#ports = ports;
    this.#tail = new LogTail(ports.store, 0);
  }

  /** Begins at the log's end. Rejects when the store fails. */
  async start(): Promise<void> {
    const { store } = this.#ports;
    this.#tail = new LogTail(store, (await store.extent()).head);
  }

  /** There may be new entries. */
  notify(): void {
    this.#readAgain = true;
    if (this.#reading) return;
    this.#reading = true;
    this.#read()
      .catch((error: unknown) => this.#ports.handleFailure(error, this.#ports.connections()))
      .finally(() => {
        this.#reading = false;
        if (this.#readAgain) this.notify();
      });
  }

  async #read(): Promise<void> {
    while (this.#readAgain) {
      this.#readAgain = false;
      for (;;) {
        const batch = await this.#tail.next();
        if (!batch) break;
        for (const connection of this.#ports.connections()) {
          // One that is catching up gets to this batch, too: it must not have it twice.
          if (connection.pumping || !connection.takes(batch)) this.pump(connection);
        }
      }
    }
    this.#ports.handleSent();
  }

  /** Sends a console what it lacks, as long as it can take it. */
  pump(connection: AgentConnection): void {
    if (connection.pumping || connection.sent >= this.#tail.head) return;
    this.#pump(connection).catch((error: unknown) =>
      this.#ports.handleFailure(error, [connection]),
    );
  }

  async #pump(connection: AgentConnection): Promise<void> {
    connection.pumping = true;
    try {
      while (connection.isOpen && connection.sent < this.#tail.head) {
        if (connection.isCongested) {
          await connection.drained();
          continue;
        }
        const room = Math.min(PAGE, connection.room);
        // Its next ack makes room.
        if (room === 0) break;
        const { head } = this.#tail;
        const batch = await this.#tail.after(connection.sent, room);
        if (batch) connection.deliver(batch);
        else connection.skipTo(head);
      }
    } finally {
      connection.pumping = false;
    }
    connection.tellSkipped();
    connection.showMissingRings();
  }
}
