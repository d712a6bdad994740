import type { Database } from 'better-sqlite3';
import { isSamePerson, personKeys } from '../../shared/lib/person-key.ts';
import type { AnsweredEntry } from '../../shared/protocol/log-entry.ts';
import type { Answer, Todo } from '../../shared/protocol/todo.ts';
import { decide } from '../../shared/todo/actions.ts';
import { isAnsweredBy, isAnsweredThrough } from '../../shared/todo/elsewhere.ts';
import type { TodoTable } from '../../sqlite/todo-table.ts';
import type { WriteEntry } from './sqlite-log.ts';
import type { PeopleTable } from './sqlite-people.ts';
import type { Store, TodoRequest, TodoVerdict } from './store.ts';

type TodoPart = Pick<Store, 'todos' | 'todo' | 'changeTodo' | 'answeredElsewhere'>;

/** What agents do with customers who wait. Decided and written in one transaction, so there is one winner. */
export function sqliteTodos(
  db: Database,
  todos: TodoTable,
  people: PeopleTable,
  write: WriteEntry,
): TodoPart {
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
    answeredElsewhere: async (...args) => elsewhere({ todos, people }, ...args),
    changeTodo: async (request) => change.immediate(request),
  };
}

interface Tables {
  todos: Pick<TodoTable, 'answersIn' | 'everywhere'>;
  people: Pick<PeopleTable, 'mergedWith'>;
}

/** What an entry means for its customer where they wait at other numbers, or as another of a person's customers. */
function elsewhere(
  tables: Tables,
  entry: Parameters<Store['answeredElsewhere']>[0],
  isOurs: Parameters<Store['answeredElsewhere']>[1],
): readonly AnsweredEntry[] {
  const { body } = entry;
  if (body.type === 'merged') {
    if (!body.undone) return [];
    const { accountId, at, kept, other } = body;
    const [one, two] = [kept, other].map((key) => personOf(tables, [key], accountId, isOurs));
    // Another merge may still hold them together.
    if (!one || !two || one.keys.has(other)) return [];
    const parted = [one, two].flatMap(({ items }) =>
      items.filter((item) => !isAnsweredThrough(item, items)),
    );
    return answeredBy(parted, [{ kind: 'parted', at }]);
  }
  const found = tables.todos.answersIn(entry);
  if (!found) return [];
  const { accountId, party, answers } = found;
  const others = personOf(tables, personKeys(party), accountId, isOurs)
    .items.map((item) => ({ item, isMerged: !isSamePerson(item.party, party) }))
    .filter(({ item, isMerged }) => isMerged || item.accountId !== accountId);
  return others.flatMap(({ item, isMerged }) =>
    answeredBy([item], isMerged ? answers.map((one) => ({ ...one, merged: true })) : answers),
  );
}

const answeredBy = (items: readonly Todo[], answers: readonly Answer[]): readonly AnsweredEntry[] =>
  items.flatMap((item) =>
    answers
      .filter((answer) => isAnsweredBy(item, answer))
      .map((answer) => ({
        type: 'answered' as const,
        accountId: item.accountId,
        party: item.party,
        answer,
      })),
  );

/** All keys that agents or providers say are one person's, and where they wait or waited at a workspace's numbers. */
function personOf(
  { todos, people }: Tables,
  some: readonly string[],
  accountId: string,
  isOurs: (accountId: string, other: string) => boolean,
): { keys: ReadonlySet<string>; items: readonly Todo[] } {
  const isHere = (one: string) => isOurs(one, accountId);
  const keys = new Set(some);
  const items = new Map<string, Todo>();
  // The loop comes to what is added meanwhile, too.
  for (const key of keys) {
    for (const one of people.mergedWith(key, isHere)) keys.add(one);
    for (const item of todos.everywhere(key)) {
      if (!isHere(item.accountId)) continue;
      items.set(`${item.accountId}/${item.customer}`, item);
      for (const one of personKeys(item.party)) keys.add(one);
    }
  }
  return { keys, items: [...items.values()] };
}
