import { describe, expect, test } from 'vitest';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import type { Call } from '../../../../src/shared/call/model.ts';
import { outcomeOf, talkSeconds } from '../../../../src/shared/call/record.ts';
import { transition } from '../../../../src/shared/call/transition.ts';
import type { CallProviderEvent } from '../../../../src/shared/providers/events.ts';

const T0 = 1_700_000_000_000;
const party = { waId: '5511987654321' };
const address = { id: 'support/wacid.1', accountId: 'support' };

const told = (event: CallProviderEvent): CallEvent => ({
  from: 'provider',
  accountId: 'support',
  providerCallId: 'wacid.1',
  event,
});
const offer = told({ kind: 'offer', at: T0, party, sdp: 'v=0' });
const end = (startedAt?: number): CallEvent =>
  told({
    kind: 'terminated',
    at: T0 + 40_000,
    party,
    direction: 'inbound',
    failed: false,
    errors: [],
    ...(startedAt !== undefined && { startedAt, endedAt: T0 + 40_000, durationSeconds: 20 }),
  });
const message = told({ kind: 'recording', what: 'voicemail', at: T0 + 40_000, mediaId: 'm1' });
const declined: CallEvent = { from: 'agent', kind: 'decline' };
const deadline: CallEvent = { from: 'clock', kind: 'deadline' };
const taken: CallEvent = { from: 'relay', kind: 'taken', by: 'Bob' };
const pickedUp = told({ kind: 'status', at: T0 + 20_000, status: 'accepted' });

function after(...events: readonly CallEvent[]): Call {
  let call: Call | undefined;
  for (const event of events) {
    const step = transition(call, event, address, T0 + 1000);
    if (step.ok) call = step.call;
  }
  if (!call) throw new Error('no call');
  return call;
}

describe('a call that ended in voicemail is missed, not answered', () => {
  const started = T0 + 20_000;
  test.each([
    ['end, then message', [offer, end(), message]],
    ['end with a start, then message', [offer, end(started), message]],
    ['message, then end', [offer, message, end()]],
    ['message, then end with a start', [offer, message, end(started)]],
    ['never rang here', [end(), message]],
    ['never rang here, with a start', [end(started), message]],
    ['rang out here first', [offer, deadline, end(started), message]],
    ['declined here', [offer, declined, deadline, end(started), message]],
    ['declined here, message first', [offer, declined, deadline, message, end(started)]],
    ['reported twice', [offer, end(started), message, message, end(started)]],
    ['a late status of the voicemail', [offer, message, pickedUp, end(started), pickedUp]],
    ['a teammate who took it too late', [offer, message, end(started), taken]],
  ] as const)('%s', (_, events) => {
    const call = after(...events);
    expect(call.voicemail).toEqual({ mediaId: 'm1' });
    expect(outcomeOf(call)).toBe('missed');
    expect(talkSeconds(call)).toBeUndefined();
    expect(call.connectedAt).toBeUndefined();
    expect(call.phase).toMatchObject({
      name: 'ended',
      reason: { kind: expect.stringMatching(/^(caller-gone|rang-out|declined-by-agent)$/) },
    });
  });

  test('by the provider’s own word', () => {
    const call = after(
      told({
        kind: 'terminated',
        at: T0,
        party,
        failed: false,
        errors: [],
        startedAt: T0 - 9000,
        voicemail: true,
      }),
    );
    expect(outcomeOf(call)).toBe('missed');
    expect(call.phase).toMatchObject({ reason: { kind: 'caller-gone' } });
  });
});

test('a message with a call’s id does not undo a talk in which the customer was heard', () => {
  const talked = { ...after(offer, end(T0 + 5000)), audioAt: T0 + 6000 };
  const step = transition(talked, message, address, T0 + 50_000);
  expect(step.ok).toBe(false);
});
