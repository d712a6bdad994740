import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { inboundCallId } from '../../../src/shared/call/ids.ts';
import type { LogBody, ProviderEntry } from '../../../src/shared/protocol/log-entry.ts';
import type { TodoChange } from '../../../src/shared/protocol/todo.ts';
import { isOpen, waitsFrom } from '../../../src/shared/todo/rules.ts';
import { TODO_TABLES, TodoTable } from '../../../src/sqlite/todo-table.ts';

const bia = { waId: '5511999990000', name: 'Bia' };
const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };
const AT = 1_700_000_000_000;
const CALL = 'wacid.1';
const CALL_ID = inboundCallId('main', CALL);

const provider = (event: ProviderEntry['event'], providerCallId?: string): LogBody => ({
  type: 'provider',
  accountId: 'main',
  event,
  ...(providerCallId !== undefined && { providerCallId }),
});
const message = (
  at = AT,
  more: { type?: string; text?: string; messageId?: string } = {},
): LogBody =>
  provider({
    kind: 'message',
    at,
    party: bia,
    messageId: `m${at}`,
    type: 'text',
    text: 'Where is it?',
    ...more,
  });
const offer = (id = CALL, at = AT): LogBody => provider({ kind: 'offer', at, party: bia }, id);
const accepted = (id = CALL, at = AT + 5_000): LogBody =>
  provider({ kind: 'status', at, status: 'accepted' }, id);
const ended = (
  more: {
    startedAt?: number;
    direction?: 'inbound' | 'outbound';
    at?: number;
    voicemail?: boolean;
  } = {},
  id = CALL,
): LogBody =>
  provider(
    {
      kind: 'terminated',
      at: AT + 30_000,
      party: bia,
      direction: 'inbound',
      failed: false,
      errors: [],
      ...more,
    },
    id,
  );
const sent = (what: 'text' | 'permission-request' = 'text', messageId?: string): LogBody => ({
  type: 'sent',
  accountId: 'main',
  by: ana,
  at: AT + 60_000,
  party: bia,
  sent: what === 'text' ? { what, text: 'On its way' } : { what },
  ...(messageId !== undefined && { messageId }),
});
const failed = (messageId: string): LogBody =>
  provider({
    kind: 'message-status',
    at: AT + 61_000,
    messageId,
    status: 'failed',
    errors: [{ code: '131047', message: 'Re-engagement message', transient: false }],
  });
const noted = (callbackAt?: number, providerCallId = CALL): LogBody => ({
  type: 'noted',
  accountId: 'main',
  by: ana,
  at: AT + 20_000,
  party: bia,
  providerCallId,
  text: 'Wants a call',
  callbackAt,
});
const claimed: LogBody = { type: 'claimed', callId: CALL_ID, by: ana };
const released: LogBody = { type: 'released', callId: CALL_ID, by: ana, why: 'provider' };
const permission = (granted = true, source: 'user' | 'automatic' = 'user'): LogBody =>
  provider({ kind: 'permission', at: AT, party: bia, granted, permanent: false, source });
const change = (what: TodoChange): LogBody => ({
  type: 'todo',
  accountId: 'main',
  customer: bia.waId,
  by: ana,
  at: AT,
  change: what,
});

let table: TodoTable;
let cursor: number;
beforeEach(() => {
  table = open();
  cursor = 0;
});

function open(): TodoTable {
  const db = new Database(':memory:');
  db.exec(TODO_TABLES);
  return new TodoTable(db);
}
const tell = (...bodies: readonly LogBody[]) => {
  for (const body of bodies) table.apply({ body, cursor: ++cursor, at: AT });
};
const item = () => table.find('main', bia.waId);
const reasons = () => Object.keys(table.open(10)[0]?.reasons ?? {}).toSorted();

describe('a customer waits', () => {
  const voicemail = message(AT + 29_000, { messageId: CALL, type: 'audio' });
  const start = { startedAt: AT + 5_000 };
  it.each([
    ['end, then message', [offer(), ended(), voicemail]],
    ['end with a start, then message', [offer(), ended(start), voicemail]],
    ['message, then end', [offer(), voicemail, ended()]],
    ['message, then end with a start', [offer(), voicemail, ended(start)]],
    [
      'message, then a status and an end with a start',
      [offer(), voicemail, accepted(), ended(start)],
    ],
    ['message of a call that nobody reported', [voicemail]],
  ])('after a message in a call, whatever is told first: %s', (_, entries) => {
    tell(...entries);
    expect(reasons()).toEqual(['messages', 'missed']);
    expect(item()?.reasons.missed).toMatchObject({ count: 1, voicemail: true });
    expect(item()?.reasons.messages).toMatchObject({ count: 1, type: 'voicemail' });
  });

  it('after a call that nobody took, counted', () => {
    tell(offer(), ended(), offer('wacid.2'), ended({ at: AT + 90_000 }, 'wacid.2'));
    expect(item()?.reasons.missed).toEqual({
      count: 2,
      since: AT + 30_000,
      last: AT + 90_000,
      callIds: [CALL_ID, inboundCallId('main', 'wacid.2')],
    });
  });

  it('after a voicemail, which is a missed call and no conversation', () => {
    tell(offer(), ended({ startedAt: AT + 5_000, voicemail: true }), offer('wacid.2'));
    tell(ended({}, 'wacid.2'));
    expect(item()?.reasons.missed).toMatchObject({ count: 2, voicemail: true });
    // And it stays known when an undo brings the call back beside a new one.
    tell(change({ kind: 'done' }), offer('wacid.3'), ended({ at: AT + 90_000 }, 'wacid.3'));
    tell(change({ kind: 'undo' }));
    expect(item()?.reasons.missed).toMatchObject({ count: 3, voicemail: true });
    tell(message(AT, { messageId: 'wacid.1', type: 'audio' }));
    expect(item()?.reasons.messages?.type).toBe('voicemail');
  });

  it('after a message, with the last one’s text, but not after a reaction', () => {
    tell(message(AT), message(AT + 1_000, { text: 'Hello?' }));
    tell(message(AT + 2_000, { type: 'reaction' }));
    expect(item()?.reasons.messages).toEqual({
      count: 2,
      since: AT,
      last: AT + 1_000,
      type: 'text',
      text: 'Hello?',
    });
  });

  it('for a call back that was promised, until it is taken back', () => {
    tell(noted(AT + 3_600_000));
    expect(item()?.reasons.callback).toEqual({
      at: AT + 3_600_000,
      by: ana,
      providerCallId: CALL,
    });
    tell(noted(undefined));
    expect(table.open(10)).toEqual([]);
  });

  it('who has just allowed a call, not one whose provider did', () => {
    tell(permission(true, 'automatic'));
    expect(table.open(10)).toEqual([]);
    tell(permission());
    expect(reasons()).toEqual(['permission']);
    tell(permission(false));
    expect(table.open(10)).toEqual([]);
  });

  it('whom a message did not reach, whichever report comes first', () => {
    for (const order of [
      [sent('text', 'w1'), failed('w1')],
      [failed('w1'), sent('text', 'w1')],
    ]) {
      table = open();
      tell(...order);
      expect(item()?.reasons.failed).toEqual({
        at: AT + 61_000,
        messageId: 'w1',
        why: 'Re-engagement message',
      });
    }
  });
});

describe('a customer no longer waits', () => {
  it('when an agent takes their call, and waits again if they could not', () => {
    tell(message(), offer(), claimed);
    expect(item()).toMatchObject({ reasons: {}, closed: { how: 'spoke', by: ana } });
    tell(released);
    expect(reasons()).toEqual(['messages']);
    tell(ended());
    expect(reasons()).toEqual(['messages', 'missed']);
  });

  it('but not when they hang up before an agent who takes their call is connected', () => {
    tell(message(), noted(AT + 3_600_000, 'wacid.0'), offer(), claimed, ended());
    expect(reasons()).toEqual(['callback', 'messages', 'missed']);
  });

  it('and what an earlier call has settled does not come back with one that is given back', () => {
    tell(message(), ended({ startedAt: AT + 5_000 }, 'wacid.0'));
    tell(offer(), claimed, released, ended());
    expect(reasons()).toEqual(['missed']);
  });

  it('when they answer our call; a call that they do not answer is counted', () => {
    tell(message());
    const answer = provider({ kind: 'answer', at: AT + 1_000, party: bia }, 'wacid.out');
    tell(answer, ended({ direction: 'outbound' }, 'wacid.out'));
    expect(item()?.tried).toEqual({ count: 1, last: AT + 30_000 });
    expect(reasons()).toEqual(['messages']);
    tell({ ...answer }, accepted('wacid.out'));
    expect(table.open(10)).toEqual([]);
  });

  it('when somebody writes to them, but not when they are asked for permission', () => {
    tell(offer(), ended(), message(), sent('permission-request'));
    expect(reasons()).toEqual(['messages', 'missed']);
    tell(sent());
    expect(item()).toMatchObject({ reasons: {}, closed: { how: 'wrote', by: ana } });
  });

  it('but what was promised in the same call is still to be done', () => {
    tell(offer(), claimed, noted(AT + 3_600_000), ended({ startedAt: AT + 5_000 }));
    expect(reasons()).toEqual(['callback']);
    tell(ended({ startedAt: AT + 3_700_000, direction: 'outbound' }, 'wacid.2'));
    expect(table.open(10)).toEqual([]);
  });

  it('but a message that came after the call began still needs an answer', () => {
    tell(message(AT), message(AT + 10_000), ended({ startedAt: AT + 5_000 }));
    expect(reasons()).toEqual(['messages']);
  });
});

describe('what agents do', () => {
  it('sets aside a customer until something new comes', () => {
    tell(message(), change({ kind: 'owner', owner: ben }));
    tell(change({ kind: 'snooze', until: AT + 3_600_000 }));
    const set = item();
    expect(set && waitsFrom(set, AT)).toBe(AT + 3_600_000);
    tell(message(AT + 1_000));
    const woken = item();
    expect(woken?.owner).toEqual(ben);
    expect(woken && waitsFrom(woken, AT)).toBe(AT);
  });

  it('closes an item and brings it back, with what came since', () => {
    tell(offer(), ended(), message(), change({ kind: 'done' }));
    expect(item()).toMatchObject({ reasons: {}, closed: { how: 'done', by: ana } });
    tell(change({ kind: 'undo' }));
    expect(reasons()).toEqual(['messages', 'missed']);
    tell(change({ kind: 'done' }), message(AT + 40_000), change({ kind: 'undo' }));
    expect(item()?.reasons).toMatchObject({ missed: { count: 1 }, messages: { count: 2 } });
  });

  it('brings back nothing that was answered since', () => {
    tell(message(AT), change({ kind: 'done' }), message(AT + 1_000), message(AT + 10_000));
    tell(ended({ startedAt: AT + 5_000 }), change({ kind: 'undo' }));
    expect(item()?.reasons.messages?.since).toBe(AT + 1_000);
  });
});

it('a person is one customer, known by number, by user id, or by a new number', () => {
  const userId = 'US.1';
  const by = (party: { waId?: string; userId?: string }, at: number) =>
    provider({ kind: 'message', at, party, messageId: `m${at}`, type: 'text' });
  tell(by({ userId }, AT), by({ waId: '5511999990000', userId }, AT + 1), by({ userId }, AT + 2));
  expect(table.open(10)).toHaveLength(1);
  expect(item()?.reasons.messages?.count).toBe(3);
  tell(provider({ kind: 'moved', at: AT, before: bia, now: { waId: '4915112345678' } }));
  tell(by({ waId: '4915112345678' }, AT + 3), by({ userId }, AT + 4));
  expect(table.open(10).map(({ customer }) => customer)).toEqual(['4915112345678']);
  expect(table.open(10)[0]?.reasons.messages?.count).toBe(5);
});

it('whoever is snoozed and turns out to wait under another name, too, waits now', () => {
  const party = { userId: 'US.1' };
  const snooze = { kind: 'snooze', until: AT + 3_600_000 } as const;
  tell(provider({ kind: 'message', at: AT, party, messageId: 'm', type: 'text' }));
  tell({ type: 'todo', accountId: 'main', customer: 'u:US.1', by: ana, at: AT, change: snooze });
  tell(message(), provider({ kind: 'moved', at: AT, before: party, now: bia }));
  const [one, ...others] = table.open(10);
  expect(others).toEqual([]);
  expect(one?.reasons.messages?.count).toBe(2);
  expect(one && waitsFrom(one, AT)).toBe(AT);
});

it('nobody is brought back under what a person was called before', () => {
  const userId = 'US.1';
  const by = (party: { waId?: string; userId?: string }) =>
    provider({ kind: 'message', at: AT, party, messageId: 'm', type: 'text' });
  const before = { accountId: 'main', customer: `u:${userId}`, by: ana, at: AT };
  tell(by({ userId }), { type: 'todo', ...before, change: { kind: 'done' } });
  tell(by({ waId: bia.waId, userId }), { type: 'todo', ...before, change: { kind: 'undo' } });
  expect(table.open(10).map(({ customer }) => customer)).toEqual([bia.waId]);
  expect(table.closed(10)).toEqual([]);
});

it('an answered call is never a missed one, in whatever order and however often it is reported', () => {
  const reports = [offer(), accepted(), claimed, ended({ startedAt: AT + 5_000 })];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...reports), { maxLength: 8 }),
      fc.shuffledSubarray(reports, { minLength: reports.length }),
      (early, all) => {
        table = open();
        tell(...early, ...all);
        expect(item()?.reasons.missed).toBeUndefined();
      },
    ),
  );
});

it('every console reaches what the relay has, whatever happens', () => {
  const happening = fc.constantFrom<LogBody>(
    message(AT),
    message(AT + 40_000),
    offer(),
    claimed,
    released,
    accepted(),
    ended(),
    ended({ startedAt: AT + 5_000 }),
    ended({ direction: 'outbound', startedAt: AT + 10_000 }, 'wacid.2'),
    ended({ direction: 'outbound' }, 'wacid.3'),
    sent('text', 'w1'),
    failed('w1'),
    noted(AT + 3_600_000),
    noted(),
    permission(),
    permission(false),
    change({ kind: 'owner', owner: ben }),
    change({ kind: 'snooze', until: AT + 9 }),
    change({ kind: 'done' }),
    change({ kind: 'undo' }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (log) => {
      const [relay, console] = [open(), open()];
      for (const [index, body] of log.entries()) {
        for (const one of [relay, console]) one.apply({ body, cursor: index + 1, at: AT });
      }
      expect(console.open(10)).toEqual(relay.open(10));
      // Once a new console has taken over what the relay has, it does not matter what it missed.
      const late = open();
      late.replaceAll(relay.open(10), AT);
      const then = [message(AT + 70_000), change({ kind: 'owner', owner: ana })];
      for (const [index, body] of then.entries()) {
        for (const one of [relay, late]) one.apply({ body, cursor: 100 + index, at: AT });
      }
      expect(late.open(10)).toMatchObject(
        relay.open(10).map(({ reasons, owner }) => ({ reasons, owner })),
      );
      for (const body of log) relay.apply({ body, cursor: 200, at: AT });
      const there = relay.find('main', bia.waId);
      const left = there && !isOpen(there) ? (there.owner ?? there.tried) : undefined;
      expect(left).toBeUndefined();
    }),
  );
});

it('a damaged row holds up nothing', () => {
  const db = new Database(':memory:');
  db.exec(TODO_TABLES);
  table = new TodoTable(db);
  tell(message(), offer());
  db.exec(`UPDATE todo SET item = '{'; UPDATE todo_reference SET reference = 'null'`);
  tell(message(), ended());
  expect(reasons()).toEqual(['messages', 'missed']);
});

it('whoever has not waited for long is forgotten; whoever waits is not', () => {
  tell(message(), offer());
  table.prune(AT + 1);
  expect(reasons()).toEqual(['messages']);
  tell(sent());
  table.prune(AT + 1);
  expect(item()).toBeUndefined();
});
