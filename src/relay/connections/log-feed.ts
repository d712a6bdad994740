import type { Store } from '../store/store.ts';
import type { AgentConnection } from './agent-connection.ts';
import type { ConnectedAgents } from './connected-agents.ts';
import { LogTail, PAGE, type Batch } from './log-tail.ts';

interface LogFeedPorts {
  store: Pick<Store, 'entriesAfter' | 'extent'>;
  connectedAgents: Pick<ConnectedAgents, 'rooms' | 'connections'>;
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
      .catch((error: unknown) =>
        this.#ports.handleFailure(error, this.#ports.connectedAgents.connections()),
      )
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
        this.#send(batch);
      }
    }
    this.#ports.handleSent();
  }

  #send(batch: Batch): void {
    for (const { audience, connections } of this.#ports.connectedAgents.rooms()) {
      const portion = batch.portionFor(audience);
      for (const connection of connections) {
        // One that is catching up gets to this batch, too: it must not have it twice.
        if (connection.pumping || !connection.takes(batch, portion)) this.pump(connection);
      }
    }
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
        // Its next acks make room; till then no page is read for a few entries of it.
        if (connection.room < PAGE) break;
        const { head } = this.#tail;
        const batch = await this.#tail.after(connection.sent, PAGE);
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
