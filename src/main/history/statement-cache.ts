import type { Statement } from 'better-sqlite3';
import type { Db } from '../../sqlite/migrate.ts';

/** So many statements are kept; each set of filters has its own. */
const MOST = 50;

type Parameters = Record<string, string | number>;

/** Statements whose rows have one shape, by their SQL: to prepare one takes longer than to read a page. */
export class StatementCache<Row> {
  readonly #db: Db;
  /** The last used comes last. */
  readonly #known = new Map<string, Statement<[Parameters], Row>>();

  constructor(db: Db) {
    this.#db = db;
  }

  get(sql: string): Statement<[Parameters], Row> {
    const statement = this.#known.get(sql) ?? this.#db.prepare<[Parameters], Row>(sql);
    this.#known.delete(sql);
    this.#known.set(sql, statement);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    return statement;
  }
}
