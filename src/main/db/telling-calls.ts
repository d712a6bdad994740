import type { Db } from '../../sqlite/migrate.ts';
import type { Call } from '../../shared/call/model.ts';
import { readSnapshot } from './snapshot.ts';

/** How many are read at most: one call that went well settles the question for all before it. */
const MOST_CALLS = 100;

/** The last calls of a number that may tell whether it works: they connected, or failed. Oldest first. */
export function tellingCalls(db: Db, accountId: string): readonly Call[] {
  return db
    .prepare<[string, number], { snapshot: string }>(
      // The index of a number's calls has those that stand for their call, once they have an outcome.
      `SELECT snapshot FROM call WHERE account_id = ? AND covered IS NULL AND outcome IS NOT NULL AND (
         connected_at IS NOT NULL OR (json_valid(end_reason) AND end_reason ->> '$.kind' = 'failed')
       ) ORDER BY seq DESC LIMIT ?`,
    )
    .all(accountId, MOST_CALLS)
    .flatMap(({ snapshot }) => readSnapshot(snapshot) ?? [])
    .toReversed();
}
