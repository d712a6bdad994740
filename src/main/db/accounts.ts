import { z } from 'zod';
import type { Account } from '../providers/account.ts';
import type { Db } from './open.ts';

const account = z.object({
  id: z.string(),
  provider: z.literal('meta'),
  label: z.string(),
  number: z.string(),
  phoneNumberId: z.string(),
  wabaId: z.string(),
  apiBase: z.string().optional(),
  apiVersion: z.string().optional(),
}) satisfies z.ZodType<Account>;

/** Our numbers, without their secrets. */
export class AccountStore {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** Those in use, in the order of the profile. */
  all(): readonly Account[] {
    return this.db
      .prepare<[], { body: string }>(
        'SELECT body FROM account WHERE removed = 0 ORDER BY position, id',
      )
      .all()
      .map((row) => account.parse(JSON.parse(row.body)));
  }

  /** Uses exactly these from now on. Others stay behind for the labels of their calls. */
  replaceAll(accounts: readonly Account[]): void {
    const put = this.db.prepare<[string, string, number]>(
      `INSERT INTO account (id, body, position, removed) VALUES (?, ?, ?, 0)
       ON CONFLICT (id) DO UPDATE SET body = excluded.body, position = excluded.position, removed = 0`,
    );
    this.db.transaction(() => {
      this.db.prepare('UPDATE account SET removed = 1').run();
      accounts.forEach((one, position) => put.run(one.id, JSON.stringify(one), position));
    })();
  }
}
