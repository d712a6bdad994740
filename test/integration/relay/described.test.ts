import { expect, it, onTestFinished } from 'vitest';
import { People } from '../../../src/main/contacts/people.ts';
import { ContactStore } from '../../../src/main/db/contacts.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { accounts } from './numbers.ts';
import { RelayWorld } from './relay-world.ts';
import type { TestConsole } from './test-console.ts';

const world = new RelayWorld({ accounts });
const party = { waId: '5511999990000' };

/** What a console keeps about people. */
function openPeople(console: TestConsole, id: string) {
  const { db } = openDatabase({ path: ':memory:' });
  onTestFinished(() => {
    db.close();
  });
  const store = new ContactStore(db);
  let isOnline = true;
  const people = new People({
    store,
    self: () => ({ id, name: `Agent ${id}` }),
    report: async (what) => isOnline && (await console.described(what)).kind === 'granted',
    accounts: () => ['web'],
    clock: world.clock,
    failed: (error) => {
      throw error;
    },
    changed: () => undefined,
  });
  /** Takes what the relay has told this console. */
  const take = () => {
    for (const { body } of console.all('entry')) {
      if (body.type !== 'described') continue;
      const { at, by } = body;
      store.write(
        body.party,
        body.fields.map((field) => ({ ...field, at, by: by.name })),
      );
    }
  };
  return {
    people,
    take,
    setOnline: (online: boolean) => {
      isOnline = online;
    },
  };
}

it('what an agent writes down about a customer reaches everyone who sees the number', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const fields = [{ field: 'doNotCall' as const, value: 'yes:asked\u202e so' }];
  expect(await ana.described({ accountId: 'web', party, fields })).toEqual({ kind: 'granted' });
  expect(await bea.entry('described')).toEqual({
    type: 'described',
    accountId: 'web',
    by: { id: 'ana', name: 'Agent ana' },
    at: world.clock.now(),
    party,
    fields: [{ field: 'doNotCall', value: 'yes:asked so' }],
  });
  expect(await ana.described({ accountId: 'nobody', party, fields })).toEqual({
    kind: 'refused',
    why: 'unknown-account',
  });
});

it('all consoles agree on what was written last, also by somebody who was offline', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const [here, there] = [openPeople(ana, 'ana'), openPeople(bea, 'bea')];
  here.setOnline(false);
  here.people.edit(party, { name: 'Rui', notes: 'Prefers mornings' });
  await here.people.share();
  world.clock.advance(1000);
  there.people.edit(party, { name: 'Rui Costa', doNotCall: { on: true } });
  await there.people.share();
  world.clock.advance(1000);
  // The relay decides who was last: it hears of the first name now.
  here.setOnline(true);
  await here.people.share();
  for (const console of [ana, bea]) {
    await console.until(() => console.all('entry').length === 2 || undefined);
  }
  here.take();
  there.take();
  expect(here.people.details(party)).toEqual(there.people.details(party));
  expect(there.people.details(party)).toMatchObject({
    name: 'Rui',
    notes: 'Prefers mornings',
    doNotCall: { by: 'Agent bea' },
  });
  // Nothing is told twice.
  await here.people.share();
  await there.people.share();
  expect(ana.all('entry')).toHaveLength(2);
});
