import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SqliteCallLog } from '../../../../../src/main/db/call-log.ts';
import { ContactPages } from '../../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../../src/main/db/contacts.ts';
import { numberKey, personKey } from '../../../../../src/shared/lib/person-key.ts';
import type { Party } from '../../../../../src/shared/providers/events.ts';
import { endedCall, put } from '../../../../helpers/calls.ts';
import { emptyDatabase } from '../../../../helpers/database.ts';

/** Brazilian mobiles: as WhatsApp spells them, and as people dial them. */
const NUMBERS = ['1', '2', '3', '4'].map((n) => ({
  whatsApp: `55318888777${n}`,
  dialled: `553198888777${n}`,
}));
const IDS = ['BR.1', 'BR.2', 'BR.3', 'BR.4'];

type Fact = { at: number } & (
  | { kind: 'wrote'; party: Party }
  | { kind: 'dialled'; party: Party }
  | { kind: 'moved'; before: Party; now: Party }
);

const number = fc.constantFrom(...NUMBERS);
const id = fc.constantFrom(...IDS);
const parties = fc.oneof(
  number.map(({ whatsApp }): Party => ({ waId: whatsApp })),
  id.map((userId): Party => ({ userId })),
  fc.tuple(number, id).map(([{ whatsApp }, userId]): Party => ({ waId: whatsApp, userId })),
);
const facts = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: parties.map((party) => ({ kind: 'wrote' as const, party })) },
      {
        weight: 2,
        arbitrary: number.map(({ dialled }) => ({
          kind: 'dialled' as const,
          party: { waId: dialled },
        })),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(parties, parties)
          .map(([before, now]) => ({ kind: 'moved' as const, before, now })),
      },
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((found) => found.map((fact, n): Fact => ({ ...fact, at: 1_700_000_000_000 + n * 60_000 })));

/** The same facts in another order, some of them twice. */
const shuffled = facts.chain((list) =>
  fc.tuple(
    fc.constant(list),
    fc
      .tuple(
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.shuffledSubarray(list),
        fc.shuffledSubarray(list),
      )
      .map((parts) => parts.flat()),
  ),
);

function tell(list: readonly Fact[]) {
  const db = emptyDatabase();
  const store = new ContactStore(db);
  const log = new SqliteCallLog(db);
  const pages = new ContactPages(db);
  for (const { at, ...fact } of list) {
    switch (fact.kind) {
      case 'wrote':
        store.add({
          identity: `support/${at}`,
          accountId: 'support',
          party: { ...fact.party, name: `Name ${at}` },
          at,
          body: { kind: 'message-in', type: 'text', text: `at ${at}` },
        });
        break;
      case 'dialled':
        put(
          log,
          endedCall(
            at,
            { direction: 'outbound', party: fact.party, createdAt: at },
            { kind: 'unanswered' },
          ),
        );
        break;
      case 'moved':
        store.move(fact.before, fact.now, at);
        break;
      default:
        fact satisfies never;
    }
  }
  const { rows } = pages.list('', undefined, 100);
  const whole = rows.map(({ party, lastAt, unread, missed }) => ({
    // Which spelling was seen first is not told by another order.
    party: { ...party, waId: party.waId && numberKey(party.waId) },
    lastAt,
    unread,
    missed,
    items: pages.get(party, undefined, 100).items.map(({ at }) => at),
  }));
  return { db, store, pages, whole };
}

it('N3 F6 who is one person follows from what was reported, whatever the order and however often', () => {
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const [one, two] = [tell(list), tell(other)];
      expect(two.whole).toEqual(one.whole);
      // Nothing is lost, and nothing is in two places.
      const happened = list.filter(({ kind }) => kind !== 'moved').map(({ at }) => at);
      const items = one.whole.flatMap((person) => person.items);
      expect(items.toSorted((a, b) => a - b)).toEqual(happened);
      one.db.close();
      two.db.close();
    }),
    { numRuns: 120, seed: 20261129 },
  );
}, 60_000);

it('N3 without changed numbers, whoever shares a number or an id is one person', () => {
  const unmoved = shuffled.filter(([list]) => list.every(({ kind }) => kind !== 'moved'));
  fc.assert(
    fc.property(unmoved, ([list, other]) => {
      // Joined naively, until nothing changes.
      const groups: { keys: Set<string>; items: number[] }[] = [];
      for (const fact of list) {
        if (fact.kind === 'moved') continue;
        const { waId, userId } = fact.party;
        const keys = [personKey({ waId }), personKey({ userId })].filter(
          (key) => key !== undefined,
        );
        const same = groups.filter((group) => keys.some((key) => group.keys.has(key)));
        const joined = {
          keys: new Set([...keys, ...same.flatMap((group) => [...group.keys])]),
          items: [fact.at, ...same.flatMap(({ items }) => items)],
        };
        for (const group of same) groups.splice(groups.indexOf(group), 1);
        groups.push(joined);
      }
      const { db, whole } = tell(other);
      const sorted = (lists: readonly (readonly number[])[]) =>
        lists.map((items) => items.toSorted((a, b) => a - b).join(' ')).toSorted();
      expect(sorted(whole.map(({ items }) => items))).toEqual(
        sorted(groups.map(({ items }) => items)),
      );
      db.close();
    }),
    { numRuns: 120, seed: 20261129 },
  );
}, 60_000);

it('a merge and its undo leave everything as it was, also after more was reported', () => {
  const merged = fc.tuple(facts, facts, fc.nat(), fc.nat());
  fc.assert(
    fc.property(merged, ([before, after, one, other]) => {
      const later = after.map((fact) => ({ ...fact, at: fact.at + 3_600_000 }));
      const told = tell(before);
      const { rows } = told.pages.list('', undefined, 100);
      const [kept, joined] = [rows[one % rows.length], rows[other % rows.length]];
      if (!kept || !joined) return;
      const merge = told.store.merge(kept.party, joined.party, {
        at: 1_700_003_000_000,
        by: 'Ana',
      });
      expect(merge === undefined).toBe(kept === joined);
      if (!merge) return;
      // One person, with both histories.
      const list = told.pages.list('', undefined, 100).rows;
      expect(list).toHaveLength(rows.length - 1);
      const items = (party: Party) =>
        told.pages.get(party, undefined, 100).items.map(({ at }) => at);
      expect(items(kept.party)).toEqual(items(joined.party));
      expect(told.pages.get(joined.party, undefined, 9).party.waId ?? '').toBe(
        kept.party.waId ?? joined.party.waId ?? '',
      );
      for (const fact of later) tellMore(told.store, fact);
      expect(told.store.unmerge(merge, { at: 1_700_004_000_000, by: 'Ana' })).toBe(true);
      expect(told.store.unmerge(merge, { at: 1_700_004_000_001, by: 'Ana' })).toBe(false);
      const { rows: split } = told.pages.list('', undefined, 100);
      const alone = tell(before);
      for (const fact of later) tellMore(alone.store, fact);
      expect(split).toEqual(alone.pages.list('', undefined, 100).rows);
      told.db.close();
      alone.db.close();
    }),
    { numRuns: 120, seed: 20261129 },
  );
}, 60_000);

function tellMore(store: ContactStore, fact: Fact): void {
  if (fact.kind === 'moved') store.move(fact.before, fact.now, fact.at);
  if (fact.kind !== 'wrote') return;
  store.add({
    identity: `support/${fact.at}`,
    accountId: 'support',
    party: fact.party,
    at: fact.at,
    body: { kind: 'message-in', type: 'text' },
  });
}
