import type { Agent } from '../../shared/protocol/agent.ts';
import type { QueuedAction, Todo, TodoAction, TodoChange } from '../../shared/protocol/todo.ts';
import { decide, type Decision } from '../../shared/todo/actions.ts';
import { afterHappening, isOpen } from '../../shared/todo/rules.ts';

/** More than anybody does while the relay is away. */
const MOST_QUEUED = 500;

interface QueuePorts {
  store: {
    queued: () => readonly QueuedAction[];
    setQueued: (all: readonly QueuedAction[]) => void;
  };
  find: (accountId: string, customer: string) => Todo | undefined;
  self: () => Agent;
  now: () => number;
}

/**
 * What the agent did with customers while the relay could not be reached: shown at once, and sent when it is back. It holds
 * only for what the agent had seen: whoever has a new reason to wait by then goes on waiting.
 */
export class QueuedActions {
  readonly #ports: QueuePorts;
  /** Sent, but the log has not told it yet. */
  #sent: readonly QueuedAction[] = [];

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  get count(): number {
    return this.#ports.store.queued().length;
  }

  /**
   * Keeps an action for later. Who takes care of whom is decided where the first wins, so that is not kept.
   * @returns why not; undefined if it is kept
   */
  add(
    accountId: string,
    customer: string,
    action: TodoAction,
  ): Extract<Decision, { kind: 'refused' }> | 'offline' | undefined {
    if (action.kind === 'claim' || action.kind === 'assign' || action.kind === 'unassign') {
      return 'offline';
    }
    const { store, find, self, now } = this.#ports;
    const all = store.queued();
    const isOf = (one: QueuedAction) => one.accountId === accountId && one.customer === customer;
    if (action.kind === 'undo' && all.some((one) => isOf(one) && one.action.kind === 'done')) {
      store.setQueued(all.filter((one) => !isOf(one)));
      return undefined;
    }
    const item = find(accountId, customer);
    const decision = decide(item && this.#after(item), action, {
      agent: self(),
      supervises: false,
    });
    if (decision.kind === 'refused') return decision;
    const cursor = item?.cursor ?? 0;
    store.setQueued(
      [...all, { accountId, customer, action, cursor, at: now() }].slice(-MOST_QUEUED),
    );
    return undefined;
  }

  /** Items as they will be once the relay has heard of it all. */
  applyTo(items: readonly Todo[]): readonly Todo[] {
    const all = this.#all();
    if (all.length === 0) return items;
    const concerned = new Set(all.map(keyOf));
    return items.map((item) => (concerned.has(keyOf(item)) ? this.#after(item) : item));
  }

  /** The log tells what happened to a customer. */
  forgetSent({ accountId, customer }: { accountId: string; customer: string }): void {
    this.#sent = this.#sent.filter(
      (one) => one.accountId !== accountId || one.customer !== customer,
    );
  }

  /**
   * Sends what is queued, oldest first, once the list here is as the relay's.
   *
   * @param send resolves with undefined if the relay cannot be reached
   * @param handleRefused of a customer who goes on waiting after all
   */
  async flush(
    send: (queued: QueuedAction) => Promise<'granted' | 'refused' | undefined>,
    handleRefused: (item: Todo) => void,
  ): Promise<void> {
    const { store, find } = this.#ports;
    this.#sent = [];
    for (let next = store.queued()[0]; next; next = store.queued()[0]) {
      const item = find(next.accountId, next.customer);
      const isOutdated = item === undefined || item.cursor !== next.cursor;
      const answer = isOutdated ? 'refused' : await send(next);
      if (answer === undefined) return;
      const done = next;
      // It may have been taken back meanwhile.
      store.setQueued(store.queued().filter((one) => !isSame(one, done)));
      if (answer === 'granted') this.#sent = [...this.#sent, done];
      else if (item && isOpen(item)) handleRefused(item);
    }
  }

  #all(): readonly QueuedAction[] {
    return [...this.#sent, ...this.#ports.store.queued()];
  }

  #after(item: Todo): Todo {
    const { cursor } = item;
    return this.#all()
      .filter((one) => keyOf(one) === keyOf(item) && one.cursor === cursor)
      .reduce((now, { action, at }) => {
        const change = changeOf(action);
        if (!change) return now;
        const happening = { kind: 'change' as const, at, by: this.#ports.self(), change };
        // The cursor stays that of the log, by which later actions are judged.
        return { ...(afterHappening(now, now, happening, cursor) ?? now), cursor };
      }, item);
  }
}

/** What a queued action changes. */
function changeOf(action: TodoAction): TodoChange | undefined {
  switch (action.kind) {
    case 'done':
    case 'undo':
      return { kind: action.kind };
    case 'snooze':
      return { kind: 'snooze', until: action.until };
    case 'wake':
      return { kind: 'snooze' };
    default:
      return undefined;
  }
}

const keyOf = ({ accountId, customer }: { accountId: string; customer: string }): string =>
  `${accountId}/${customer}`;

const isSame = (one: QueuedAction, other: QueuedAction): boolean =>
  keyOf(one) === keyOf(other) && one.at === other.at && one.action.kind === other.action.kind;
