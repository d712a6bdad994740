import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { TodoTable } from '../../sqlite/todo-table.ts';

const cut = z.object({ cursor: z.number().int().nullable() });

/**
 * Removes what is older than the retention, in one transaction.
 *
 * @returns a function that removes everything before a time (Unix ms) and returns the number of
 *   removed entries
 */
export function logRetention(db: Database, todos: TodoTable): (before: number) => number {
  const lastBefore = db.prepare('SELECT max(cursor) AS cursor FROM log WHERE at < ?');
  const deleteEntries = db.prepare('DELETE FROM log WHERE cursor <= ?');
  const deleteDeliveries = db.prepare('DELETE FROM deliveries WHERE received_at < ?');
  const deleteCalls = db.prepare('DELETE FROM calls WHERE noted_at < ?');
  const deleteRelayedCalls = db.prepare(
    'DELETE FROM relayed_calls WHERE over = 1 AND noted_at < ?',
  );
  const deleteLastAgents = db.prepare('DELETE FROM last_agents WHERE at < ?');
  const setPrunedTo = db.prepare(`UPDATE meta SET value = ? WHERE key = 'pruned_to'`);

  const prune = db.transaction((before: number) => {
    deleteDeliveries.run(before);
    deleteCalls.run(before);
    deleteRelayedCalls.run(before);
    deleteLastAgents.run(before);
    todos.prune(before);
    // Everything up to the last old entry, so that the rest has no gaps even if the clock was once
    // set back.
    const { cursor } = cut.parse(lastBefore.get(before));
    if (cursor === null) return 0;
    setPrunedTo.run(String(cursor));
    return deleteEntries.run(cursor).changes;
  });

  return (before) => prune.immediate(before);
}
