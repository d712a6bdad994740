import type { NumberState } from '../../shared/ipc/contacts.ts';
import type { Db } from './open.ts';

const nothing: NumberState = { refusals: [], warnings: [] };

/** One row for each of our numbers. */
export class NumberStates {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  get(accountId: string): NumberState {
    const row = this.db
      .prepare<[string], { body: string }>('SELECT body FROM number_state WHERE account_id = ?')
      .get(accountId);
    if (!row) return nothing;
    // Written by `change` alone.
    const stored: Partial<NumberState> = JSON.parse(row.body);
    return { ...nothing, ...stored };
  }

  change(accountId: string, change: (state: NumberState) => NumberState): NumberState {
    const next = change(this.get(accountId));
    this.db
      .prepare<[string, string]>(
        `INSERT INTO number_state (account_id, body) VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET body = excluded.body`,
      )
      .run(accountId, JSON.stringify(next));
    return next;
  }
}
