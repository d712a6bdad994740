import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { Access } from '../access/access.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';

export type TodoFrame = Extract<FromConsole, { type: 'todo' }>;
export type TodosFrame = Extract<FromConsole, { type: 'todos' }>;

/** Customers in one answer; each takes about 1 kB of the frame. */
const TODOS_PER_PAGE = 200;

interface Ports {
  store: Store;
  access: Access;
  /** An agent as they are now. */
  memberOf: (agentId: string) => Member | undefined;
}

/**
 * Does something with a customer who waits. Refused with `unauthorized` for an agent who was removed, with
 * `unknown-account`, with `unknown` where the customer has nothing to do with that number, and with `not-theirs` where
 * the agent they are assigned to has not.
 *
 * @param at the relay's time, Unix ms
 */
export async function changeTodo(
  { store, access, memberOf }: Ports,
  member: Member | undefined,
  { accountId, customer, action }: TodoFrame,
  at: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  if (!access.hears(member, accountId)) return refused('unknown-account');
  const to = action.kind === 'assign' ? memberOf(action.to) : undefined;
  if (action.kind === 'assign' && !(to && access.hears(to, accountId))) {
    return refused('not-theirs');
  }
  const owner = (await store.todo(accountId, customer))?.owner;
  const owning = owner && memberOf(owner.id);
  const isGone = owner !== undefined && !(owning && access.hears(owning, accountId));
  const verdict = await store.changeTodo({
    accountId,
    customer,
    action,
    actor: {
      agent: { id: member.id, name: member.name },
      supervises: access.maySupervise(member, accountId),
    },
    to: to && access.hears(to, accountId) ? { id: to.id, name: to.name } : undefined,
    gone: isGone ? owner.id : undefined,
    at,
  });
  return verdict.kind === 'granted' ? { kind: 'granted' } : verdict;
}

/**
 * The customers who wait at an agent's numbers. Refused with `unauthorized` for an agent who was removed.
 */
export async function readTodos(
  { store, access }: Pick<Ports, 'store' | 'access'>,
  member: Member | undefined,
  { after }: TodosFrame,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  let from = after;
  for (;;) {
    const page = await store.todos(TODOS_PER_PAGE, from);
    const more = page.length === TODOS_PER_PAGE;
    const items = page.filter(({ accountId }) => access.hears(member, accountId));
    // The next question names an item of the answer, so an answer that promises more has one.
    if (items.length > 0 || !more) return { kind: 'todos', items, more };
    from = page.at(-1);
  }
}
