import type { RateCardInfo } from '../../shared/ipc/contacts.ts';
import type { Db } from '../../sqlite/migrate.ts';

/** The imported rate card. There is only one, with all its editions. */
export class RateCardStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  get(): RateCardInfo | undefined {
    return this.#db
      .prepare<[], RateCardInfo>(
        'SELECT name, imported_at AS importedAt, csv, currency FROM rate_card',
      )
      .get();
  }

  /** Replaces the previous one. */
  put(card: RateCardInfo): void {
    this.#db
      .prepare<[RateCardInfo]>(
        `INSERT INTO rate_card (one, name, imported_at, csv, currency)
         VALUES (1, @name, @importedAt, @csv, @currency)
         ON CONFLICT (one) DO UPDATE SET name = excluded.name, imported_at = excluded.imported_at,
           csv = excluded.csv, currency = excluded.currency`,
      )
      .run(card);
  }
}
