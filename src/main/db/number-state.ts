import { z } from 'zod';
import type { NumberState } from '../../shared/ipc/contacts.ts';
import { parseColumn } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

const nothing: NumberState = { facts: [], refusals: [], warnings: [] };

const dated = { at: z.number() };

/** The parts that its readers cannot do without. */
const parts = z.looseObject({
  settings: z.looseObject({ value: z.looseObject({}), ...dated }).optional(),
  restrictions: z.array(z.looseObject({ type: z.string() })).optional(),
  refusals: z.array(z.looseObject({ code: z.string(), ...dated })).optional(),
  warnings: z.array(z.looseObject({ type: z.string(), ...dated })).optional(),
  balance: z.looseObject({ amount: z.string(), currency: z.string(), ...dated }).optional(),
});

/** One row per number, also kept in memory, because every window reads them constantly. */
export class NumberStates {
  readonly #db: Db;
  readonly #known = new Map<string, NumberState>();

  constructor(db: Db) {
    this.#db = db;
  }

  get(accountId: string): NumberState {
    const known = this.#known.get(accountId) ?? this.#read(accountId);
    this.#known.set(accountId, known);
    return known;
  }

  #read(accountId: string): NumberState {
    const row = this.#db
      .prepare<[string], { body: string }>('SELECT body FROM number_state WHERE account_id = ?')
      .get(accountId);
    const stored = row && parseColumn(row.body);
    return isState(stored) ? { ...nothing, ...stored } : nothing;
  }

  put(accountId: string, state: NumberState): void {
    this.#known.set(accountId, state);
    this.#db
      .prepare<[string, string]>(
        `INSERT INTO number_state (account_id, body) VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET body = excluded.body`,
      )
      .run(accountId, JSON.stringify(state));
  }

  change(accountId: string, change: (state: NumberState) => NumberState): NumberState {
    const next = change(this.get(accountId));
    this.put(accountId, next);
    return next;
  }
}

/** Only `put` writes it; an unreadable row counts as nothing known. */
function isState(stored: unknown): stored is Partial<NumberState> {
  return parts.safeParse(stored).success;
}
