import { numberKey, personKey } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { keyOf } from '../migrations/0004-persons.ts';
import { ContactRows } from './contact-rows.ts';
import { ALWAYS, type Evidence, identify, type Naming } from './identity.ts';
import type { PersonDetails as Details } from '../../../shared/ipc/people.ts';
import { type Merge, type MergeWord, Merges } from './merges.ts';
import { PersonDetails, type WrittenField } from './person-details.ts';
import { personAt } from './person-sql.ts';

/** When and by whom something was said. */
type Written = Pick<MergeWord, 'at' | 'by'>;

/**
 * Who is one person, whatever each provider calls them: what is known about it, and what follows from it in all
 * other tables. Whoever writes a row with a number and a user id notes them first.
 */
export class IdentityStore {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #rows: ContactRows;
  readonly #details: PersonDetails;
  readonly #merges: Merges;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#rows = new ContactRows(db);
    this.#details = new PersonDetails(db);
    this.#merges = new Merges(db);
    // After the migration that began to write down what is known, or a rescue without what follows.
    if (this.#sql.isFresh.get()?.fresh === 1) db.transaction(() => this.#applyAll()).immediate();
  }

  /** A number and a user id were reported together. */
  note({ waId, userId }: Party, at: number): void {
    const [number, id] = keysOf({ waId, userId });
    if (number === undefined || id === undefined) return;
    this.#together(() => {
      if (this.#addLink(number, id, at)) this.#apply([number, id]);
    });
  }

  /** A person changed their number or user id at `at`. */
  move(before: Party, now: Party, at: number): void {
    const [oldNumber, oldId] = keysOf(before);
    const [number, id] = keysOf(now);
    // Who has the number that they moved to from then on.
    const after = at + 1000;
    this.#together(() => {
      const news = [
        this.#addMove(oldNumber, number, at, now.waId),
        this.#addMove(oldId, id, at),
        this.#addLink(oldNumber, oldId, at),
        this.#addLink(number, id, after),
        // Only one side is known of each.
        oldId === undefined && number === undefined && this.#addLink(oldNumber, id, at),
        oldNumber === undefined && id === undefined && this.#addLink(number, oldId, after),
      ];
      const keys = [oldNumber, oldId, number, id].filter((key) => key !== undefined);
      if (news.includes(true)) this.#apply(keys);
    });
  }

  /** Two people are one from now on; `kept` is whose number and key they keep. @returns the merge, if it is one */
  merge(kept: string, other: string, written: Written): Merge | undefined {
    const ends = { kept: this.#now(kept), other: this.#now(other) };
    if (ends.kept === ends.other) return undefined;
    this.hear({ ...ends, ...written, undone: false, unsent: true });
    return { ...ends, at: written.at };
  }

  /** Splits what a merge joined. @returns whether there was one */
  unmerge({ kept, other }: Pick<Merge, 'kept' | 'other'>, written: Written): boolean {
    return (
      this.#merges.holds({ kept, other }) &&
      this.hear({ kept, other, ...written, undone: true, unsent: true })
    );
  }

  /** An agent, here or elsewhere, said who is one person. @returns whether anything is new */
  hear(word: MergeWord): boolean {
    let isNew = false;
    this.#together(() => {
      isNew = this.#merges.put(word);
      // Undone merges still lead from one to the other, so that both are found.
      if (isNew) this.#apply([word.kept, word.other]);
    });
    return isNew;
  }

  /** The key under which a person is known now. */
  personOf(party: Party): string | undefined {
    const key = personKey(party);
    return key === undefined ? undefined : this.#now(key);
  }

  /** The key that overrides a row's own, if its number or id means another person at that time. */
  movedTo(party: Party, at: number): string | null {
    const key = personKey(party);
    if (key === undefined) return null;
    const person = this.#sql.personAt.get({ key, at })?.person;
    return person === undefined || person === key ? null : person;
  }

  /** All numbers and ids of a person. */
  keysOf(person: string): readonly string[] {
    return this.#sql.keys.all({ person: this.#now(person) }).map(({ key }) => key);
  }

  /** What agents wrote down about a person. */
  detailsOf(party: Party): Details {
    return this.#details.of(this.personOf(party) ?? '');
  }

  /** Stores what was written down. @returns whether anything is new */
  write(party: Party, fields: readonly WrittenField[]): boolean {
    // Kept where it was said: whose the number is, or will be found to be, follows from the rest.
    const key = personKey(party);
    if (key === undefined) return false;
    const people = new Set<string>();
    this.#together(() => {
      for (const field of fields) {
        const person = this.#now(key);
        const at = field.unsent ? this.#details.after(person, field) : field.at;
        if (!this.#details.write(key, { ...field, at })) continue;
        people.add(this.#sql.personAt.get({ key, at })?.person ?? key);
      }
      this.#details.rebuild([...people]);
      for (const person of people) this.#rows.add(person, party);
    });
    return people.size > 0;
  }

  /** What teammates should have and do not. */
  unsent(): {
    fields: readonly (WrittenField & { key: string })[];
    merges: readonly MergeWord[];
  } {
    return { fields: this.#details.unsent(), merges: this.#merges.unsent() };
  }

  /** The relay has these. */
  sent({ fields, merges }: ReturnType<IdentityStore['unsent']>): void {
    this.#together(() => {
      for (const field of fields) this.#details.sent(field);
      for (const merge of merges) this.#merges.sent(merge);
    });
  }

  /** What an agent wrote down is told again. */
  unsend(by: string): void {
    this.#together(() => {
      this.#details.unsend(by);
      this.#merges.unsend(by);
    });
  }

  #now(key: string): string {
    return this.#sql.personAt.get({ key, at: ALWAYS })?.person ?? key;
  }

  /** @returns whether it changes anything: it is new, or the number has had several owners */
  #addLink(number: string | undefined, id: string | undefined, at: number): boolean {
    if (number === undefined || id === undefined) return false;
    const ends = { a: number, b: id };
    const known = this.#sql.link.get(ends);
    if (known && known.first <= at && at <= known.last) return false;
    this.#sql.addLink.run({ ...ends, at });
    return !known || this.#sql.gaveUp.get({ number }) !== undefined;
  }

  /** @returns whether it is new */
  #addMove(from: string | undefined, to: string | undefined, at: number, number?: string): boolean {
    if (from === undefined || to === undefined || from === to) return false;
    return this.#sql.addMove.run({ from, to, at, number: number ?? null }).changes > 0;
  }

  /** Every key that may be the same person's as one of these. */
  #reach(keys: readonly string[]): readonly string[] {
    const found = new Set(keys);
    let last: readonly string[] = [...found];
    while (last.length > 0) {
      const near = this.#sql.near.all({ keys: JSON.stringify(last) });
      last = near.map(({ key }) => key).filter((key) => !found.has(key));
      for (const key of last) found.add(key);
    }
    return [...found];
  }

  #apply(from: readonly string[]): void {
    const reached = this.#reach(from);
    const keys = JSON.stringify(reached);
    const namings = identify({
      links: this.#sql.links.all({ keys }),
      moves: this.#sql.moves.all({ keys }),
      merges: this.#sql.merges.all({ keys }),
    });
    this.#replace(keys, namings);
    const moved =
      this.#sql.moveCalls.run({ keys }).changes + this.#sql.moveEvents.run({ keys }).changes;
    const people = [...new Set([...reached, ...namings.map(({ person }) => person)])];
    this.#rows.rebuild(people, moved > 0);
    this.#details.rebuild(people);
  }

  #replace(keys: string, namings: readonly Naming[]): void {
    this.#sql.removeAliases.run({ keys });
    for (const naming of namings) this.#sql.addAlias.run(naming);
  }

  #applyAll(): void {
    const evidence: Evidence = {
      links: this.#sql.allLinks.all(),
      moves: this.#sql.allMoves.all(),
      merges: this.#sql.allMerges.all(),
    };
    for (const naming of identify(evidence)) this.#sql.addAlias.run(naming);
    const keys = JSON.stringify(this.#sql.aliases.all().map(({ key }) => key));
    this.#sql.moveCalls.run({ keys });
    this.#sql.moveEvents.run({ keys });
    const apart = this.#sql.apart.all().flatMap(({ key, person }) => [key, person]);
    this.#rows.rebuild([...new Set(apart)], true);
  }

  #together(write: () => void): void {
    this.#db.transaction(write).immediate();
  }
}

/** The number's key, and the user id's. */
function keysOf({ waId, userId }: Party): [number: string | undefined, id: string | undefined] {
  return [
    waId === undefined || waId === '' ? undefined : numberKey(waId),
    userId === undefined ? undefined : `u:${userId}`,
  ];
}

const LISTED = '(SELECT value FROM json_each(@keys))';

function moved(table: string, at: string): string {
  const base = `coalesce(${keyOf('wa_id')}, 'u:' || user_id)`;
  const moved = `nullif(${personAt(base, at)}, ${base})`;
  return `UPDATE ${table} SET moved_to = ${moved} WHERE seq IN (
    SELECT seq FROM ${table} WHERE person IN ${LISTED}) AND moved_to IS NOT ${moved}`;
}

function prepare(db: Db) {
  type Keys = [{ keys: string }];
  type Link = Evidence['links'][number];
  type Move = Evidence['moves'][number];
  return {
    isFresh: db.prepare<[], { fresh: number }>(
      `SELECT NOT EXISTS (SELECT 1 FROM person_alias)
         AND (EXISTS (SELECT 1 FROM person_link) OR EXISTS (SELECT 1 FROM person_move)
           OR EXISTS (SELECT 1 FROM person_merge)) AS fresh`,
    ),
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
    aliases: db.prepare<[], { key: string }>(
      'SELECT key FROM person_alias UNION SELECT person FROM person_alias',
    ),
    /** Contacts who turn out to be somebody else. */
    apart: db.prepare<[], { key: string; person: string }>(
      `SELECT contact.key, person_alias.person FROM contact JOIN person_alias
         ON person_alias.key = contact.key AND person_alias.until = ${ALWAYS}
       WHERE person_alias.person <> contact.key`,
    ),
    removeAliases: db.prepare<Keys>(`DELETE FROM person_alias WHERE key IN ${LISTED}`),
    addAlias: db.prepare<[Naming]>(
      'INSERT INTO person_alias (key, until, person) VALUES (@key, @until, @person)',
    ),
    personAt: db.prepare<[{ key: string; at: number }], { person: string }>(
      `SELECT person FROM person_alias WHERE key = @key AND until >= @at ORDER BY until LIMIT 1`,
    ),
    keys: db.prepare<[{ person: string }], { key: string }>(
      `SELECT key FROM person_alias WHERE person = @person AND until = ${ALWAYS}
       UNION SELECT @person ORDER BY key`,
    ),
    moveCalls: db.prepare<Keys>(moved('call', 'created_at')),
    moveEvents: db.prepare<Keys>(moved('contact_event', 'at')),
  };
}
