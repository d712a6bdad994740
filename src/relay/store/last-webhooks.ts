import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LastWebhooks } from './store.ts';

const at = z.number().nullable();
const rows = z.array(z.object({ account: z.string(), takenAt: at, unreadableAt: at }));

/** How many of the newest webhooks are read; a number whose last is older counts as silent. */
const NEWEST = 100_000;

/** When each account's latest webhooks came, by account id. */
export function lastWebhooksIn(db: Database): ReadonlyMap<string, LastWebhooks> {
  const found = db
    .prepare(
      `SELECT account_id AS account,
              max(received_at) FILTER (WHERE unused IS NULL) AS takenAt,
              max(received_at) FILTER (WHERE unused = 'unreadable') AS unreadableAt
       FROM (SELECT account_id, received_at, unused FROM deliveries ORDER BY received_at DESC LIMIT ?)
       GROUP BY 1`,
    )
    .all(NEWEST);
  return new Map(
    rows
      .parse(found)
      .map(({ account, takenAt, unreadableAt }) => [
        account,
        { takenAt: takenAt ?? undefined, unreadableAt: unreadableAt ?? undefined },
      ]),
  );
}
