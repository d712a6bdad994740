import type { Todo } from '../protocol/todo.ts';
import type { Party } from '../providers/events.ts';

/** A person who waits, at one of our numbers or at several. */
export interface TodoRow {
  /** The person's key; the relay may know an item under another one. */
  customer: string;
  party: Party;
  items: readonly Todo[];
}

/** Of those who were answered, the last ones are listed. */
export const MOST_RECENT = 200;

/** How many wait now. */
export interface TodoCounts {
  waiting: number;
  /** Of these, whom this agent takes care of. */
  mine: number;
  /** Who was answered last, at most `MOST_RECENT`. */
  recent: number;
  /** What the agent did that the relay has not heard of. */
  queued: number;
}
