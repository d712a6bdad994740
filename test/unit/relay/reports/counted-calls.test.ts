import { expect, test } from 'vitest';
import { CallFacts } from '../../../../src/relay/reports/call-facts.ts';
import { countedCall } from '../../../../src/relay/reports/counted-calls.ts';
import { BreakdownTally } from '../../../../src/shared/insight/breakdown.ts';
import { TransferTally } from '../../../../src/shared/insight/transfers.ts';
import type { LogBody } from '../../../../src/shared/protocol/frames.ts';

const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };
const party = { waId: '5511999991234' };
const reported = (event: Extract<LogBody, { type: 'provider' }>['event']): LogBody => ({
  type: 'provider',
  accountId: 'main',
  providerCallId: '1',
  event,
});
const offered = (callOfferId: string): LogBody => ({
  type: 'call-offer',
  callOffer: {
    callOfferId,
    callId: 'main/1',
    accountId: 'main',
    providerCallId: '1',
    direction: 'inbound',
    party,
    why: 'transfer',
    from: ana,
    to: [ben],
    deadlineAt: 0,
  },
});
const ended = (callOfferId: string, end: 'accepted' | 'declined'): LogBody => ({
  type: 'call-offer-ended',
  callOfferId,
  callId: 'main/1',
  end,
  ...(end === 'accepted' && { by: ben }),
});

/** Ana answers after 4 s and talks 30 s; Ben declines, then takes it for 50 s. */
const story: readonly (readonly [seconds: number, body: LogBody])[] = [
  [100, reported({ kind: 'offer', at: 0, party })],
  [104, { type: 'claimed', callId: 'main/1', by: ana }],
  [120, offered('o1')],
  [124, ended('o1', 'declined')],
  [130, offered('o2')],
  [134, ended('o2', 'accepted')],
  [
    184,
    reported({
      kind: 'terminated',
      at: 0,
      party,
      failed: false,
      errors: [],
      startedAt: 104,
      durationSeconds: 80,
    }),
  ],
];

test('a transferred call counts once, and its parts add up to the whole', () => {
  const facts = new CallFacts();
  for (const [seconds, body] of story) facts.take(body, seconds * 1000);
  const calls = [...facts.all()].map((fact) => countedCall(fact, 999_000));
  const breakdown = (dimension: 'number' | 'agent') => {
    const tally = new BreakdownTally(dimension, () => undefined);
    for (const call of calls) tally.add(call);
    return tally.result();
  };
  const byNumber = breakdown('number');
  expect(byNumber.groups).toMatchObject([
    { key: 'main', received: 1, pickedUp: 1, lengths: { talk: { calls: 1, total: 80 } } },
  ]);
  const { groups } = breakdown('agent');
  expect(groups).toMatchObject([
    { key: 'ana', received: 1, lengths: { answer: { total: 4 }, talk: { total: 30 } } },
    { key: 'ben', received: 1, lengths: { answer: undefined, talk: { total: 50 } } },
  ]);
  const talk = groups.reduce((sum, { lengths }) => sum + (lengths.talk?.total ?? 0), 0);
  expect(talk).toBe(byNumber.all.lengths.talk?.total);

  const transfers = new TransferTally();
  for (const call of calls) transfers.add(call);
  expect(transfers.result()).toEqual({
    calls: 1,
    to: [
      { to: 'Ben', end: 'declined', calls: 1 },
      { to: 'Ben', end: 'accepted', calls: 1 },
    ],
  });
});
