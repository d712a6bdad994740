import type { LogBody } from '../../../shared/protocol/log-entry.ts';
import { reasonOf, type Log } from '../../log.ts';
import type { Unreadable } from '../readable.ts';
import { Standby } from '../standby.ts';
import type { AddedEntry, Store } from '../store.ts';
import { applyCommand, type Applied } from './apply.ts';
import { Backlog } from './backlog.ts';
import { StoreDown, type CommandLog } from './command-log.ts';
import type { Decision } from './command.ts';
import { MEMORY_CURSORS, type Projection } from './projection.ts';

/** The pause between two attempts to send what is in memory, in ms. */
const AGAIN_MS = 1_000;
/** The most commands kept in memory while the server does not answer. */
const MOST_IN_MEMORY = 100_000;

interface OutagePorts {
  projection: Projection;
  commands: Pick<CommandLog, 'ask'>;
  log: Log;
  unreadable: Unreadable;
  nativeBinding?: string | undefined;
  /** Whether other relays may serve the store, too. */
  mayHaveOthers: () => boolean;
  /** Everything is sent, and these entries were added. The outage is closed. */
  handleOver: (written: readonly AddedEntry[]) => void;
}

/** The time in which the server does not answer: changes are made in memory and sent later. */
export class Outage {
  readonly #ports: OutagePorts;
  readonly #standby: Standby;
  readonly #backlog = new Backlog();
  #timer: NodeJS.Timeout | undefined;
  #hold: Promise<unknown> | undefined;

  constructor(ports: OutagePorts) {
    this.#ports = ports;
    const { db, store } = ports.projection;
    this.#standby = new Standby(db, store, ports, MEMORY_CURSORS);
    this.#retry();
  }

  /** The state in memory, ahead of the projection. */
  get store(): Store {
    return this.#standby.store;
  }

  /** New commands wait for this, so that the backlog can empty. */
  get hold(): Promise<unknown> | undefined {
    return this.#hold;
  }

  /**
   * Carries a command out in memory and keeps it for the server.
   *
   * @param isTried the server may have stored it before it fell silent
   * @throws StoreDown
   */
  async write(command: Decision, id: string, isTried: boolean): Promise<Applied> {
    if (this.#backlog.size >= MOST_IN_MEMORY) throw new StoreDown('memory is full, too');
    this.#backlog.add(id, command, isTried);
    const done = this.#ports.mayHaveOthers() ? withoutNewCalls(command) : command;
    return applyCommand(this.store, done);
  }

  #retry(): void {
    this.#timer = setTimeout(() => {
      this.#sendAll().catch((error: unknown) => {
        this.#ports.log.warn('store.still-failing', { why: reasonOf(error) });
        this.#retry();
      });
    }, AGAIN_MS);
  }

  /**
   * Sends the server what was written to memory. It recognises a command that it stored before it
   * failed.
   */
  async #sendAll(): Promise<void> {
    const { commands, log, handleOver } = this.#ports;
    const written: AddedEntry[] = [];
    let before = Infinity;
    while (this.#backlog.size > 0) {
      const isShrinking = this.#backlog.size < before;
      before = this.#backlog.size;
      const sent = this.#backlog.sendNext((command, id) => commands.ask(command, id));
      const isHeld = this.#backlog.isAlmostEmpty || !isShrinking;
      this.#hold = isHeld ? sent.catch(() => undefined) : undefined;
      written.push(...(await sent));
    }
    this.#standby.close();
    log.info('store.back', { written: written.length });
    handleOver(written);
  }

  /** Tries to send everything a last time. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sendAll().catch((error: unknown) => {
      this.#ports.log.error('store.lost', { why: reasonOf(error) });
    });
  }
}

/**
 * What a node of a cluster may act on from memory. It must not let a call ring that the provider,
 * whose webhook is not acknowledged, offers to another node as well.
 */
function withoutNewCalls(command: Decision): Decision {
  if (command.kind !== 'append') return command;
  return { ...command, events: command.events.filter(({ body }) => !opensCall(body)) };
}

const opensCall = (body: LogBody): boolean =>
  body.type === 'provider' && (body.event.kind === 'offer' || body.event.kind === 'announced');
