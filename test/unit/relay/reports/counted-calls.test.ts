import { expect, test } from 'vitest';
import { CallFacts } from '../../../../src/relay/reports/call-facts.ts';
import { countedCall } from '../../../../src/relay/reports/counted-calls.ts';
import { BreakdownTally } from '../../../../src/shared/insight/breakdown.ts';
import { TransferTally } from '../../../../src/shared/insight/transfers.ts';
import type { LogBody } from '../../../../src/shared/protocol/log-entry.ts';

const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };
const party = { waId: '5511999991234' };
const NAMES = { teamOf: () => undefined, nameOf: (agent: string) => agent };
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

const measured = (
  by: typeof ana,
  more: Omit<
    Extract<LogBody, { type: 'measured' }>,
    'type' | 'accountId' | 'providerCallId' | 'by'
  >,
): LogBody => ({ type: 'measured', accountId: 'main', providerCallId: '1', by, ...more });
const noted = (by: typeof ana, disposition: string | undefined): LogBody => ({
  type: 'noted',
  accountId: 'main',
  providerCallId: '1',
  by,
  at: 0,
  party,
  text: '',
  disposition,
});

test('what consoles measured of a transferred call is each agent’s, and adds up to the call', () => {
  const facts = new CallFacts();
  const more: readonly LogBody[] = [
    measured(ana, { talkSeconds: 21, holdSeconds: 9, mos: 4.2 }),
    // Ana's wrap-up ended, Ben's network was bad, and a stranger measured something.
    measured(ana, { talkSeconds: 21, holdSeconds: 9, wrapUpSeconds: 12, mos: 4.2 }),
    measured(ben, { talkSeconds: 44, holdSeconds: 6, wrapUpSeconds: 5, mos: 2.1, blame: 'agent' }),
    measured({ id: 'eve', name: 'Eve' }, { talkSeconds: 9_999, mos: 1, blame: 'relay' }),
    noted(ana, 'Call again'),
    noted(ben, 'Complaint'),
    noted(ben, 'Sold'),
    noted(ana, undefined),
  ];
  for (const [seconds, body] of story) facts.take(body, seconds * 1000);
  for (const body of more) facts.take(body, 190_000);
  const [call] = [...facts.all()].map((fact) => countedCall(fact, 999_000));
  expect(call).toMatchObject({
    mos: 2.1,
    blame: 'agent',
    disposition: 'Sold',
    parts: [
      { agent: 'ana', talkSeconds: 21, holdSeconds: 9, wrapUpSeconds: 12 },
      { agent: 'ben', talkSeconds: 44, holdSeconds: 6, wrapUpSeconds: 5 },
    ],
  });
  const tally = new BreakdownTally('agent', NAMES);
  if (call) tally.add(call);
  const { all, groups } = tally.result();
  for (const measure of ['talk', 'hold', 'wrapUp'] as const) {
    const sum = groups.reduce((sum, { lengths }) => sum + (lengths[measure]?.total ?? 0), 0);
    expect(all.lengths[measure]).toMatchObject({ calls: 1, total: sum });
  }
});

test('the team pays what the provider billed of a call of ours, or told its console', () => {
  const placed: LogBody = {
    type: 'placed',
    accountId: 'main',
    providerCallId: '1',
    party,
    by: ana,
  };
  const over = (more: object) =>
    reported({
      kind: 'terminated',
      at: 0,
      party,
      failed: false,
      errors: [],
      direction: 'outbound',
      startedAt: 104,
      ...more,
    });
  const billed = (...bodies: LogBody[]) => {
    const facts = new CallFacts();
    for (const body of [placed, ...bodies]) facts.take(body, 200_000);
    const [call] = [...facts.all()].map((fact) => countedCall(fact, 999_000));
    return [call?.billedSeconds, call?.billedMicros];
  };
  expect(billed(over({ durationSeconds: 61, bill: { meta: '0.0132' } }))).toEqual([61, 13_200]);
  // It is settled in parts, and repeated.
  const settled = over({ durationSeconds: 61, bill: { billable: '0.01' } });
  expect(billed(settled, over({ bill: { meta: '0.5' } }), settled)).toEqual([61, 500_000]);
  expect(
    billed(over({}), measured(ana, { talkSeconds: 58, billedSeconds: 60, billedMicros: 7 })),
  ).toEqual([60, 7]);
});

test('a transferred call counts once, and its parts add up to the whole', () => {
  const facts = new CallFacts();
  for (const [seconds, body] of story) facts.take(body, seconds * 1000);
  const calls = [...facts.all()].map((fact) => countedCall(fact, 999_000));
  const breakdown = (dimension: 'number' | 'agent') => {
    const tally = new BreakdownTally(dimension, NAMES);
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

  const transfers = new TransferTally((name) => name);
  for (const call of calls) transfers.add(call);
  expect(transfers.result()).toEqual({
    calls: 1,
    to: [
      { to: 'Ben', end: 'declined', calls: 1 },
      { to: 'Ben', end: 'accepted', calls: 1 },
    ],
  });
});
