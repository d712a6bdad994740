import { numberKey, personKey } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { keyOf } from '../migrations/0004-persons.ts';
import { ContactRows } from './contact-rows.ts';
import { EvidenceTable } from './evidence-table.ts';
import { ALWAYS, identify, type Naming } from './identity.ts';
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
  readonly #evidence: EvidenceTable;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#rows = new ContactRows(db);
    this.#details = new PersonDetails(db);
    this.#merges = new Merges(db);
    this.#evidence = new EvidenceTable(db);
    // After the migration that began to write down what is known, or a rescue without what follows.
    if (this.#sql.isFresh.get()?.fresh === 1) db.transaction(() => this.#applyAll()).immediate();
  }

  /** A number and a user id were reported together. */
  note({ waId, userId }: Party, at: number): void {
    const [number, id] = keysOf({ waId, userId });
    if (number === undefined || id === undefined) return;
    this.#together(() => {
      if (this.#evidence.addLink(number, id, at)) this.#apply([number, id]);
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
        this.#evidence.addMove(oldNumber, number, at, now.waId),
        this.#evidence.addMove(oldId, id, at),
        this.#evidence.addLink(oldNumber, oldId, at),
        this.#evidence.addLink(number, id, after),
        // Only one side is known of each.
        oldId === undefined && number === undefined && this.#evidence.addLink(oldNumber, id, at),
        oldNumber === undefined && id === undefined && this.#evidence.addLink(number, oldId, after),
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

  #apply(from: readonly string[]): void {
    const reached = this.#evidence.reach(from);
    const keys = JSON.stringify(reached);
    const namings = identify(this.#evidence.about(reached));
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
    for (const naming of identify(this.#evidence.all())) this.#sql.addAlias.run(naming);
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
  return {
    isFresh: db.prepare<[], { fresh: number }>(
      `SELECT NOT EXISTS (SELECT 1 FROM person_alias)
         AND (EXISTS (SELECT 1 FROM person_link) OR EXISTS (SELECT 1 FROM person_move)
           OR EXISTS (SELECT 1 FROM person_merge)) AS fresh`,
    ),
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
