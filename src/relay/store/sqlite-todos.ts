import type { Database } from 'better-sqlite3';
import { decide } from '../../shared/todo/actions.ts';
import type { TodoTable } from '../../sqlite/todo-table.ts';
import type { WriteEntry } from './sqlite-log.ts';
import type { Store, TodoRequest, TodoVerdict } from './store.ts';

type TodoPart = Pick<Store, 'todos' | 'todo' | 'changeTodo' | 'answeredElsewhere'>;

/** What agents do with customers who wait. Decided and written in one transaction, so there is one winner. */
export function sqliteTodos(db: Database, todos: TodoTable, write: WriteEntry): TodoPart {
  const change = db.transaction(
    ({ accountId, customer, action, actor, to, gone, at }: TodoRequest): TodoVerdict => {
      const item = todos.find(accountId, customer);
      const isLeft = item?.owner !== undefined && item.owner.id === gone;
      const decision = decide(isLeft ? { ...item, owner: undefined } : item, action, actor, to);
      if (decision.kind === 'refused') return decision;
      const by = actor.agent;
      const body = { type: 'todo' as const, accountId, customer, by, at, change: decision.change };
      return { kind: 'granted', entry: write(body, at, accountId) };
    },
  );
  return {
    todos: async (limit, after) => todos.open(limit, after),
    todo: async (accountId, customer) => todos.find(accountId, customer),
    answeredElsewhere: async (...args) => todos.answeredElsewhere(...args),
    changeTodo: async (request) => change.immediate(request),
  };
}
