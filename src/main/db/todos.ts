import { z } from 'zod';
import { MOST_RECENT } from '../../shared/ipc/todo.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import { queuedAction, type QueuedAction, type Todo } from '../../shared/protocol/todo.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { TodoTable } from '../../sqlite/todo-table.ts';
import { JsonSetting } from './json-settings.ts';
import { WholeNumbers } from './whole-numbers.ts';

/** An entry of the relay's log. `at`: Unix ms. */
export interface LoggedEntry {
  cursor: number;
  at: number;
  body: LogBody;
}

/** More customers than anybody works through; the list shows the first of them. */
const MOST = 20_000;

/** The customers who wait, as this console derives them from the relay's log. */
export class TodoStore {
  readonly #db: Db;
  readonly #table: TodoTable;
  /** The numbers of which all who wait are here. */
  readonly #whole: WholeNumbers;
  readonly #queued: JsonSetting<readonly QueuedAction[]>;

  constructor(db: Db) {
    this.#db = db;
    this.#table = new TodoTable(db);
    this.#whole = new WholeNumbers(db, 'todo-whole');
    this.#queued = new JsonSetting(db, 'todo-queued', z.array(queuedAction), []);
  }

  /** @returns whether anything changed */
  apply(entry: LoggedEntry): boolean {
    return this.#db.transaction(() => this.#table.apply(entry)).immediate();
  }

  /** One customer; undefined if nothing is known of them. */
  find(accountId: string, customer: string): Todo | undefined {
    return this.#table.find(accountId, customer);
  }

  open(): readonly Todo[] {
    return this.#table.open(MOST);
  }

  /** Who was answered last, the latest first. */
  closed(): readonly Todo[] {
    return this.#table.closed(MOST_RECENT);
  }

  /**
   * Whether all who wait at these numbers are here; if not, the relay has to be asked. From now on only what happens at
   * these is told.
   */
  isWhole(numbers: readonly string[]): boolean {
    return this.#whole.include(numbers);
  }

  /** What the agent did that the relay has not heard of, oldest first. */
  queued(): readonly QueuedAction[] {
    return this.#queued.get();
  }

  setQueued(all: readonly QueuedAction[]): void {
    this.#queued.set(all);
  }

  setIncomplete(): void {
    this.#whole.set([]);
  }

  /**
   * Replaces everything by what the relay has.
   *
   * @param numbers whose customers the relay told
   * @param since entries that came while the relay was asked
   */
  takeOver(
    numbers: readonly string[],
    items: readonly Todo[],
    since: readonly LoggedEntry[],
    at: number,
  ): void {
    this.#db
      .transaction(() => {
        this.#table.replaceAll(items, at);
        for (const entry of since) this.#table.apply(entry);
        this.#whole.set(numbers);
      })
      .immediate();
  }

  /** Forgets who has not waited since `before`, Unix ms. */
  prune(before: number): void {
    this.#table.prune(before);
  }
}
