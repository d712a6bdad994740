import type { Db } from '../../../sqlite/migrate.ts';
import type { Evidence } from './identity.ts';
import type { Merge } from './merges.ts';

/** What was reported about who is one person; it only grows, but for merges that are undone. */
export class EvidenceTable {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** @returns whether it changes anything: it is new, or the number has had several owners */
  addLink(number: string | undefined, id: string | undefined, at: number): boolean {
    if (number === undefined || id === undefined) return false;
    const ends = { a: number, b: id };
    const known = this.#sql.link.get(ends);
    if (known && known.first <= at && at <= known.last) return false;
    this.#sql.addLink.run({ ...ends, at });
    return !known || this.#sql.gaveUp.get({ number }) !== undefined;
  }

  /** @returns whether it is new */
  addMove(from: string | undefined, to: string | undefined, at: number, number?: string): boolean {
    if (from === undefined || to === undefined || from === to) return false;
    return this.#sql.addMove.run({ from, to, at, number: number ?? null }).changes > 0;
  }

  /** Every key that may be the same person's as one of these. */
  reach(keys: readonly string[]): readonly string[] {
    const found = new Set(keys);
    let last: readonly string[] = [...found];
    while (last.length > 0) {
      const near = this.#sql.near.all({ keys: JSON.stringify(last) });
      last = near.map(({ key }) => key).filter((key) => !found.has(key));
      for (const key of last) found.add(key);
    }
    return [...found];
  }

  /** What is known about these keys. */
  about(reached: readonly string[]): Evidence {
    const keys = JSON.stringify(reached);
    const { links, moves, merges } = this.#sql;
    return { links: links.all({ keys }), moves: moves.all({ keys }), merges: merges.all({ keys }) };
  }

  all(): Evidence {
    const { allLinks, allMoves, allMerges } = this.#sql;
    return { links: allLinks.all(), moves: allMoves.all(), merges: allMerges.all() };
  }
}

const LISTED = '(SELECT value FROM json_each(@keys))';

function prepare(db: Db) {
  type Keys = [{ keys: string }];
  type Link = Evidence['links'][number];
  type Move = Evidence['moves'][number];
  return {
    link: db.prepare<[{ a: string; b: string }], { first: number; last: number }>(
      'SELECT first, last FROM person_link WHERE a = @a AND b = @b',
    ),
    gaveUp: db.prepare<[{ number: string }], { found: 1 }>(
      'SELECT 1 AS found FROM person_move WHERE from_key = @number LIMIT 1',
    ),
    addLink: db.prepare<[{ a: string; b: string; at: number }]>(
      `INSERT INTO person_link (a, b, first, last) VALUES (@a, @b, @at, @at)
       ON CONFLICT (a, b) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`,
    ),
    addMove: db.prepare<[{ from: string; to: string; at: number; number: string | null }]>(
      `INSERT OR IGNORE INTO person_move (from_key, to_key, at, number)
       VALUES (@from, @to, @at, @number)`,
    ),
    near: db.prepare<Keys, { key: string }>(
      `SELECT b AS key FROM person_link WHERE a IN ${LISTED}
       UNION SELECT a FROM person_link WHERE b IN ${LISTED}
       UNION SELECT to_key FROM person_move WHERE from_key IN ${LISTED}
       UNION SELECT from_key FROM person_move WHERE to_key IN ${LISTED}
       UNION SELECT other FROM person_merge WHERE kept IN ${LISTED}
       UNION SELECT kept FROM person_merge WHERE other IN ${LISTED}`,
    ),
    links: db.prepare<Keys, Link>(`SELECT a, b, first, last FROM person_link WHERE a IN ${LISTED}`),
    moves: db.prepare<Keys, Move>(
      `SELECT from_key AS "from", to_key AS "to", at FROM person_move WHERE from_key IN ${LISTED}`,
    ),
    merges: db.prepare<Keys, Merge>(
      `SELECT kept, other, at FROM person_merge WHERE undone = 0 AND kept IN ${LISTED}`,
    ),
    allLinks: db.prepare<[], Link>('SELECT a, b, first, last FROM person_link'),
    allMoves: db.prepare<[], Move>(
      'SELECT from_key AS "from", to_key AS "to", at FROM person_move',
    ),
    allMerges: db.prepare<[], Merge>('SELECT kept, other, at FROM person_merge WHERE undone = 0'),
  };
}
