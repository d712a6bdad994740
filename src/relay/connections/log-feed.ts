import type { LogEntry, Store } from '../store/store.ts';
import type { AgentConnection } from './agent-connection.ts';
import type { ConnectedAgents } from './connected-agents.ts';
import { LogTail, PAGE, type Batch } from './log-tail.ts';

/** No rest is longer than this, in ms. */
const LONGEST_REST_MS = 50;

interface LogFeedPorts {
  store: Pick<Store, 'entriesAfter' | 'extent'>;
  connectedAgents: Pick<ConnectedAgents, 'rooms' | 'connections'>;
  /** New entries, in order; those of other nodes, too. */
  handleRead: (entries: readonly LogEntry[]) => void;
  /** Entries have been sent. */
  handleSent: () => void;
  /** The store failed; these consoles do not get their missing entries. */
  handleFailure: (error: unknown, connections: Iterable<AgentConnection>) => void;
}

/**
 * Sends the log to every console: at once to those at its end, in pages to those that lag. After
 * sending it pauses for as long as that took: the busier the relay, the more entries go together.
 */
export class LogFeed {
  readonly #ports: LogFeedPorts;
  #tail: LogTail;
  /** While it reads, sends and rests. */
  #isBusy = false;
  #readAgain = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(ports: LogFeedPorts) {
    this.#ports = ports;
    this.#tail = new LogTail(ports.store, 0);
  }

  /** Starts at the log's end. Rejects if the store fails. */
  async start(): Promise<void> {
    const { store } = this.#ports;
    this.#tail = new LogTail(store, (await store.extent()).head);
  }

  /** There may be new entries. */
  notify(): void {
    this.#readAgain = true;
    if (this.#isBusy || this.#closed) return;
    this.#isBusy = true;
    const startedAt = performance.now();
    this.#read()
      .catch((error: unknown) =>
        this.#ports.handleFailure(error, this.#ports.connectedAgents.connections()),
      )
      .finally(() => this.#restFor(performance.now() - startedAt));
  }

  #restFor(ms: number): void {
    const goOn = () => {
      this.#isBusy = false;
      if (this.#readAgain) this.notify();
    };
    // A timer takes a millisecond at least.
    if (ms < 1) goOn();
    else this.#rest = setTimeout(goOn, Math.min(ms, LONGEST_REST_MS));
  }

  /** Sends nothing more; consoles come back to their places. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#rest);
  }

  async #read(): Promise<void> {
    this.#readAgain = false;
    for (;;) {
      const batch = await this.#tail.next();
      if (!batch) break;
      this.#send(batch);
      this.#ports.handleRead(batch.entries);
    }
    this.#ports.handleSent();
  }

  #send(batch: Batch): void {
    for (const { audience, version, connections } of this.#ports.connectedAgents.rooms()) {
      const shared = batch.isPersonal ? undefined : batch.portionFor(audience, version);
      for (const connection of connections) {
        const portion = shared ?? batch.portionFor(connection.audience, version);
        // A console that is catching up reaches this batch by itself and must not get it twice.
        if (connection.pumping || !connection.takes(batch, portion)) this.pump(connection);
      }
    }
  }

  /** Sends a console its missing entries while it has room. */
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
        // Its next acks make room; until then, reading a page for a few entries would be wasteful.
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
