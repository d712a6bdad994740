import { expect, it, onTestFinished } from 'vitest';
import { PeopleSharing, toldBy } from '../../../../src/main/contacts/people-sharing.ts';
import { People } from '../../../../src/main/contacts/people.ts';
import { ContactStore } from '../../../../src/main/db/contacts.ts';
import type { PeopleEntry } from '../../../../src/shared/protocol/people.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';
import type { TestConsole } from '../test-console.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const world = new RelayWorld({ accounts });
const party = { waId: '5511999990000' };
const other = { userId: 'BR.7' };

const isAboutPeople = (body: { type: string }): body is PeopleEntry =>
  body.type === 'described' || body.type === 'merged';

/** All that counts now, as a console is told. */
async function known(console: TestConsole): Promise<PeopleEntry[]> {
  const entries: PeopleEntry[] = [];
  let after: number | undefined;
  do {
    const answer = await console.ask({ type: 'known-people', after });
    if (answer.kind !== 'people') throw new Error(JSON.stringify(answer));
    entries.push(...answer.entries);
    after = answer.next;
  } while (after !== undefined);
  return entries;
}

/** What a console keeps about people. */
function openPeople(console: TestConsole, id: string, numbers: readonly string[] = ['web']) {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const store = new ContactStore(db);
  const self = () => ({ id, name: `Agent ${id}` });
  let isOnline = true;
  const sharing = new PeopleSharing({
    store,
    self,
    relay: {
      people: async (what) =>
        isOnline && (await console.ask({ type: 'people', ...what })).kind === 'granted',
      async knownPeople(after) {
        const answer = isOnline ? await console.ask({ type: 'known-people', after }) : undefined;
        return answer?.kind === 'people' ? answer : undefined;
      },
    },
    accounts: () => numbers,
    changed: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  const people = new People({
    store,
    self,
    share: () => void sharing.share(),
    clock: world.clock,
    changed: () => undefined,
  });
  /** Takes what the relay has told this console. */
  const take = () => {
    const bodies = console.all('entry').map(({ body }) => body);
    store.hear(bodies.filter(isAboutPeople).map((entry) => toldBy(entry, id)));
  };
  return {
    store,
    people,
    sharing,
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
  const entry = {
    type: 'described',
    accountId: 'web',
    by: { id: 'ana', name: 'Agent ana' },
    at: world.clock.now(),
    party,
    fields: [{ field: 'doNotCall', value: 'yes:asked so' }],
  };
  expect(await bea.entry('described')).toEqual(entry);
  expect(await known(bea)).toEqual([entry]);
  expect(await ana.described({ accountId: 'nobody', party, fields })).toEqual({
    kind: 'refused',
    why: 'unknown-account',
  });
});

it('of two writings the later one counts, also if its author was offline meanwhile', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const [here, there] = [openPeople(ana, 'ana'), openPeople(bea, 'bea')];
  here.setOnline(false);
  here.people.edit(party, { name: 'Rui', notes: 'Prefers mornings' });
  await here.sharing.share();
  world.clock.advance(1000);
  there.people.edit(party, { name: 'Rui Costa', doNotCall: { on: true } });
  await there.sharing.share();
  world.clock.advance(1000);
  here.setOnline(true);
  await here.sharing.share();
  for (const console of [ana, bea]) {
    await console.until(() => console.all('entry').length === 2 || undefined);
  }
  here.take();
  there.take();
  expect(here.people.details(party)).toEqual(there.people.details(party));
  expect(there.people.details(party)).toMatchObject({
    name: 'Rui Costa',
    notes: 'Prefers mornings',
    doNotCall: { by: 'Agent bea' },
  });
  // Nothing is told twice, not even by a console that no longer knows what it told.
  here.store.unsendPeople('Agent ana');
  await here.sharing.share();
  await there.sharing.share();
  await bea.speaks();
  expect(bea.all('entry')).toHaveLength(2);
});

it('a console that joins new gets names, merges and imports of long ago', async () => {
  const here = openPeople(await world.join('ana'), 'ana');
  const rows = Array.from({ length: 120 }, (_, n) => `Person ${n},+55119${10_000_000 + n}`);
  const file = ['name,phone', ...rows].join('\n');
  const { id } = await here.people.planImport('many.csv', file, 'BR');
  expect(await here.people.import(id)).toBe(120);
  here.people.edit(party, { name: 'Rui', company: 'Sol' });
  here.people.merge(party, other);
  here.people.merge({ waId: '5511910000000' }, { waId: '5511910000001' });
  world.clock.advance(1000);
  here.people.unmerge({ kept: '5511910000000', other: '5511910000001' });
  await here.sharing.share();
  // The log forgets; what counts stays, also at a restart.
  world.clock.advance(40 * 86_400_000);
  await world.restart();
  const there = openPeople(await world.join('bea'), 'bea');
  await there.sharing.handleConnected(['web']);
  expect(there.store.details({ waId: '5511910000119' })).toEqual({ name: 'Person 119' });
  expect(there.store.details(other)).toMatchObject({ name: 'Rui', company: 'Sol' });
  expect(there.store.personOf(other)).toBe(party.waId);
  expect(there.store.personOf({ waId: '5511910000001' })).toBe('5511910000001');
  expect(there.store.hasWholePeople(['web'])).toBe(true);
});

it('a relay that lost its store is told by every console what its agent wrote down', async () => {
  const ana = await world.join('ana');
  const here = openPeople(ana, 'ana');
  await here.sharing.handleConnected(['web']);
  here.store.write(party, [{ field: 'name', value: 'Rui', at: 5, by: 'Agent ana' }]);
  here.store.write(other, [{ field: 'name', value: 'Bia', at: 5, by: 'Agent bea' }]);
  here.sharing.handleIncomplete();
  await here.sharing.handleConnected(['web']);
  expect(await known(ana)).toMatchObject([{ party, at: 5, fields: [{ value: 'Rui' }] }]);
});

it('nobody is told what was written down at a number that is not theirs', async () => {
  const ana = await world.join('ana');
  await world.token('bea', { numbers: ['meta'] });
  const bea = await world.join('bea');
  const here = openPeople(ana, 'ana', ['web', 'meta']);
  here.store.add({
    identity: 'web/1',
    accountId: 'web',
    party,
    at: 1,
    body: { kind: 'message-in', type: 'text', text: 'Hello' },
  });
  here.people.edit(party, { notes: 'secret' });
  here.people.edit(other, { name: 'New' });
  await here.sharing.share();
  // Whom no number knows yet may turn up at any of the agent's.
  expect(await known(bea)).toMatchObject([{ accountId: 'meta', party: other }]);
  expect(await known(ana)).toHaveLength(3);
  expect(await bea.entry('described')).toMatchObject({ party: other });
  expect(bea.all('entry')).toHaveLength(1);
  const merges = [{ kept: '1', other: '2', at: 1 }];
  expect(await bea.ask({ type: 'people', accountId: 'web', people: [], merges })).toMatchObject({
    kind: 'refused',
  });
});

it('an answer is a page, whatever agents write', async () => {
  const ana = await world.join('ana');
  const here = openPeople(ana, 'ana');
  for (let n = 0; n < 200; n++) {
    here.people.edit({ waId: `55119${10_000_000 + n}` }, { notes: '語'.repeat(4_000) });
  }
  await here.sharing.share();
  const first = await ana.ask({ type: 'known-people' });
  expect(first).toMatchObject({ kind: 'people', next: expect.any(Number) });
  expect(JSON.stringify(first).length).toBeLessThan(500_000);
  expect(await known(ana)).toHaveLength(200);
});

it('nobody writes in the future', async () => {
  const ana = await world.join('ana');
  const now = world.clock.now();
  const fields = [{ field: 'name' as const, value: 'Rui' }];
  const people = [{ party, at: now + 3_600_000, fields }];
  await ana.ask({ type: 'people', accountId: 'web', people, merges: [] });
  expect(await known(ana)).toMatchObject([{ at: now }]);
});

it('a console that was away brings back nothing of a person who was erased meanwhile', async () => {
  await world.token('adam', { role: 'admin' });
  const adam = await world.join('adam');
  const here = openPeople(await world.join('ana'), 'ana');
  here.people.edit(party, { name: 'Rui' });
  here.people.merge(other, party);
  world.clock.advance(1_000);
  const keys = [party.waId];
  expect(await adam.ask({ type: 'admin', request: { do: 'erase', keys } })).toMatchObject({
    kind: 'erased',
  });
  await here.sharing.share();
  expect(await known(adam)).toEqual([]);
  world.clock.advance(1_000);
  here.people.edit(party, { name: 'Rui, who is back' });
  await here.sharing.share();
  expect(await known(adam)).toMatchObject([{ party }]);
});
