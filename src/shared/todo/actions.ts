import { assertNever } from '../lib/assert-never.ts';
import type { Agent } from '../protocol/agent.ts';
import type { Todo, TodoAction, TodoChange } from '../protocol/todo.ts';
import { isOpen } from './rules.ts';

/** Who acts. */
export interface Actor {
  agent: Agent;
  /** Supervisors may take a customer from whoever takes care of them. */
  supervises: boolean;
}

export type Decision =
  | { kind: 'granted'; change: TodoChange }
  /** `over`: the customer does not wait any more. `changed`: there is more than the agent has seen. */
  | { kind: 'refused'; why: 'unknown' | 'taken' | 'over' | 'changed'; by?: Agent | undefined };

/**
 * Whether an agent's action is granted.
 *
 * @param to whom the customer is assigned
 */
export function decide(
  item: Todo | undefined,
  action: TodoAction,
  { agent, supervises }: Actor,
  to?: Agent,
): Decision {
  if (!item) return { kind: 'refused', why: 'unknown' };
  if (action.kind === 'undo') {
    return item.closed?.how === 'done'
      ? { kind: 'granted', change: { kind: 'undo' } }
      : { kind: 'refused', why: 'over' };
  }
  if (!isOpen(item)) return { kind: 'refused', why: 'over', by: item.closed?.by };
  const { owner } = item;
  if (owner && owner.id !== agent.id && !supervises) {
    return { kind: 'refused', why: 'taken', by: owner };
  }
  switch (action.kind) {
    case 'claim':
      // The first wins, supervisors among them.
      return owner && owner.id !== agent.id
        ? { kind: 'refused', why: 'taken', by: owner }
        : { kind: 'granted', change: { kind: 'owner', owner: agent } };
    case 'assign':
      return to
        ? { kind: 'granted', change: { kind: 'owner', owner: to } }
        : { kind: 'refused', why: 'unknown' };
    case 'unassign':
      return { kind: 'granted', change: { kind: 'owner' } };
    case 'snooze':
      return { kind: 'granted', change: { kind: 'snooze', until: action.until } };
    case 'wake':
      return { kind: 'granted', change: { kind: 'snooze' } };
    case 'done':
      return item.cursor === action.cursor
        ? { kind: 'granted', change: { kind: 'done' } }
        : { kind: 'refused', why: 'changed' };
    default:
      return assertNever(action, 'action');
  }
}
