import type { QueuedAction, Todo } from '../../../shared/protocol/todo.ts';
import type { LoggedEntry, TodoStore } from '../todos.ts';
import type { Storage } from './storage.ts';

/** Who waits, whatever stores it. */
export type Todos = Pick<TodoStore, keyof TodoStore>;

/** Who waits. While the file cannot be written, the list is as it was; a new file asks the relay. */
export class SafeTodos implements Todos {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    storage.register({ handleNewFile: ({ todos }) => todos.setIncomplete() });
  }

  apply(entry: LoggedEntry): boolean {
    return this.#storage.write(({ todos }) => todos.apply(entry), true);
  }

  find(accountId: string, customer: string): Todo | undefined {
    return this.#storage.read(({ todos }) => todos.find(accountId, customer), undefined);
  }

  open(): readonly Todo[] {
    return this.#storage.read(({ todos }) => todos.open(), []);
  }

  closed(): readonly Todo[] {
    return this.#storage.read(({ todos }) => todos.closed(), []);
  }

  isWhole(numbers: readonly string[]): boolean {
    return this.#storage.write(({ todos }) => todos.isWhole(numbers), false);
  }

  queued(): readonly QueuedAction[] {
    return this.#storage.read(({ todos }) => todos.queued(), []);
  }

  setQueued(all: readonly QueuedAction[]): void {
    this.#storage.write(({ todos }) => todos.setQueued(all), undefined);
  }

  setIncomplete(): void {
    this.#storage.write(({ todos }) => todos.setIncomplete(), undefined);
  }

  takeOver(...args: Parameters<Todos['takeOver']>): void {
    this.#storage.write(({ todos }) => todos.takeOver(...args), undefined);
  }

  prune(before: number): void {
    this.#storage.write(({ todos }) => todos.prune(before), undefined);
  }
}
