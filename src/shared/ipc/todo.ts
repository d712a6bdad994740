import type { Todo } from '../protocol/todo.ts';
import type { Party } from '../providers/events.ts';

/** A person who waits, at one of our numbers or at several. */
export interface TodoRow {
  /** The person's key; the relay may know an item under another one. */
  customer: string;
  party: Party;
  items: readonly Todo[];
}

/** How many wait now. */
export interface TodoCounts {
  waiting: number;
  /** Of these, whom this agent takes care of. */
  mine: number;
  /** What the agent did that the relay has not heard of. */
  queued: number;
}
