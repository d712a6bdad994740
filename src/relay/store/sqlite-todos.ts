import type { Database } from 'better-sqlite3';
import type { Todo } from '../../shared/protocol/todo.ts';
import { decide } from '../../shared/todo/actions.ts';
import type { TodoTable } from '../../sqlite/todo-table.ts';
import type { WriteEntry } from './sqlite-log.ts';
import type { Store, TodoRequest, TodoVerdict } from './store.ts';

type TodoPart = Pick<Store, 'todos' | 'changeTodo'>;

/** What agents do with customers who wait. Decided and written in one transaction, so there is one winner. */
export function sqliteTodos(db: Database, todos: TodoTable, write: WriteEntry): TodoPart {
  const agent = db.prepare('SELECT 1 FROM agents WHERE id = ?');
  /** One customer; whom a removed agent took care of, everybody may take. */
  const find = (accountId: string, customer: string): Todo | undefined => {
    const item = todos.find(accountId, customer);
    const isLeft = item?.owner !== undefined && agent.get(item.owner.id) === undefined;
    return isLeft ? { ...item, owner: undefined } : item;
  };
  const change = db.transaction(
    ({ accountId, customer, action, actor, to, at }: TodoRequest): TodoVerdict => {
      const decision = decide(find(accountId, customer), action, actor, to);
      if (decision.kind === 'refused') return decision;
      const by = actor.agent;
      const body = { type: 'todo' as const, accountId, customer, by, at, change: decision.change };
      return { kind: 'granted', entry: write(body, at, accountId) };
    },
  );
  return {
    todos: async (limit, after) => todos.open(limit, after),
    changeTodo: async (request) => change.immediate(request),
  };
}
