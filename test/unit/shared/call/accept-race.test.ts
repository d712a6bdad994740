import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import type { Call } from '../../../../src/shared/call/model.ts';
import { outcomeOf, talkSeconds } from '../../../../src/shared/call/record.ts';
import { transition } from '../../../../src/shared/call/transition.ts';
import type { CallProviderEvent, ProviderError } from '../../../../src/shared/providers/events.ts';

/** A call is accepted in the moment in which the customer gives up. */

const T0 = 1_700_000_000_000;
const GAVE_UP = T0 + 9_000;
const party = { waId: '5511987654321' };
const address = { id: 'support/wacid.1', accountId: 'support' };

const told = (event: CallProviderEvent, path: 'relayed' | 'direct' = 'relayed'): CallEvent => ({
  from: 'provider',
  accountId: 'support',
  providerCallId: 'wacid.1',
  path,
  event,
});
const offer = told({ kind: 'offer', at: T0, party });
const ended = (startedAt?: number, failed = false): CallEvent =>
  told({
    kind: 'terminated',
    at: GAVE_UP,
    party,
    direction: 'inbound',
    failed,
    errors: failed ? [{ code: '138000', message: 'words', transient: false }] : [],
    ...(startedAt !== undefined && { startedAt, endedAt: GAVE_UP, durationSeconds: 1 }),
  });
const unanswered = ended();
const answered = ended(GAVE_UP - 1_000);

const ready: CallEvent = { from: 'media', kind: 'leg-ready' };
const accept: CallEvent = { from: 'agent', kind: 'accept' };
const granted: CallEvent = { from: 'relay', kind: 'claim-granted' };
const released: CallEvent = { from: 'relay', kind: 'claim-released', why: 'Invalid parameter' };
const tooLate: CallEvent = { from: 'relay', kind: 'claim-refused', by: '' };
const tooLateForBob: CallEvent = { from: 'relay', kind: 'claim-refused', by: 'Bob' };
const taken: CallEvent = { from: 'relay', kind: 'taken', by: 'Bob' };
const refusedWith = (error: ProviderError): CallEvent => ({
  from: 'relay',
  kind: 'claim-refused',
  by: '',
  error,
});
const refused = refusedWith({ code: '100', message: 'Invalid parameter', transient: false });
const refusedForNow = refusedWith({ code: '131000', message: 'words', transient: true });

const ringing = [offer, ready];
const accepting = [...ringing, accept];

function after(events: readonly CallEvent[], now = GAVE_UP + 200): Call {
  let call: Call | undefined;
  for (const event of events) {
    const step = transition(call, event, address, now);
    if (step.ok) call = step.call;
  }
  if (!call) throw new Error('no call');
  return call;
}

/** Each event once or twice, in any order. */
const anyOrder = (events: readonly CallEvent[]) =>
  fc
    .subarray([...events])
    .chain((again) =>
      fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
    );

function ends(
  before: readonly CallEvent[],
  events: readonly CallEvent[],
  check: (call: Call) => void,
) {
  fc.assert(
    fc.property(anyOrder(events), (shuffled) => {
      check(after([...before, ...shuffled]));
    }),
    { numRuns: 1_000 },
  );
}

describe('a customer who gave up is missed at every console, whatever the order', () => {
  test.each([
    ['accepted, refused by the provider', accepting, [granted, refused, unanswered]],
    ['the relay undoes it too', accepting, [granted, refused, released, unanswered]],
    ['only the log tells it', accepting, [granted, released, unanswered]],
    ['refused for now', accepting, [granted, refusedForNow, unanswered]],
    ['the relay had heard of it before', accepting, [granted, tooLate, unanswered]],
    ['the answer of the relay is lost', accepting, [granted, unanswered]],
    ['it failed at the provider', accepting, [granted, refused, ended(undefined, true)]],
    ['the claim comes too late', accepting, [tooLate, unanswered]],
    ['a teammate accepted it', ringing, [taken, unanswered]],
    ['both accepted it', accepting, [taken, tooLateForBob, unanswered]],
  ] as const)('%s', (_, before, events) => {
    ends(before, events, (call) => {
      expect(outcomeOf(call)).toBe('missed');
      expect(call.connectedAt).toBeUndefined();
      expect(talkSeconds(call)).toBeUndefined();
      const whileAnswering = before === accepting ? { whileAnswering: true } : {};
      expect(call.phase).toMatchObject({ reason: { kind: 'caller-gone', ...whileAnswering } });
    });
  });
});

describe('a customer who was answered is answered at one console, whatever the order', () => {
  test.each([
    ['the relay says so', [granted, answered]],
    ['the customer hung up at once', [granted, tooLate, answered]],
  ] as const)('%s', (_, events) => {
    ends(accepting, events, (call) => {
      expect(outcomeOf(call)).toBe('answered');
      expect(call.phase).toMatchObject({ reason: { kind: 'customer-hung-up' } });
    });
  });

  test.each([
    ['it rang', ringing, [taken, answered]],
    ['the agent pressed Accept, too', accepting, [tooLateForBob, answered]],
    ['both are told', accepting, [taken, tooLateForBob, answered]],
  ] as const)('and at the others by a teammate: %s', (_, before, events) => {
    ends(before, events, (call) => {
      expect(call.phase).toMatchObject({ reason: { kind: 'answered-elsewhere', by: 'Bob' } });
    });
  });

  test('a claim that the agent gave up on, and a teammate won, was not theirs', () => {
    const hangUp: CallEvent = { from: 'agent', kind: 'hang-up' };
    ends([...accepting, hangUp], [tooLateForBob, taken, answered], (call) =>
      expect(outcomeOf(call)).toBe('elsewhere'),
    );
  });
});

test('an accept that the provider refuses for now lets the call ring on, with a silent leg', () => {
  const events = [...accepting, granted];
  const up = after(events, T0 + 2_000);
  expect(up.phase.name).toBe('connected');
  const step = transition(up, refusedForNow, address, T0 + 2_100);
  expect(step).toMatchObject({
    ok: true,
    call: { phase: { name: 'ringing', leg: { state: 'preparing' } } },
    effects: [{ do: 'media.leg' }],
  });
  const again = after([...events, refusedForNow, ready, accept, granted], T0 + 2_200);
  expect(again.phase.name).toBe('connected');
});

test('an accept that the provider refused long before the customer gave up has failed', () => {
  const events = [...accepting, granted, refused];
  const failed = after(events, GAVE_UP - 20_000);
  expect(outcomeOf(failed)).toBe('failed');
  const step = transition(failed, unanswered, address, GAVE_UP);
  expect(step.ok && outcomeOf(step.call)).toBe('failed');
});

test('a customer who was heard is not lost by a late word on the claim', () => {
  const audio: CallEvent = { from: 'media', kind: 'audio' };
  const call = after([...accepting, granted, audio, released, refused, tooLate], T0 + 2_000);
  expect(call.phase.name).toBe('connected');
});

describe('of a direct call, too', () => {
  const direct = told({ kind: 'offer', at: T0, party, sdp: 'theirs' }, 'direct');
  const answer: CallEvent = { from: 'media', kind: 'answer-ready', sdp: 'ours' };
  const sending = [direct, answer, accept, granted];
  const accepted: CallEvent = { from: 'api', kind: 'accepted' };
  const error = { code: '100', message: 'Invalid parameter', transient: false };
  const failed: CallEvent = { from: 'api', kind: 'accept-failed', error };

  test.each([
    ['the provider took the accept', [accepted, unanswered]],
    ['the provider refused it', [failed, unanswered]],
  ] as const)('a customer who gave up is missed: %s', (_, events) => {
    ends(sending, events, (call) => expect(outcomeOf(call)).toBe('missed'));
  });
});
