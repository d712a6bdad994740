import { describe, expect, it } from 'vitest';
import { callHistoryOf, promiseOf } from '../../../../src/main/snapshot/call-history.ts';
import { LiveCalls, ENDED_SHOWN_MS } from '../../../../src/main/snapshot/live-calls.ts';
import { Notices } from '../../../../src/main/snapshot/notices.ts';
import type { DirectCall, RelayedCall } from '../../../../src/shared/call/model.ts';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import type { ContactItem } from '../../../../src/shared/ipc/contacts.ts';
import type { HistoryRow } from '../../../../src/shared/ipc/history.ts';
import { TestClock } from '../fixtures.ts';

function call(more: Partial<DirectCall> = {}): DirectCall {
  return {
    id: 'acc/1',
    accountId: 'acc',
    path: 'direct',
    direction: 'inbound',
    party: { waId: '5511955501234' },
    createdAt: 1000,
    muted: false,
    phase: {
      name: 'ringing',
      deadlineAt: 61_000,
      offer: 'v=0 a=ice-pwd:secret',
      answer: { state: 'preparing' },
      reservation: { state: 'none' },
      soleCandidate: false,
    },
    ...more,
  };
}

const transferred: RelayedCall = {
  ...call(),
  id: 'offer-1',
  path: 'relayed',
  phase: { name: 'connected' },
  callOffer: { callId: 'acc/1', why: 'transfer', from: 'Ana', deadlineAt: 31_000 },
};

const ended = (reason: EndReason, at = 5000) => call({ phase: { name: 'ended', at, reason } });

function setUp() {
  const clock = new TestClock();
  let changes = 0;
  const agent = { isWrappingUp: false };
  /** What the agent calls everybody. */
  const given: { name?: string } = {};
  const wrote = { type: 'text', text: 'It came broken', at: 900 };
  const live = new LiveCalls(
    {
      account: () => ({ label: 'Support', number: '+12025550100' }),
      team: () => undefined,
      alsoRings: () => ['Bea'],
      shown: (party) => ({ ...party, ...given }),
      lastMessage: () => ({ ...wrote }),
      before: () => Promise.resolve({}),
      isWrappingUp: () => agent.isWrappingUp,
    },
    clock,
    () => {
      changes += 1;
    },
  );
  return { clock, live, agent, given, wrote, changes: () => changes };
}

describe('LiveCalls', () => {
  it('shows what the customer wrote with the ring itself, not after it', () => {
    const { live, changes } = setUp();
    live.handleCall(call());
    expect(changes()).toBe(1);
    expect(live.list()[0]?.lastMessage).toMatchObject({ text: 'It came broken', at: 900 });
    live.handleCall(call({ muted: true }));
    expect(live.list()[0]?.lastMessage).toMatchObject({ text: 'It came broken', at: 900 });
  });

  it('shows a message that was written before the ring and reported after it', () => {
    const { live, wrote, changes } = setUp();
    live.handleCall(call());
    live.handleMessages();
    expect(changes()).toBe(1);
    Object.assign(wrote, { text: 'And it is wet', at: 950 });
    live.handleMessages();
    expect(changes()).toBe(2);
    expect(live.list()[0]?.lastMessage).toMatchObject({ text: 'And it is wet', at: 950 });
  });

  it('shows what is known beside a call, and no SDP', () => {
    const { live } = setUp();
    live.handleCall(call());
    expect(live.list()).toMatchObject([
      { country: 'BR', alsoRings: ['Bea'], account: { label: 'Support' } },
    ]);
    expect(JSON.stringify(live.list())).not.toContain('ice-pwd');
  });

  it('calls people by the agent’s name for them until it is taken back', () => {
    const { live, given } = setUp();
    live.handleCall(call({ party: { waId: '5511955501234', name: 'Jo' } }));
    const nameAfter = (name?: string) => {
      if (name === undefined) delete given.name;
      else given.name = name;
      live.handlePeople();
      return live.list()[0]?.party.name;
    };
    expect([nameAfter('João'), nameAfter()]).toEqual(['João', 'Jo']);
  });

  it('keeps an ended call for three seconds, with its reason', () => {
    const { clock, live } = setUp();
    live.handleCall(call());
    clock.to(5000);
    live.handleCall(ended({ kind: 'answered-elsewhere', by: 'Bea' }));
    // A late correction does not prolong its display.
    clock.to(6000);
    live.handleCall(ended({ kind: 'answered-elsewhere', by: 'Bea' }));
    clock.to(5000 + ENDED_SHOWN_MS - 1);
    expect(live.list()).toHaveLength(1);
    clock.to(5000 + ENDED_SHOWN_MS);
    expect(live.list()).toEqual([]);
  });

  it('keeps a call that is wrapped up when another one rings, until that is accepted', () => {
    const { clock, live, agent } = setUp();
    const ids = () => live.list().map(({ id }) => id);
    agent.isWrappingUp = true;
    live.handleCall(call({ connectedAt: 2000, phase: { name: 'connected' } }));
    live.handleCall({ ...ended({ kind: 'agent-hung-up' }, clock.now()), connectedAt: 2000 });
    clock.to(clock.now() + ENDED_SHOWN_MS);
    const next = { id: 'acc/2', createdAt: 9000 };
    live.handleCall(call(next));
    expect(ids()).toEqual(['acc/1', 'acc/2']);
    live.handleCall(call({ ...next, phase: { name: 'connected' } }));
    expect(ids()).toEqual(['acc/2']);
  });

  it('keeps a call that was talked in until its agent has wrapped up, or has the next call', () => {
    const { clock, live, agent } = setUp();
    const talked = (id: string) => {
      live.handleCall(call({ id, connectedAt: 2000, phase: { name: 'connected' } }));
      live.handleCall({ ...ended({ kind: 'agent-hung-up' }, clock.now()), id, connectedAt: 2000 });
      clock.to(clock.now() + ENDED_SHOWN_MS);
    };
    agent.isWrappingUp = true;
    talked('acc/1');
    live.handlePresence();
    expect(live.list().map(({ id }) => id)).toEqual(['acc/1']);
    talked('acc/2');
    expect(live.list().map(({ id }) => id)).toEqual(['acc/2']);
    agent.isWrappingUp = false;
    live.handlePresence();
    expect(live.list()).toEqual([]);
    // One that only rang leaves nothing to write down.
    agent.isWrappingUp = true;
    live.handleCall(call());
    live.handleCall(ended({ kind: 'caller-gone' }, clock.now()));
    clock.to(clock.now() + ENDED_SHOWN_MS);
    expect(live.list()).toEqual([]);
  });

  it('leaves out a call that was over when it was reported', () => {
    const { live } = setUp();
    live.handleCall(ended({ kind: 'out-of-date' }));
    expect(live.list()).toEqual([]);
  });

  it('lists calls missed while offline, newest first, until seen', () => {
    const { live } = setUp();
    const missed = (id: string) => ({ ...ended({ kind: 'caller-gone' }), id });
    const taken = { ...ended({ kind: 'answered-elsewhere', by: 'Bea' }), id: 'taken' };
    live.handleReplayComplete([missed('1'), taken, missed('2')]);
    live.handleReplayComplete([missed('2')]);
    expect(live.missedWhileAway()).toEqual(['2', '1']);
    live.handleSeen('2');
    expect(live.missedWhileAway()).toEqual(['1']);
    live.handleSeen();
    expect(live.missedWhileAway()).toEqual([]);
  });
});

describe('earlier calls', () => {
  const row = (more: Partial<HistoryRow>): HistoryRow => ({
    id: 'old',
    direction: 'inbound',
    outcome: 'missed',
    party: { waId: '5511955501234' },
    accountId: 'acc',
    accountLabel: 'Support',
    createdAt: 0,
    endedAt: 0,
    unseen: false,
    ...more,
  });

  it('include the last call and how many were missed today', async () => {
    const noon = new Date(2026, 0, 15, 12).getTime();
    const rows = [
      row({ id: 'acc/1', createdAt: noon }),
      row({ id: 'b', createdAt: noon - 60_000 }),
      row({ id: 'd', createdAt: noon - 86_400_000, outcome: 'answered', talkSeconds: 240 }),
    ];
    const found = await callHistoryOf(call({ createdAt: noon }), () => Promise.resolve({ rows }));
    expect(found).toEqual({
      lastAt: noon - 60_000,
      lastOutcome: 'missed',
      lastSeconds: undefined,
      missedToday: 1,
    });
  });

  it('leave out the same call, which rang here before a teammate transferred it', async () => {
    const rows = [row({ id: 'acc/1', outcome: 'elsewhere' })];
    expect(await callHistoryOf(transferred, () => Promise.resolve({ rows }))).toBe('none');
  });

  it('tell a first call from one of which nothing is known yet', async () => {
    expect(await callHistoryOf(call(), () => Promise.resolve({ rows: [] }))).toBe('none');
  });

  it('are unknown for a person without a number', async () => {
    const read = () => Promise.reject(new Error('not to be asked'));
    expect(await callHistoryOf(call({ party: {} }), read)).toBeUndefined();
  });
});

it('shows one notice of a kind, and drops it when dismissed', () => {
  const notices = new Notices(
    () => 1,
    () => undefined,
  );
  notices.add({ kind: 'info', code: 'tray-missing' });
  notices.add({ kind: 'info', code: 'tray-missing' });
  expect(notices.list()).toHaveLength(1);
  notices.remove('tray-missing');
  expect(notices.list()).toEqual([]);
});

it('a promised callback is told until somebody has talked with the customer', () => {
  const contact = (...items: ContactItem[]) => ({ party: {}, items });
  const about = { accountId: 'acc', at: 1 };
  const promise = { text: '', tags: [], callbackAt: 70 };
  const own = { kind: 'call', callId: 'acc/0', direction: 'inbound', outcome: 'answered' } as const;
  const promised: ContactItem = { ...about, ...own, id: '0', note: promise };
  const missed: ContactItem = { ...about, ...own, id: '1', callId: 'acc/2', outcome: 'missed' };
  const talked: ContactItem = { ...about, ...own, id: '2', callId: 'acc/3' };
  const theirs: ContactItem = {
    ...about,
    id: '3',
    kind: 'note',
    by: 'Bea',
    providerCallId: '4',
    ...promise,
  };
  const called: ContactItem = { ...about, id: '4', kind: 'colleague-call', outcome: 'answered' };
  const now = call({ id: 'acc/1' });
  expect(promiseOf(contact(missed, promised), now)).toEqual({ at: 70, by: '' });
  expect(promiseOf(contact(talked, promised), now)).toBeUndefined();
  expect(promiseOf(contact(theirs, talked), now)).toEqual({ at: 70, by: 'Bea' });
  expect(promiseOf(contact(called, theirs), now)).toBeUndefined();
  // What is promised in a call is not why it came.
  expect(promiseOf(contact(promised), call({ id: 'acc/0' }))).toBeUndefined();
  expect(promiseOf(contact(), now)).toBeUndefined();
  // That a teammate answered this call, and transferred it, keeps no promise.
  const before: ContactItem = { ...about, ...own, id: '5', callId: 'acc/1', outcome: 'elsewhere' };
  expect(promiseOf(contact(before, theirs), transferred)).toEqual({ at: 70, by: 'Bea' });
});
