import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const rows = z.array(z.object({ account: z.string(), at: z.number() }));

/** How many of the newest webhooks are read; a number whose last is older counts as silent. */
const NEWEST = 100_000;

/** When each account's last webhook came, Unix ms, by account id. */
export function lastWebhooksIn(db: Database): ReadonlyMap<string, number> {
  const found = db
    .prepare(
      `SELECT account_id AS account, max(received_at) AS at
       FROM (SELECT account_id, received_at FROM deliveries ORDER BY received_at DESC LIMIT ?)
       GROUP BY 1`,
    )
    .all(NEWEST);
  return new Map(rows.parse(found).map(({ account, at }) => [account, at]));
}
