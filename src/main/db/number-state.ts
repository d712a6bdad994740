import type { NumberState } from '../../shared/ipc/contacts.ts';
import type { Db } from './open.ts';

const nothing: NumberState = { facts: [], refusals: [], warnings: [] };

/** One row for each of our numbers, kept in memory as well: every window asks for them all the time. */
export class NumberStates {
  private readonly db: Db;
  private readonly known = new Map<string, NumberState>();

  constructor(db: Db) {
    this.db = db;
  }

  get(accountId: string): NumberState {
    const known = this.known.get(accountId) ?? this.read(accountId);
    this.known.set(accountId, known);
    return known;
  }

  private read(accountId: string): NumberState {
    const row = this.db
      .prepare<[string], { body: string }>('SELECT body FROM number_state WHERE account_id = ?')
      .get(accountId);
    if (!row) return nothing;
    // Written by `change` alone.
    const stored: Partial<NumberState> = JSON.parse(row.body);
    return { ...nothing, ...stored };
  }

  /** @throws what the database threw; it is known all the same */
  change(accountId: string, change: (state: NumberState) => NumberState): NumberState {
    const next = change(this.get(accountId));
    this.known.set(accountId, next);
    this.db
      .prepare<[string, string]>(
        `INSERT INTO number_state (account_id, body) VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET body = excluded.body`,
      )
      .run(accountId, JSON.stringify(next));
    return next;
  }
}
