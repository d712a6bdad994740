import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { People } from '../../../../src/main/contacts/people.ts';
import { ContactPages } from '../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../src/main/db/contacts.ts';
import { peopleCsv } from '../../../../src/shared/people/people-csv.ts';
import { vCards } from '../../../../src/shared/people/vcard.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const AT = 1_700_000_000_000;

function open() {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const store = new ContactStore(db);
  let now = AT;
  const people = new People({
    store,
    self: () => ({ id: 'ana', name: 'Ana' }),
    share: () => undefined,
    clock: { now: () => (now += 1000) },
    changed: () => undefined,
  });
  const pages = new ContactPages(db);
  return {
    store,
    people,
    pages,
    take: async (text: string) => {
      const preview = await people.planImport('people.csv', text, 'BR');
      await people.import(preview.id);
      return preview;
    },
    names: () => pages.list('', undefined, 99).rows.map(({ party }) => party.name),
  };
}

it('tells what is new, changed, the same or left out, and then does exactly that', async () => {
  const { store, people, pages, take } = open();
  store.add({
    identity: '1',
    accountId: 'support',
    party: { waId: '551187654321', name: 'Jo' },
    at: AT,
    body: { kind: 'message-in', type: 'text', text: 'hi' },
  });
  const file = [
    'name;phone;company;do_not_call;do_not_call_reason',
    'João da Silva;11 98765-4321;Padaria Sol;;',
    'Bia Rocha;+1 650 253 0000;;yes;asked so',
    'Bia;(650) 253-0000;;;',
    ';+1 650-253-0000;Google;;',
    'No number;;x;;',
  ].join('\r\n');
  const preview = await people.planImport('people.csv', file, 'BR');
  expect(preview).toMatchObject({
    file: 'people.csv',
    added: { count: 1, first: [{ party: { waId: '16502530000', name: 'Bia Rocha' } }] },
    changed: {
      count: 1,
      first: [{ party: { name: 'João da Silva' }, fields: ['name', 'company'] }],
    },
    joined: 1,
    skipped: [
      { line: 4, problem: 'bad-number', what: '(650) 253-0000' },
      { line: 6, problem: 'no-number', what: 'No number' },
    ],
  });
  expect(pages.list('', undefined, 9).rows).toHaveLength(1);
  expect(await people.import(preview.id)).toBe(2);
  expect(await people.import(preview.id)).toBeUndefined();
  expect(store.details({ waId: '16502530000' })).toMatchObject({
    name: 'Bia Rocha',
    company: 'Google',
    doNotCall: { by: 'Ana', reason: 'asked so' },
  });
  // WhatsApp's spelling of the number stays.
  expect(pages.get({ waId: '5511987654321' }, undefined, 9)).toMatchObject({
    party: { waId: '551187654321', name: 'João da Silva' },
    items: [{ kind: 'message-in' }],
  });
  expect(await take(file)).toMatchObject({ added: { count: 0 }, changed: { count: 0 }, same: 2 });
  // An empty cell clears nothing, and a file never lifts “do not call”.
  await take('name,phone,do_not_call\n,+16502530000,no\n');
  expect(store.details({ waId: '16502530000' })).toMatchObject({
    name: 'Bia Rocha',
    doNotCall: {},
  });
});

it('several numbers of an entry are one person, but a switchboard is nobody’s own', async () => {
  const { store, people, names, take } = open();
  const card = (name: string, ...numbers: string[]) =>
    ['BEGIN:VCARD', `FN:${name}`, ...numbers.map((n) => `TEL:${n}`), 'END:VCARD', ''].join('\n');
  const office = '+55 11 3333-4444';
  await take(
    card('Ana Lima', '+55 11 91111-1111', '+55 11 92222-2222', office) +
      card('Bia Rocha', '+55 11 93333-3333', office),
  );
  expect(names()).toEqual(['Ana Lima', 'Bia Rocha']);
  expect(store.personOf({ waId: '5511922222222' })).toBe(store.personOf({ waId: '5511911111111' }));
  expect(store.shown({ waId: '551133334444' }).name).toBeUndefined();
  // What is somebody's already is not taken from them.
  const preview = await people.planImport(
    'x.vcf',
    card('Eva', '+55 11 94444-4444', '+55 11 93333-3333'),
    'BR',
  );
  expect(preview.skipped).toMatchObject([
    { line: 1, problem: 'other-person', what: '+5511933333333' },
  ]);
});

it.each([
  ['CSV', peopleCsv],
  ['vCard', vCards],
] as const)(
  'everybody is the same after an export as %s and an import elsewhere',
  async (_, write) => {
    const here = open();
    here.store.write({ waId: '5511911111111' }, [
      { field: 'name', value: '=Ana; "Lima"', at: AT, by: 'Ana' },
      { field: 'notes', value: 'two\nlines', at: AT, by: 'Ana' },
      { field: 'doNotCall', value: 'yes:', at: AT, by: 'Ana' },
    ]);
    here.store.add({
      identity: '1',
      accountId: 'support',
      party: { waId: '553188887777', userId: 'BR.1', name: 'Rui' },
      at: AT + 1,
      body: { kind: 'message-in', type: 'text' },
    });
    here.store.add({
      identity: '2',
      accountId: 'support',
      party: { userId: 'BR.2', username: 'ivo' },
      at: AT + 2,
      body: { kind: 'message-in', type: 'text' },
    });
    here.people.merge({ waId: '5511911111111' }, { waId: '5511922222222' });
    const everyone = here.pages.everyone();
    const there = open();
    await there.take(write(everyone));
    const sorted = (list: typeof everyone) =>
      list.toSorted((a, b) => (a.numbers[0] ?? '').localeCompare(b.numbers[0] ?? ''));
    expect(sorted(there.pages.everyone())).toEqual(sorted(everyone));
    expect(everyone).toHaveLength(3);
  },
);

it('two thousand people are imported without holding up the calls', async () => {
  const { people, pages } = open();
  const rows = Array.from({ length: 2_000 }, (_, n) => `Person ${n},+55119${10_000_000 + n}`);
  let turns = 0;
  const counter = new AbortController();
  const counted = (async () => {
    for (; !counter.signal.aborted; turns += 1) await setImmediate();
  })();
  const file = ['name,phone', ...rows].join('\n');
  const preview = await people.planImport('many.csv', file, 'BR');
  counter.abort();
  await counted;
  expect(turns).toBeGreaterThan(20);
  expect(preview.added).toMatchObject({ count: 2_000 });
  turns = 0;
  const importing = people.import(preview.id);
  const counting = (async () => {
    for (; pages.everyone().length < 2_000; turns += 1) await setImmediate();
  })();
  await importing;
  await counting;
  expect(turns).toBeGreaterThan(20);
  expect(pages.everyone()).toHaveLength(2_000);
}, 60_000);

it('importing a person with two numbers never lifts “do not call” of one of them', async () => {
  const { people, take } = open();
  const [kept, other] = [{ waId: '16502530000' }, { waId: '16502530001' }];
  people.edit(other, { doNotCall: { on: true, reason: 'asked so' } });
  people.edit(kept, { doNotCall: { on: true } });
  people.edit(kept, { doNotCall: { on: false } });
  await take(
    [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:Bia Rocha',
      'TEL:+16502530000',
      'TEL:+16502530001',
      'END:VCARD',
    ].join('\r\n'),
  );
  expect(people.details(kept).doNotCall).toMatchObject({ reason: 'asked so' });
});

it('merging never lifts “do not call”, even if the mark was lifted of one of them later', () => {
  const { people } = open();
  const [kept, other] = [{ waId: '16502530000' }, { waId: '16502530001' }];
  people.edit(kept, { doNotCall: { on: true } });
  people.edit(other, { doNotCall: { on: true, reason: 'asked so' } });
  people.edit(kept, { doNotCall: { on: false } });
  people.merge(kept, other);
  expect(people.details(kept).doNotCall).toMatchObject({ reason: 'asked so', by: 'Ana' });
  people.edit(kept, { doNotCall: { on: false } });
  expect(people.details(other).doNotCall).toBeUndefined();
});
