import type { Db } from '../../../sqlite/migrate.ts';

/** An agent's word that two people are one. */
export interface Merge {
  kept: string;
  other: string;
  at: number;
}

/** An agent's word that two people are one, or that they are not. */
export interface MergeWord extends Merge {
  undone: boolean;
  by: string;
  /** Teammates should have it and do not. */
  unsent?: boolean | undefined;
}

/** What agents said about who is one person: of the same two, the last word counts. */
export class Merges {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** Whether two people were merged, and that was not undone. */
  holds({ kept, other }: Pick<Merge, 'kept' | 'other'>): boolean {
    return this.#sql.find.get({ kept, other })?.undone === 0;
  }

  /** Stores a word. One that is said here is the last. @returns whether it is */
  put({ undone, unsent = false, ...word }: MergeWord): boolean {
    const known = unsent ? (this.#sql.find.get(word)?.at ?? -1) : -1;
    const at = Math.max(word.at, known + 1);
    const flags = { undone: undone ? 1 : 0, unsent: unsent ? 1 : 0 };
    return this.#sql.put.run({ ...word, at, ...flags }).changes > 0;
  }

  /** What teammates should have and do not. */
  unsent(): readonly MergeWord[] {
    return this.#sql.unsent.all().map((word) => ({ ...word, undone: word.undone === 1 }));
  }

  /** The relay has it; a later word stays unsent. */
  sent({ kept, other, at }: Merge): void {
    this.#sql.sent.run({ kept, other, at });
  }

  /** What an agent said is told again. */
  unsend(by: string): void {
    this.#sql.unsend.run({ by });
  }
}

type Stored = Omit<MergeWord, 'undone' | 'unsent'> & { undone: number };

function prepare(db: Db) {
  return {
    find: db.prepare<[Pick<Merge, 'kept' | 'other'>], { at: number; undone: number }>(
      'SELECT at, undone FROM person_merge WHERE kept = @kept AND other = @other',
    ),
    put: db.prepare<[Stored & { unsent: number }]>(
      `INSERT INTO person_merge (kept, other, at, by, undone, unsent)
       VALUES (@kept, @other, @at, @by, @undone, @unsent)
       ON CONFLICT (kept, other) DO UPDATE SET at = excluded.at, by = excluded.by,
         undone = excluded.undone, unsent = excluded.unsent
         WHERE (excluded.at, excluded.by, -excluded.undone)
           > (person_merge.at, person_merge.by, -person_merge.undone)`,
    ),
    unsent: db.prepare<[], Stored>(
      'SELECT kept, other, at, by, undone FROM person_merge WHERE unsent = 1 ORDER BY at',
    ),
    sent: db.prepare<[Merge]>(
      'UPDATE person_merge SET unsent = 0 WHERE kept = @kept AND other = @other AND at = @at',
    ),
    unsend: db.prepare<[{ by: string }]>('UPDATE person_merge SET unsent = 1 WHERE by = @by'),
  };
}
