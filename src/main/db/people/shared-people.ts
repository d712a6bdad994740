import type { Party } from '../../../shared/providers/events.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { WholeNumbers } from '../whole-numbers.ts';
import type { IdentityStore } from './identity-store.ts';
import type { MergeWord } from './merges.ts';
import type { WrittenField } from './person-details.ts';
import { OF_PERSON } from './person-sql.ts';

/** What an agent elsewhere wrote down about a person, or said about who is one. */
export type ToldPerson = { party: Party; fields: readonly WrittenField[] } | MergeWord;

/** What agents here wrote down, for teammates. `accounts`: our numbers that know the person. */
export interface UnsentPeople {
  people: readonly UnsentPerson[];
  merges: readonly (MergeWord & { accounts: readonly string[] })[];
}
interface UnsentPerson {
  accounts: readonly string[];
  party: Party;
  fields: (WrittenField & { key: string })[];
}

function partyOf(key: string): Party {
  return key.startsWith('u:') ? { userId: key.slice(2) } : { waId: key };
}

/** What agents wrote down about people, shared with teammates through the relay. */
export class SharedPeople {
  readonly #db: Db;
  readonly #identity: IdentityStore;
  readonly #whole: WholeNumbers;
  readonly #accounts: ReturnType<typeof prepareAccounts>;

  constructor(db: Db, identity: IdentityStore) {
    this.#db = db;
    this.#identity = identity;
    this.#whole = new WholeNumbers(db, 'people-whole');
    this.#accounts = prepareAccounts(db);
  }

  /** What agents elsewhere wrote down about people; all or nothing. @returns whether anything is new */
  hear(told: readonly ToldPerson[]): boolean {
    let isNew = false;
    this.#db
      .transaction(() => {
        for (const one of told) {
          const wasNew =
            'kept' in one ? this.#identity.hear(one) : this.#identity.write(one.party, one.fields);
          isNew ||= wasNew;
        }
      })
      .immediate();
    return isNew;
  }

  /** What teammates should have and do not. */
  unsent(): UnsentPeople {
    const { fields, merges } = this.#identity.unsent();
    const people = new Map<string, UnsentPerson>();
    for (const field of fields) {
      const { key } = field;
      const known = people.get(key);
      if (known) known.fields.push(field);
      else
        people.set(key, { accounts: this.#accountsOf(key), party: partyOf(key), fields: [field] });
    }
    return {
      people: [...people.values()],
      merges: merges.map((merge) => ({ ...merge, accounts: this.#accountsOf(merge.kept) })),
    };
  }

  /** The relay has these. */
  sent({ people, merges }: UnsentPeople): void {
    this.#identity.sent({ fields: people.flatMap(({ fields }) => fields), merges });
  }

  /** What an agent wrote down is told again, to a relay that may not have it. */
  unsend(by: string): void {
    this.#identity.unsend(by);
  }

  /** Whether all that the relay knows about people of these numbers is here; if not, it has to be asked. */
  hasAll(numbers: readonly string[]): boolean {
    return this.#whole.include(numbers);
  }

  /** Everything about people of these numbers is here, and from now on what is told at others is not. */
  setAll(numbers: readonly string[]): void {
    this.#whole.set(numbers);
  }

  /** Our numbers that know a person. */
  #accountsOf(key: string): readonly string[] {
    return this.#accounts.all({ person: key }).map(({ accountId }) => accountId);
  }
}

function prepareAccounts(db: Db) {
  return db.prepare<[{ person: string }], { accountId: string }>(
    `SELECT account_id AS accountId FROM call WHERE ${OF_PERSON}
       UNION SELECT account_id FROM contact_event WHERE ${OF_PERSON}`,
  );
}
