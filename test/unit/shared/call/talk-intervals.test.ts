import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { talkSeconds } from '../../../../src/shared/call/record.ts';
import { cutTalk, talkedMs } from '../../../../src/shared/call/talk-intervals.ts';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import type { Call, RelayedCall, TalkInterval } from '../../../../src/shared/call/model.ts';
import { transition } from '../../../../src/shared/call/transition.ts';
import { asRelayed } from '../../../helpers/calls.ts';
import { address, callOffered, relayedHistory, relayedOffer, START } from './arbitrary.ts';

const picked: readonly CallEvent[] = [
  relayedOffer,
  { from: 'media', kind: 'leg-ready' },
  { from: 'agent', kind: 'accept' },
  { from: 'relay', kind: 'claim-granted' },
];

/** A call after events, each this many seconds after the previous one. */
function play(events: readonly (readonly [seconds: number, event: CallEvent])[]): Call {
  let call: Call | undefined;
  let now = START;
  for (const [seconds, event] of events) {
    now += seconds * 1000;
    const step = transition(call, event, address, now);
    if (step.ok) ({ call } = step);
  }
  if (!call) throw new Error('no call');
  return call;
}

/** A just answered call after more events. */
const after = (...events: Parameters<typeof play>[0]) =>
  play([...picked.map((event) => [0, event] as const), ...events]);

const held = (on: boolean): CallEvent => ({ from: 'relay', kind: 'hold', onHold: on });
const hangUp: CallEvent = { from: 'agent', kind: 'hang-up' };

describe('an agent’s talk time', () => {
  test('excludes hold', () => {
    expect(talkSeconds(after([5, held(true)], [60, held(false)], [7, hangUp]))).toBe(12);
    expect(talkSeconds(after([5, held(true)], [60, hangUp]))).toBe(5);
  });

  test('excludes consulting a teammate, however the transfer ends', () => {
    const asked: CallEvent = { from: 'relay', kind: 'transfer-offered', to: 'Bob' };
    const back: CallEvent = { from: 'relay', kind: 'transfer-ended', end: 'unanswered' };
    const gone: CallEvent = { from: 'relay', kind: 'reassigned', to: 'Bob', why: 'transfer' };
    expect(talkSeconds(after([5, asked], [30, back], [4, hangUp]))).toBe(9);
    expect(talkSeconds(after([5, asked], [30, gone]))).toBe(5);
  });

  test('excludes rejoining until the new leg is connected', () => {
    const lost: CallEvent = { from: 'media', kind: 'lost' };
    const back: CallEvent = { from: 'media', kind: 'connected' };
    expect(talkSeconds(after([5, lost], [11, back], [3, hangUp]))).toBe(8);
  });

  test('ends when the relay lost a killed console, however late it reports that', () => {
    const restarted: CallEvent = { from: 'app', kind: 'restarted' };
    const lost = (at: number): CallEvent => ({
      from: 'relay',
      kind: 'leg-lost',
      deadlineAt: START + 60_000,
      at,
    });
    const back: CallEvent = { from: 'media', kind: 'connected' };
    const reported = [5, lost(START + 8_000)] as const;
    expect(talkSeconds(after([20, restarted], reported, [2, back], [3, hangUp]))).toBe(11);
    // From before the call was answered, so it does not affect this interval.
    expect(talkSeconds(after([20, restarted], [5, lost(START - 1)], [0, hangUp]))).toBe(20);
  });

  test('is empty for an agent who was only consulted', () => {
    const consulted = [callOffered, ...picked.slice(1, 3), held(true), ...picked.slice(3)];
    const talk = consulted.map((event) => [0, event] as const);
    const off = (end: 'cancelled' | 'accepted'): CallEvent => ({
      from: 'relay',
      kind: 'call-offer-withdrawn',
      end,
    });
    expect(talkSeconds(play([...talk, [20, off('cancelled')]]))).toBeUndefined();
    expect(talkSeconds(play([...talk, [20, off('accepted')], [6, hangUp]]))).toBe(6);
  });
});

test('talk time equals the time both parties could hear each other, in any history', () => {
  fc.assert(
    fc.property(relayedHistory, (events) => {
      let call: RelayedCall | undefined;
      let now = START;
      let sum = 0;
      const both = () => call?.phase.name === 'connected' && call.onHold !== true;
      for (const { after: ms, event } of [{ after: 0, event: relayedOffer }, ...events]) {
        if (both()) sum += ms;
        now += ms;
        const step = transition(call, event, address, now);
        if (step.ok) call = asRelayed(step.call);
        // A customer who joins only after a consultation.
        if (step.ok && event.from === 'relay' && event.kind === 'call-offer-withdrawn' && both())
          sum = 0;
        // The accept that made it ours was undone, or the provider says that nobody was answered.
        if (call?.talkIntervals === undefined) sum = 0;
      }
      const talk: readonly TalkInterval[] = call?.talkIntervals ?? [];
      expect(talkedMs(talk, now)).toBe(sum);
      const ends = talk.flatMap(({ from, to }) => [from, to ?? Infinity]);
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
      expect(talk.filter(({ to }) => to === undefined)).toHaveLength(both() ? 1 : 0);
    }),
    { numRuns: 2_000 },
  );
});

test('cutting talk time at an earlier end only shortens it and is idempotent', () => {
  const stretch = fc.tuple(fc.nat(1_000), fc.nat(1_000));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 4 }), fc.nat(9_000), (lengths, at) => {
      let clock = 0;
      const talk = lengths.map(([gap, length]) => {
        const from = clock + gap;
        clock = from + length;
        return { from, to: clock };
      });
      const call = { ...asRelayed(after()), talkIntervals: talk };
      const cut = cutTalk(call, at);
      expect(talkedMs(cut.talkIntervals ?? [], clock)).toBeLessThanOrEqual(talkedMs(talk, clock));
      expect(cutTalk(cut, at)).toEqual(cut);
    }),
  );
});
