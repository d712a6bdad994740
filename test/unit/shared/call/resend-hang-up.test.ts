import { expect, test } from 'vitest';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import { transition } from '../../../../src/shared/call/transition.ts';
import { endedRelayedCall } from '../../../helpers/calls.ts';

const address = { id: 'support/wacid.1', accountId: 'support' };

/** The effects when the relay reports that it still holds a call that ended here this way. */
function done(reason: EndReason) {
  const call = endedRelayedCall(1, {}, reason);
  const step = transition(call, { from: 'relay', kind: 'still-ours' }, address, call.createdAt);
  return step.ok ? step.effects : [];
}

test.each<EndReason>([
  { kind: 'agent-hung-up' },
  { kind: 'cancelled' },
  { kind: 'unanswered' },
  { kind: 'media-failed', why: 'window-lost' },
  { kind: 'interrupted' },
])('resends our hang-up to the relay after $kind', (reason) => {
  expect(done(reason)).toEqual([{ do: 'api.terminate' }]);
});

test.each<EndReason>([
  { kind: 'lost-to-team' },
  { kind: 'transferred', to: 'Bob' },
  { kind: 'answered-elsewhere', by: 'Bob' },
  { kind: 'customer-hung-up' },
  { kind: 'rang-out' },
  { kind: 'declined-by-agent' },
])('leaves the call alone after $kind', (reason) => {
  expect(done(reason)).toEqual([]);
});
