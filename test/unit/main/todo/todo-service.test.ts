import { beforeEach, describe, expect, it } from 'vitest';
import { TodoStore } from '../../../../src/main/db/todos.ts';
import type { Outcome } from '../../../../src/main/relay-client/requests.ts';
import type { News } from '../../../../src/main/todo/news.ts';
import { TodoService } from '../../../../src/main/todo/todo-service.ts';
import type { Party } from '../../../../src/shared/providers/events.ts';
import type { LogBody } from '../../../../src/shared/protocol/log-entry.ts';
import { personKey } from '../../../../src/shared/lib/person-key.ts';
import type { Todo, TodoAction, TodoChange } from '../../../../src/shared/protocol/todo.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const bia = { waId: '5511999990000', name: 'Bia' };
const ana = { id: 'ana', name: 'Ana' };
const clock = new FakeClock();
const AT = clock.now();
const NUMBERS = ['main', 'other'];

const message = (accountId = 'main', at = AT): LogBody => ({
  type: 'provider',
  accountId,
  event: { kind: 'message', at, party: bia, messageId: `m${at}`, type: 'text', text: 'Hello?' },
});
const item = (customer: string, cursor: number): Todo => ({
  accountId: 'main',
  customer,
  party: { waId: customer },
  reasons: { messages: { count: 1, since: AT, last: AT, type: 'text', text: 'Hi' } },
  cursor,
});

let store: TodoStore;
let answer: (after: Todo | undefined) => Outcome;
let decision: Outcome;
let sent: TodoAction[];
let stillWaiting: Party[];
let changes: number;
let announced: News[];
let service: TodoService;
let personOf: (party: Party) => string | undefined;
let cursor: number;
const tell = (body: LogBody) => service.handleEntry({ body, cursor: ++cursor, at: AT });
const todos = (items: Todo[], more = false): Outcome => ({ kind: 'todos', items, more });

beforeEach(() => {
  store = new TodoStore(emptyDatabase());
  answer = () => todos([]);
  decision = { kind: 'refused', why: 'taken', by: ana };
  sent = [];
  stillWaiting = [];
  changes = 0;
  announced = [];
  personOf = personKey;
  cursor = 0;
  service = new TodoService({
    store,
    relay: {
      todo: async ({ action }) => {
        if (decision.kind !== 'unreachable') sent.push(action);
        return decision;
      },
      todos: async (after) => answer(after),
    },
    personOf: (party) => personOf(party),
    shown: (party) => party,
    hasAccount: (id) => id !== 'lost',
    self: () => ana,
    clock,
    announce: (news) => void announced.push(news),
    stillWaits: (party) => void stillWaiting.push(party),
    changed: () => (changes += 1),
  });
});

describe('the list', () => {
  it('has one row for two customers whom an agent merged, with what each is called at the relay', () => {
    tell(message('main'));
    const ana = { waId: '5511900000009', name: 'Ana' };
    const event = { kind: 'message' as const, at: AT, messageId: 'x', type: 'text', party: ana };
    tell({ type: 'provider', accountId: 'main', event });
    expect(service.list()).toHaveLength(2);
    personOf = () => personKey(ana);
    service.handlePeople();
    expect(service.list()).toMatchObject([{ customer: ana.waId, items: [{}, {}] }]);
    expect(
      service
        .list()[0]
        ?.items.map(({ customer }) => customer)
        .toSorted(),
    ).toEqual([ana.waId, bia.waId].toSorted());
    expect(service.counts()).toMatchObject({ waiting: 1, mine: 0 });
  });

  it('has one row for a person at several numbers, and none of a number that is not ours', () => {
    tell(message('main'));
    tell(message('other'));
    tell(message('lost'));
    const [row, ...others] = service.list();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ customer: bia.waId, party: bia });
    expect(row?.items.map(({ accountId }) => accountId)).toEqual(['main', 'other']);
    expect(service.counts()).toMatchObject({ waiting: 1, mine: 0 });
  });

  it('counts who was answered last, for this agent’s numbers only', () => {
    for (const accountId of ['main', 'other', 'lost']) {
      tell(message(accountId));
      expect(service.counts().recent).toBe(0);
    }
    for (const accountId of ['main', 'other', 'lost']) {
      const change = { kind: 'done' } as const;
      tell({ type: 'todo', accountId, customer: bia.waId, by: ana, at: AT, change });
    }
    expect(service.counts()).toMatchObject({ waiting: 0, recent: 2 });
    expect(service.recent()).toHaveLength(2);
    tell(message('main'));
    expect(service.counts()).toMatchObject({ waiting: 1, recent: 1 });
  });

  it('counts who is snoozed again when the time has come', () => {
    tell(message());
    const change = { kind: 'snooze', until: AT + 60_000 } as const;
    tell({ type: 'todo', accountId: 'main', customer: bia.waId, by: ana, at: AT, change });
    expect(service.counts().waiting).toBe(0);
    const before = changes;
    clock.advance(60_000);
    expect(changes).toBeGreaterThan(before);
    expect(service.counts().waiting).toBe(1);
  });
});

describe('a console whose log is new or has a gap', () => {
  it('takes over who waits, page by page, with what comes meanwhile', async () => {
    answer = (after) => {
      if (after) return todos([item('2', 6)]);
      // Told on the same socket, between two answers.
      tell(message());
      return todos([item('1', 5), item(bia.waId, 1)], true);
    };
    cursor = 6;
    await service.handleConnected(NUMBERS);
    expect(service.list().map(({ customer }) => customer)).toEqual(['1', '2', bia.waId]);
    expect(store.isWhole(NUMBERS)).toBe(true);
    const asked: unknown[] = [];
    answer = (after) => {
      asked.push(after);
      return todos([]);
    };
    await service.handleConnected(NUMBERS);
    expect(asked).toEqual([]);
    service.handleIncomplete();
    await service.handleConnected(NUMBERS);
    expect(asked).toEqual([undefined]);
    expect(service.list()).toEqual([]);
  });

  it('takes over who waits at a number that the agent gets, or gets back', async () => {
    let asked = 0;
    answer = () => {
      asked += 1;
      return todos([item(String(asked), asked)]);
    };
    await service.handleConnected(['main']);
    await service.handleNumbers(['main', 'other']);
    expect(service.list().map(({ customer }) => customer)).toEqual(['2']);
    await service.handleNumbers(['main']);
    expect(asked).toBe(2);
    await service.handleConnected(['main', 'other']);
    expect(asked).toBe(3);
  });

  it('does not count twice what the relay has counted', async () => {
    answer = () => {
      tell(message());
      return todos([item(bia.waId, 1)]);
    };
    await service.handleConnected(NUMBERS);
    expect(service.list()[0]?.items[0]?.reasons.messages?.count).toBe(1);
  });

  it('keeps what it has when the relay cannot be reached, and asks again', async () => {
    tell(message());
    answer = () => ({ kind: 'unreachable' });
    await service.handleConnected(NUMBERS);
    expect(service.list()).toHaveLength(1);
    expect(store.isWhole(NUMBERS)).toBe(false);
  });
});

it('asks the relay anew when a customer waits again whom this console does not know', async () => {
  await service.handleConnected(NUMBERS);
  answer = () => todos([item(bia.waId, 1)]);
  tell({
    type: 'todo',
    accountId: 'main',
    customer: bia.waId,
    by: ana,
    at: AT,
    change: { kind: 'undo' },
  });
  await expect.poll(() => service.list()).toHaveLength(1);
});

it('a customer whose permission has expired waits no more, and is forgotten', async () => {
  const now = clock.now();
  tell({
    type: 'provider',
    accountId: 'main',
    event: {
      kind: 'permission',
      at: now,
      party: bia,
      granted: true,
      permanent: false,
      expiresAt: now + 60_000,
      source: 'user',
    },
  });
  expect(service.list()).toHaveLength(1);
  clock.advance(60_000);
  service.refresh();
  expect(service.list()).toEqual([]);
  expect(store.open()).toHaveLength(1);
  store.prune(clock.now() + 1);
  expect(store.open()).toEqual([]);
});

it('a refusal names the teammate who was faster', async () => {
  tell(message());
  expect(await service.act('main', bia.waId, { kind: 'claim' })).toMatchObject({
    ok: false,
    error: { code: 'todo-refused', details: ['taken', 'Ana'] },
  });
});

describe('without the relay', () => {
  const cursorOf = () => store.find('main', bia.waId)?.cursor ?? 0;
  const act = (action: TodoAction) => service.act('main', bia.waId, action);
  const done = (): TodoAction => ({ kind: 'done', cursor: cursorOf() });
  const changedTo = (change: TodoChange): LogBody => ({
    type: 'todo',
    accountId: 'main',
    customer: bia.waId,
    by: ana,
    at: AT,
    change,
  });
  beforeEach(async () => {
    await service.handleConnected(NUMBERS);
    tell(message());
    decision = { kind: 'unreachable' };
  });

  it('“done” is shown at once, and sent when the relay is back', async () => {
    expect((await act(done())).ok).toBe(true);
    expect(service.list()).toEqual([]);
    expect(service.recent()).toMatchObject([{ closed: { how: 'done', by: ana } }]);
    expect(service.counts()).toMatchObject({ waiting: 0, queued: 1 });
    // Still away: it is kept.
    await service.handleConnected(NUMBERS);
    expect(service.counts().queued).toBe(1);
    decision = { kind: 'granted' };
    await service.handleConnected(NUMBERS);
    expect(sent).toEqual([{ kind: 'done', cursor: cursorOf() }]);
    expect(service.counts().queued).toBe(0);
    expect(service.list()).toEqual([]);
    tell(changedTo({ kind: 'done' }));
    expect(service.list()).toEqual([]);
    await service.handleConnected(NUMBERS);
    expect(sent).toHaveLength(1);
  });

  it('is taken back before anybody hears of it', async () => {
    await act(done());
    expect((await act({ kind: 'undo' })).ok).toBe(true);
    expect(service.counts()).toMatchObject({ waiting: 1, queued: 0 });
  });

  it('snoozing and waking hold as they come', async () => {
    await act({ kind: 'snooze', until: clock.now() + 60_000 });
    expect(service.counts().waiting).toBe(0);
    await act({ kind: 'wake' });
    expect(service.counts()).toMatchObject({ waiting: 1, queued: 2 });
    decision = { kind: 'granted' };
    await service.handleConnected(NUMBERS);
    expect(sent.map(({ kind }) => kind)).toEqual(['snooze', 'wake']);
  });

  it.each(['done', 'snooze'] as const)(
    '“%s” does not hold for a customer who has written again, and the agent hears of it',
    async (kind) => {
      await act(kind === 'done' ? done() : { kind, until: clock.now() + 60_000 });
      tell(message('main', AT + 5));
      expect(service.counts()).toMatchObject({ waiting: 1 });
      decision = { kind: 'granted' };
      await service.handleConnected(NUMBERS);
      expect(sent).toEqual([]);
      expect(stillWaiting).toEqual([bia]);
      expect(service.counts()).toMatchObject({ waiting: 1, queued: 0 });
    },
  );

  it('what a teammate was faster with is told, unless the customer waits no more', async () => {
    await act(done());
    decision = { kind: 'refused', why: 'taken', by: { id: 'ben', name: 'Ben' } };
    await service.handleConnected(NUMBERS);
    expect(stillWaiting).toEqual([bia]);
    decision = { kind: 'unreachable' };
    await act(done());
    tell({
      type: 'sent',
      accountId: 'main',
      by: { id: 'ben', name: 'Ben' },
      party: bia,
      messageId: 's',
      sent: { what: 'text', text: 'Yes' },
      at: AT + 9,
    });
    decision = { kind: 'refused', why: 'over' };
    await service.handleConnected(NUMBERS);
    expect(stillWaiting).toHaveLength(1);
    expect(service.list()).toEqual([]);
  });

  it('nobody is taken or handed on, because the first wins', async () => {
    for (const action of [{ kind: 'claim' }, { kind: 'assign', to: 'ben' }] as const) {
      expect(await act(action)).toMatchObject({ ok: false, error: { code: 'offline' } });
    }
  });

  it('what is not the agent’s to do is refused', async () => {
    tell(changedTo({ kind: 'owner', owner: { id: 'ben', name: 'Ben' } }));
    expect(await act(done())).toMatchObject({ ok: false, error: { code: 'todo-refused' } });
  });
});

describe('a message', () => {
  const change = (owner: typeof ana): LogBody => ({
    type: 'todo',
    accountId: 'main',
    customer: bia.waId,
    by: owner,
    at: AT,
    change: { kind: 'owner', owner },
  });

  it('is announced when the customer is named by the id alone, and their number is known', () => {
    tell(message());
    announced = [];
    const event = { kind: 'message' as const, at: AT + 90_000, messageId: 'id', type: 'text' };
    const known = { ...bia, userId: 'BR.1' };
    clock.advance(90_000);
    tell({
      type: 'provider',
      accountId: 'main',
      event: { ...event, party: known, messageId: 'b' },
    });
    personOf = () => personKey(bia);
    clock.advance(90_000);
    tell({ type: 'provider', accountId: 'main', event: { ...event, party: { userId: 'BR.1' } } });
    expect(announced).toHaveLength(2);
    expect(service.list()).toHaveLength(1);
  });

  it('is announced once a minute, but not while a teammate takes care of the customer', () => {
    tell(message());
    tell(message('main', AT + 1));
    expect(announced).toEqual([{ kind: 'message', party: bia, text: 'Hello?' }]);
    clock.advance(60_000);
    tell(message('main', AT + 2));
    expect(announced).toHaveLength(2);
    clock.advance(60_000);
    tell(change({ id: 'ben', name: 'Ben' }));
    tell(message('main', AT + 3));
    expect(announced).toHaveLength(2);
    tell(change(ana));
    tell(message('main', AT + 4));
    expect(announced).toHaveLength(3);
  });

  it('from a time away is announced with the others, when all of them are here', async () => {
    service.handleReplay();
    tell(message());
    tell(message('other'));
    expect(announced).toEqual([]);
    await service.handleConnected(NUMBERS);
    expect(announced).toEqual([{ kind: 'messages', customers: 1 }]);
  });
});
