import { expect, it } from 'vitest';
import type { Todo, TodoAction } from '../../../../src/shared/protocol/todo.ts';
import { plainConfig } from '../harness.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';
import type { TestConsole } from '../test-console.ts';

const { accounts: main } = plainConfig('');
const world = new RelayWorld({ accounts: [main, accounts].flat() });
const accountId = 'main';
const granted = { kind: 'granted' };

const todosOf = async (console: TestConsole): Promise<Todo[]> => {
  const items: Todo[] = [];
  for (;;) {
    const last = items.at(-1);
    const after = last && { accountId: last.accountId, customer: last.customer };
    const answer = await console.ask({ type: 'todos', after });
    if (answer.kind !== 'todos') throw new Error(JSON.stringify(answer));
    items.push(...answer.items);
    if (!answer.more) return items;
  }
};
const missedCall = async (console: TestConsole) => {
  await world.ring('wacid.1');
  await world.end('wacid.1');
  const [item] = await todosOf(console);
  if (!item) throw new Error('nobody waits');
  const { customer, cursor } = item;
  const act = (by: TestConsole, action: TodoAction) =>
    by.ask({ type: 'todo', accountId, customer, action });
  return { customer, cursor, act };
};

it('the first to claim a customer who waits gets them, and everybody hears of it', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const { act, customer } = await missedCall(ana);
  const answers = await Promise.all([act(ana, { kind: 'claim' }), act(bea, { kind: 'claim' })]);
  expect(answers).toEqual([
    granted,
    { kind: 'refused', why: 'taken', by: { id: 'ana', name: 'Agent ana' } },
  ]);
  const owner = { id: 'ana', name: 'Agent ana' };
  for (const console of [ana, bea]) {
    expect(await console.entry('todo')).toEqual({
      type: 'todo',
      accountId,
      customer,
      by: owner,
      at: world.clock.now(),
      change: { kind: 'owner', owner },
    });
  }
  expect(await todosOf(bea)).toMatchObject([{ owner, reasons: { missed: { count: 1 } } }]);
  expect(await act(bea, { kind: 'done', cursor: 1 })).toMatchObject({ why: 'taken' });
});

it('an item closes when a teammate writes to the customer, and stays closed after a restart', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const { customer, act } = await missedCall(ana);
  const party = { waId: customer };
  await bea.sent({ accountId, party, sent: { what: 'text', text: 'We call you back.' } });
  expect(await todosOf(ana)).toEqual([]);
  expect(await act(ana, { kind: 'claim' })).toMatchObject({ why: 'over', by: { id: 'bea' } });
  await world.restart();
  expect(await todosOf(await world.join('ana'))).toEqual([]);
});

it('a customer who is answered at another number waits nowhere, and whoever sees one of them hears of it', async () => {
  await world.token('eva', { numbers: ['web'] });
  await world.token('oto', { numbers: ['main'] });
  const [bea, eva, oto] = [
    await world.join('bea'),
    await world.join('eva'),
    await world.join('oto'),
  ];
  const { customer } = await missedCall(oto);
  const party = { waId: customer };

  // In a message from a number of another provider, which the other agent does not have.
  await eva.sent({ accountId: 'web', party, sent: { what: 'text', text: 'We call you back.' } });
  expect(await oto.entry('answered')).toMatchObject({
    accountId,
    answer: { kind: 'wrote', by: { id: 'eva' } },
  });
  expect(await todosOf(oto)).toEqual([]);
  expect(eva.all('entry').map(({ body }) => body.type)).toEqual(['sent']);

  // In a call: they wait again if nobody speaks with them after all.
  const callbackAt = world.clock.now() + 60_000;
  await eva.noted({ accountId: 'web', party, providerCallId: 'web.1', text: '', callbackAt });
  const isWaiting = async (yes: boolean) => {
    await expect.poll(() => todosOf(eva)).toHaveLength(yes ? 1 : 0);
  };
  await isWaiting(true);
  expect(await bea.claim(await world.ring('wacid.2'))).toEqual(granted);
  await isWaiting(false);
  await world.end('wacid.2');
  await isWaiting(true);
  expect(await bea.claim(await world.ring('wacid.3'))).toEqual(granted);
  await world.end('wacid.3', 30_000);
  await isWaiting(false);
  const heard = eva.all('entry').flatMap(({ body }) => (body.type === 'answered' ? body : []));
  expect(heard.map(({ answer }) => answer.kind)).toEqual(['claimed', 'released', 'claimed']);
});

it('a person whose two numbers were merged waits under neither once they are answered, until that is undone', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const { customer } = await missedCall(ana);
  const other = '5511333330000';
  const merge = async (at: number, undone: boolean) => {
    const merges = [{ at, kept: other, other: customer, undone }];
    expect(await bea.ask({ type: 'people', accountId, people: [], merges })).toEqual(granted);
  };
  const now = world.clock.now();
  await merge(now, false);
  const text = { what: 'text' as const, text: 'We call you back.' };
  await bea.sent({ accountId, party: { waId: other }, sent: text });
  for (const console of [ana, bea]) {
    expect(await console.entry('answered')).toMatchObject({
      party: { waId: customer },
      answer: { kind: 'wrote', by: { id: 'bea' }, merged: true },
    });
  }
  expect(await todosOf(ana)).toEqual([]);
  await merge(now + 1, true);
  await expect.poll(() => todosOf(ana)).toHaveLength(1);
  expect(ana.all('entry').map(({ body }) => body.type)).toEqual(
    bea.all('entry').map(({ body }) => body.type),
  );
});

it('what an agent has not seen is not done; done can be undone', async () => {
  const ana = await world.join('ana');
  const { act, cursor } = await missedCall(ana);
  await world.ring('wacid.2');
  await world.end('wacid.2');
  expect(await act(ana, { kind: 'done', cursor })).toEqual({ kind: 'refused', why: 'changed' });
  const [item] = await todosOf(ana);
  expect(item?.reasons.missed?.count).toBe(2);
  expect(await act(ana, { kind: 'done', cursor: item?.cursor ?? 0 })).toEqual(granted);
  expect(await todosOf(ana)).toEqual([]);
  expect(await act(ana, { kind: 'undo' })).toEqual(granted);
  expect(await todosOf(ana)).toMatchObject([{ reasons: { missed: { count: 2 } } }]);
});

it('a customer is assigned to an agent of the number only; a supervisor may take them away', async () => {
  await world.token('eva', { numbers: ['web'] });
  await world.token('sam', { role: 'supervisor' });
  const [ana, bea, eva] = [
    await world.join('ana'),
    await world.join('bea'),
    await world.join('eva'),
  ];
  const sam = await world.join('sam');
  const { act } = await missedCall(ana);
  // Nobody need try: the team says who has which number.
  await ana.until(() => ana.team.get('eva')?.numbers);
  expect(ana.team.get('eva')).toMatchObject({ numbers: ['web'] });
  expect(ana.team.get('bea')?.numbers).toBeUndefined();
  expect(await act(ana, { kind: 'assign', to: 'eva' })).toMatchObject({ why: 'not-theirs' });
  expect(await act(ana, { kind: 'assign', to: 'nobody' })).toMatchObject({ why: 'not-theirs' });
  expect(await act(ana, { kind: 'assign', to: 'bea' })).toEqual(granted);
  expect(await act(ana, { kind: 'unassign' })).toMatchObject({ why: 'taken', by: { id: 'bea' } });
  expect(await act(sam, { kind: 'assign', to: 'ana' })).toEqual(granted);
  expect(await act(bea, { kind: 'snooze', until: 1 })).toMatchObject({ why: 'taken' });
  // Whoever has nothing to do with the number learns nothing.
  expect(await act(eva, { kind: 'claim' })).toEqual({ kind: 'refused', why: 'unknown-account' });
  expect(await todosOf(eva)).toEqual([]);
  expect(eva.all('entry')).toEqual([]);
});

it('a console that comes later gets all who wait on its numbers, page by page', async () => {
  await world.token('eva', { numbers: ['web'] });
  const [ana, eva] = [await world.join('ana'), await world.join('eva')];
  const due = world.clock.now() + 60_000;
  for (let number = 0; number < 250; number++) {
    const party = { waId: `4915100000${String(number).padStart(3, '0')}` };
    const noted = { party, providerCallId: `wacid.${number}`, text: '', callbackAt: due };
    await ana.noted({ accountId: number % 2 === 0 ? 'main' : 'web', ...noted });
  }
  const all = await todosOf(ana);
  expect(new Set(all.map(({ customer }) => customer)).size).toBe(250);
  expect(await todosOf(eva)).toHaveLength(125);
});

it('a customer of an agent who was removed may be taken by everybody', async () => {
  const [ana, bea] = [await world.join('ana'), await world.join('bea')];
  const { act } = await missedCall(ana);
  expect(await act(ana, { kind: 'claim' })).toEqual(granted);
  expect(await act(bea, { kind: 'claim' })).toMatchObject({ why: 'taken' });
  await world.relay.agents.remove('ana');
  expect(await act(bea, { kind: 'claim' })).toEqual(granted);
  expect(await todosOf(bea)).toMatchObject([{ owner: { id: 'bea' } }]);
});
