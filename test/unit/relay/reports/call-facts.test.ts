import { describe, expect, test } from 'vitest';
import { CallFacts } from '../../../../src/relay/reports/call-facts.ts';
import { figuresOf } from '../../../../src/relay/reports/figures.ts';
import type { LogBody } from '../../../../src/shared/protocol/log-entry.ts';

const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };
const party = { waId: '5511999991234' };
const at = (call: string, event: Extract<LogBody, { type: 'provider' }>['event']): LogBody => ({
  type: 'provider',
  accountId: 'main',
  providerCallId: call,
  event,
});
const offer = (call: string) => at(call, { kind: 'offer', at: 0, party });
const over = (call: string, more: object = {}) =>
  at(call, { kind: 'terminated', at: 0, party, failed: false, errors: [], ...more });

/** The facts after entries, each at so many seconds. */
function facts(...entries: (readonly [seconds: number, body: LogBody])[]) {
  const calls = new CallFacts();
  for (const [seconds, body] of entries) calls.take(body, seconds * 1000);
  return calls;
}

test('says from when on it knows every call once the oldest had to go', () => {
  const calls = facts(...Array.from({ length: 50_000 }, (_, n) => [n, offer(`${n}`)] as const));
  expect(calls.completeFrom).toBeUndefined();
  calls.take(offer('another'), 50_000_000);
  calls.take(offer('one more'), 50_001_000);
  expect(calls.completeFrom).toBe(2_000);
  expect([...calls.all()]).toHaveLength(50_000);
});

const transferOf = (callOfferId: string, why: 'transfer' | 'requeue'): LogBody => ({
  type: 'call-offer',
  callOffer: {
    callOfferId,
    callId: 'main/1',
    accountId: 'main',
    providerCallId: '1',
    direction: 'inbound',
    party,
    why,
    from: ana,
    to: [ben],
    deadlineAt: 0,
  },
});

test('counts a call for whoever placed it, also if they can tell only when it is over', () => {
  const placed: LogBody = {
    type: 'placed',
    accountId: 'main',
    providerCallId: '1',
    party,
    by: ana,
  };
  const end = over('1', { direction: 'outbound', startedAt: 20, durationSeconds: 30 });
  for (const late of [true, false]) {
    const calls = late
      ? facts([50, end], [90, placed], [91, placed])
      : facts([10, placed], [50, end], [51, end], [52, placed]);
    expect(figuresOf(calls.all(), 100_000).agents).toEqual([
      { id: 'ana', name: 'Ana', answered: 0, placed: 1, talkSeconds: 30 },
    ]);
  }
});

describe('a customer who gave up just as an agent took the call is missed', () => {
  const claimed: LogBody = { type: 'claimed', callId: 'main/1', by: ana };
  const released: LogBody = { type: 'released', callId: 'main/1', by: ana, why: 'refused' };
  const ended: LogBody = { type: 'ended', callId: 'main/1', by: ana, why: 'hung-up' };
  test.each([
    ['the log has the claim', [claimed, over('1')]],
    ['it was undone', [claimed, released, over('1')]],
    ['it was undone later', [claimed, over('1'), released]],
    ['it is told twice, and late', [claimed, over('1'), over('1'), claimed]],
    ['the agent hung up', [claimed, ended, over('1')]],
  ] as const)('%s', (_, bodies) => {
    const entries = bodies.map((body, n): [number, LogBody] => [9 + n, body]);
    const calls = facts([0, offer('1')], ...entries);
    expect(figuresOf(calls.all(), 20_000)).toEqual({
      agents: [],
      numbers: [{ id: 'main', calls: 1, missed: 1, answered: 0, placed: 0, talkSeconds: 0 }],
    });
  });
});

test('counts answered and missed calls, talk time, and how long callers waited', () => {
  const calls = facts(
    [0, offer('1')],
    [4, { type: 'claimed', callId: 'main/1', by: ana }],
    [64, over('1', { startedAt: 4, durationSeconds: 60 })],
    [70, offer('2')],
    [90, over('2')],
    // A claim that the provider refused.
    [100, offer('3')],
    [101, { type: 'claimed', callId: 'main/3', by: ana }],
    [102, { type: 'released', callId: 'main/3', by: ana, why: 'refused' }],
    [108, { type: 'claimed', callId: 'main/3', by: ben }],
  );
  expect(figuresOf(calls.all(), 118_000)).toEqual({
    agents: [
      { id: 'ana', name: 'Ana', answered: 1, placed: 0, talkSeconds: 60, answerSeconds: 4 },
      { id: 'ben', name: 'Ben', answered: 1, placed: 0, talkSeconds: 10, answerSeconds: 8 },
    ],
    numbers: [
      {
        id: 'main',
        calls: 3,
        missed: 1,
        answered: 2,
        placed: 0,
        talkSeconds: 70,
        answerSeconds: 6,
      },
    ],
  });
});

test('gives each agent of a transferred call their own time, and none while nobody has it', () => {
  const calls = facts(
    [0, offer('1')],
    [1, { type: 'claimed', callId: 'main/1', by: ana }],
    [11, transferOf('offer/1', 'transfer')],
    // A consultation: the customer is still Ana’s.
    [15, { type: 'claimed', callId: 'offer/1', by: ben }],
    [
      21,
      {
        type: 'call-offer-ended',
        callOfferId: 'offer/1',
        callId: 'main/1',
        end: 'accepted',
        by: ben,
      },
    ],
    [31, transferOf('offer/2', 'requeue')],
    [
      36,
      {
        type: 'call-offer-ended',
        callOfferId: 'offer/2',
        callId: 'main/1',
        end: 'accepted',
        by: ana,
      },
    ],
    [37, { type: 'ended', callId: 'main/1', by: ana, why: 'hung-up' }],
    [38, over('1')],
  );
  const [call] = calls.all();
  expect(call?.parts.map(({ agent, from, to }) => [agent.id, from, to])).toEqual([
    ['ana', 1_000, 21_000],
    ['ben', 21_000, 31_000],
    ['ana', 36_000, 37_000],
  ]);
  const { agents } = figuresOf(calls.all(), 40_000);
  expect(agents.map(({ id, answered, talkSeconds }) => [id, answered, talkSeconds])).toEqual([
    ['ana', 1, 21],
    ['ben', 0, 10],
  ]);
});

test('knows who placed a call, and takes a lost answer from its end', () => {
  const placed = (id: string): LogBody => ({
    type: 'placed',
    accountId: 'main',
    providerCallId: id,
    party,
    by: ben,
  });
  const calls = facts(
    [0, placed('1')],
    [5, at('1', { kind: 'status', at: 0, status: 'accepted' })],
    [25, over('1', { direction: 'outbound' })],
    [30, placed('2')],
    [60, over('2', { direction: 'outbound' })],
    [70, placed('3')],
    [100, over('3', { direction: 'outbound', durationSeconds: 12 })],
    // An end that somebody reports again.
    [101, over('3', { direction: 'outbound', durationSeconds: 12 })],
  );
  expect(figuresOf(calls.all(), 200_000)).toEqual({
    agents: [{ id: 'ben', name: 'Ben', answered: 0, placed: 3, talkSeconds: 32 }],
    numbers: [{ id: 'main', calls: 0, missed: 0, answered: 0, placed: 3, talkSeconds: 32 }],
  });
});

test('forgets the oldest calls', () => {
  const calls = facts([0, offer('1')], [10, offer('2')]);
  calls.forget(5_000);
  expect([...calls.all()].map(({ key }) => key)).toEqual(['main/2']);
});
