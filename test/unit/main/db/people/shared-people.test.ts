import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toldBy } from '../../../../../src/main/contacts/people-sharing.ts';
import { ContactPages } from '../../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../../src/main/db/contacts.ts';
import { migrateStore } from '../../../../../src/relay/store/migrations.ts';
import { PeopleTable } from '../../../../../src/relay/store/sqlite-people.ts';
import { personFields } from '../../../../../src/shared/people/person-fields.ts';
import type { PeopleEntry } from '../../../../../src/shared/protocol/people.ts';
import { emptyDatabase } from '../../../../helpers/database.ts';

const KEYS = ['5511900000001', '5511900000002', '5511900000003', 'u:BR.1', 'u:BR.2'];
const AGENTS = ['ana', 'bea', 'eva'].map((id) => ({ id, name: `Agent ${id}` }));
const partyOf = (key: string) => (key.startsWith('u:') ? { userId: key.slice(2) } : { waId: key });

const about = {
  accountId: fc.constantFrom('support', 'sales'),
  by: fc.constantFrom(...AGENTS),
  // Few, so that several are written at once.
  at: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_007 }),
};
const described = fc
  .record({
    ...about,
    key: fc.constantFrom(...KEYS),
    field: fc.constantFrom(...personFields),
    value: fc.constantFrom('', 'yes:a', 'yes:b'),
  })
  .map(({ key, field, value, ...written }): PeopleEntry => {
    return { type: 'described', ...written, party: partyOf(key), fields: [{ field, value }] };
  });
const merged = fc
  .record({
    ...about,
    ends: fc.shuffledSubarray(KEYS, { minLength: 2, maxLength: 2 }),
    undone: fc.boolean(),
  })
  .map(({ ends: [kept = '', other = ''], ...said }): PeopleEntry => {
    return { type: 'merged', ...said, kept, other };
  });
const entries = fc.array(
  fc.oneof({ weight: 3, arbitrary: described }, { weight: 2, arbitrary: merged }),
  { minLength: 1, maxLength: 16 },
);
/** The same in another order, some of them twice. */
const shuffled = entries.chain((list) =>
  fc.tuple(
    fc.constant(list),
    fc
      .tuple(fc.shuffledSubarray(list, { minLength: list.length }), fc.shuffledSubarray(list))
      .map((parts) => parts.flat()),
  ),
);

const emptyRelay = new Database(':memory:');
migrateStore(emptyRelay);
const relayBytes = emptyRelay.serialize();

/** What a console shows after these, by everyone's number or id. */
function shownAfter(list: readonly PeopleEntry[], step = 1) {
  const db = emptyDatabase();
  const store = new ContactStore(db);
  for (let from = 0; from < list.length; from += step) {
    store.hear(list.slice(from, from + step).map((entry) => toldBy(entry, 'nobody')));
  }
  const { rows } = new ContactPages(db).list('', undefined, 99);
  const shown = KEYS.map((key) => ({
    key,
    person: store.personOf(partyOf(key)),
    details: store.details(partyOf(key)),
  }));
  db.close();
  return { shown, rows };
}

/** What a relay tells a console that joins after these. */
function stateAfter(list: readonly PeopleEntry[]): PeopleEntry[] {
  const db = new Database(relayBytes);
  const table = new PeopleTable(db, (_table, _key, why) => {
    throw new Error(why);
  });
  for (const entry of list) table.apply(entry);
  const state: PeopleEntry[] = [];
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = table.page(after, 3);
    state.push(...page.entries);
    after = page.next;
  }
  for (const entry of list) expect(table.isNews(entry)).toBe(false);
  db.close();
  return state;
}

const sorted = (state: readonly PeopleEntry[]) =>
  state.map((entry) => JSON.stringify(entry)).toSorted();

it('of each field and merge the later word counts, in every order and however often it is told', () => {
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const expected = shownAfter(list);
      expect(shownAfter(other)).toEqual(expected);
      expect(shownAfter(other, 7)).toEqual(expected);
      const state = stateAfter(list);
      // By id too: whoever wrote the same at the same time, one of them counts everywhere.
      expect(sorted(stateAfter(other))).toEqual(sorted(state));
      // A console that joins new shows the same as one that heard it all.
      expect(shownAfter(state)).toEqual(expected);
      expect(shownAfter([...other.slice(0, 5), ...state])).toEqual(expected);
    }),
    { numRuns: 150, seed: 20261130 },
  );
}, 60_000);
