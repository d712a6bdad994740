import { refuse } from '../refusal.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import { MOST_RECENT, type TodoCounts, type TodoRow } from '../../shared/ipc/todo.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import type { Todo, TodoAction } from '../../shared/protocol/todo.ts';
import type { Party } from '../../shared/providers/events.ts';
import { isOpen, waitsFrom } from '../../shared/todo/rules.ts';
import type { Todos } from '../db/storage/safe-todos.ts';
import type { LoggedEntry } from '../db/todos.ts';
import type { Outcome } from '../relay-client/requests.ts';
import { MessageNews, type News } from './news.ts';
import { QueuedActions } from './queued-actions.ts';

/** Who has not waited for this long is forgotten, in ms. */
const KEEP_MS = 8 * 86_400_000;
/** At most so many customers are taken over from a relay, page by page. */
const MOST_PAGES = 200;

export interface TodoPorts {
  store: Todos;
  relay: {
    todo: (what: { accountId: string; customer: string; action: TodoAction }) => Promise<Outcome>;
    todos: (after: Todo | undefined) => Promise<Outcome>;
  };
  /** The key under which a person is known, whatever the item calls them. */
  personOf: (party: Party) => string | undefined;
  /** A person as the agent calls them. */
  shown: (party: Party) => Party;
  /** This agent's numbers. */
  hasAccount: (accountId: string) => boolean;
  self: () => Agent;
  clock: Clock;
  /** To be said to the agent at once. */
  announce: (news: News) => void;
  /** What the agent did with a customer without the relay does not hold: there is more by now. */
  stillWaits: (party: Party) => void;
  changed: () => void;
}

/**
 * The customers who wait. The list follows from the relay's log, so it is here without the relay,
 * too; what the agent does with a customer is the relay's to decide, once it can be reached.
 */
export class TodoService {
  readonly #ports: TodoPorts;
  readonly #due: Deadline;
  readonly #news: MessageNews;
  readonly #queue: QueuedActions;
  /** Entries that come while the relay is asked for all who wait. */
  #since: LoggedEntry[] | undefined;
  #sending = false;
  /** The numbers of which the relay tells. */
  #numbers: readonly string[] = [];
  #open: readonly Todo[] | undefined;
  #rows: readonly TodoRow[] | undefined;
  #recent: readonly Todo[] | undefined;

  constructor(ports: TodoPorts) {
    this.#ports = ports;
    this.#due = new Deadline(ports.clock, () => this.#change());
    this.#news = new MessageNews(ports.clock, ports.announce);
    const { store, self, clock } = ports;
    const find = (accountId: string, customer: string) => store.find(accountId, customer);
    this.#queue = new QueuedActions({ store, find, self, now: () => clock.now() });
  }

  /**
   * Stores what an entry means for who waits. Call it before the entry's cursor is stored.
   * @throws what the database threw
   */
  handleEntry(entry: LoggedEntry): void {
    this.#since?.push(entry);
    if (entry.body.type === 'todo') {
      this.#queue.forgetSent(entry.body);
      const { accountId, customer, change } = entry.body;
      // Closed before this console took the list over: only the relay has what is open again.
      if (change.kind === 'undo' && !this.#ports.store.find(accountId, customer)) this.#takeAgain();
    }
    if (!this.#ports.store.apply(entry)) return;
    this.#change();
    this.#announce(entry.body);
  }

  /** A customer's message, unless a teammate takes care of them. */
  #announce(body: LogBody): void {
    if (body.type !== 'provider' || body.event.kind !== 'message') return;
    const { accountId, event } = body;
    if (!this.#ports.hasAccount(accountId)) return;
    // The item may have the number of somebody who is named by their user id here.
    const item = [personKey(event.party), this.#ports.personOf(event.party)]
      .flatMap((key) => (key === undefined ? [] : (this.#ports.store.find(accountId, key) ?? [])))
      .find(({ reasons }) => reasons.messages);
    if (!item) return;
    if (item.owner && item.owner.id !== this.#ports.self().id) return;
    this.#news.handle(this.#ports.shown(item.party), event.text);
  }

  /** The relay sends what happened while this console was away. */
  handleReplay(): void {
    this.#news.beginReplay();
  }

  /** The relay's log began anew, or has a gap. */
  handleIncomplete(): void {
    this.#ports.store.setIncomplete();
  }

  /** Nothing is missing any more, and the relay can be asked. */
  async handleConnected(numbers: readonly string[]): Promise<void> {
    this.#news.endReplay();
    await this.handleNumbers(numbers);
    await this.#sendQueued();
  }

  /** The relay tells what happens at these numbers: takes over who waits there, unless all of them are here. */
  async handleNumbers(numbers: readonly string[]): Promise<void> {
    const { store, relay, clock } = this.#ports;
    this.#numbers = numbers;
    store.prune(clock.now() - KEEP_MS);
    if (store.isWhole(numbers) || this.#since) return;
    this.#since = [];
    try {
      const items: Todo[] = [];
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer = await relay.todos(items.at(-1));
        // The next connection tries again.
        if (answer.kind !== 'todos') return;
        items.push(...answer.items);
        if (!answer.more) break;
      }
      store.takeOver(numbers, items, this.#since, clock.now());
      this.#change();
    } finally {
      this.#since = undefined;
    }
  }

  #takeAgain(): void {
    this.#ports.store.setIncomplete();
    // If it fails, the next connection tries again.
    this.handleNumbers(this.#numbers).catch(() => undefined);
  }

  /** The store can be read again, or who has which number has changed. */
  refresh(): void {
    this.#change();
  }

  /** Who is one person, or what they are called, may have changed. */
  handlePeople(): void {
    this.#rows = undefined;
    this.#recent = undefined;
    this.#ports.changed();
  }

  /** All who wait, now or later, one row for each person; unsorted. */
  list(): readonly TodoRow[] {
    this.#rows ??= this.#readRows();
    return this.#rows;
  }

  #readRows(): readonly TodoRow[] {
    const rows = new Map<string, Todo[]>();
    const { personOf, shown } = this.#ports;
    for (const item of this.#items()) {
      const person = personOf(item.party) ?? item.customer;
      const same = rows.get(person);
      if (same) same.push(item);
      else rows.set(person, [item]);
    }
    return [...rows].map(([customer, items]) => {
      const party = items.reduce<Party>((known, item) => ({ ...known, ...item.party }), {});
      return { customer, party: shown(party), items };
    });
  }

  /** Who was answered last, the latest first. */
  recent(): readonly Todo[] {
    this.#recent ??= this.#readRecent();
    return this.#recent;
  }

  #readRecent(): readonly Todo[] {
    const { store, hasAccount, shown } = this.#ports;
    const queued = this.#queue.applyTo(this.#queue.count > 0 ? store.open() : []);
    return [...queued, ...this.#queue.applyTo(store.closed())]
      .filter((item) => !isOpen(item) && hasAccount(item.accountId))
      .map((item) => ({ ...item, party: shown(item.party) }))
      .slice(0, MOST_RECENT);
  }

  /** How many there are in the lists now. */
  counts(): TodoCounts {
    const now = this.#ports.clock.now();
    const { id } = this.#ports.self();
    const waiting = this.list().filter(({ items }) =>
      items.some((item) => (waitsFrom(item, now) ?? Infinity) <= now),
    );
    const mine = waiting.filter(({ items }) => items.some(({ owner }) => owner?.id === id));
    return {
      waiting: waiting.length,
      mine: mine.length,
      recent: this.recent().length,
      queued: this.#queue.count,
    };
  }

  /** Does something with a customer at one of our numbers; later, if the relay cannot be reached. */
  async act(accountId: string, customer: string, action: TodoAction): Promise<Answered<null>> {
    const outcome = await this.#ports.relay.todo({ accountId, customer, action });
    switch (outcome.kind) {
      case 'granted':
        return { ok: true, value: null };
      case 'refused':
        return refuse('todo-refused', outcome.why, outcome.by?.name ?? '');
      default:
        return this.#later(accountId, customer, action);
    }
  }

  #later(accountId: string, customer: string, action: TodoAction): Answered<null> {
    const refused = this.#queue.add(accountId, customer, action);
    if (refused === 'offline') return refuse('offline');
    if (refused) return refuse('todo-refused', refused.why, refused.by?.name ?? '');
    this.#change();
    return { ok: true, value: null };
  }

  async #sendQueued(): Promise<void> {
    if (this.#queue.count === 0 || this.#sending) return;
    this.#sending = true;
    try {
      await this.#queue.flush(
        async (queued) => {
          const { kind } = await this.#ports.relay.todo(queued);
          return kind === 'granted' || kind === 'refused' ? kind : undefined;
        },
        ({ party }) => this.#ports.stillWaits(this.#ports.shown(party)),
      );
    } finally {
      this.#sending = false;
      this.#change();
    }
  }

  close(): void {
    this.#due.set(undefined);
  }

  /** Read when somebody looks: thousands of entries may come before that. */
  #items(): readonly Todo[] {
    this.#open ??= this.#read();
    return this.#open;
  }

  #read(): readonly Todo[] {
    const { store, hasAccount, clock } = this.#ports;
    const undone = this.#queue.count > 0 ? store.closed() : [];
    const now = clock.now();
    const items = this.#queue
      .applyTo([...store.open(), ...undone])
      .filter((item) => isOpen(item) && hasAccount(item.accountId))
      // Whose permission has expired waits for nothing else.
      .filter((item) => waitsFrom(item, now) !== undefined);
    const next = items
      .map((item) => waitsFrom(item, now) ?? 0)
      .filter((time) => time > now)
      .reduce((first, time) => Math.min(first, time), Infinity);
    // The list changes by itself when the next of them begins to wait.
    this.#due.set(next === Infinity ? undefined : next);
    return items;
  }

  #change(): void {
    this.#open = undefined;
    this.#rows = undefined;
    this.#recent = undefined;
    this.#ports.changed();
  }
}
