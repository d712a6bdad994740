import { expect, it } from 'vitest';
import { UnheardCalls } from '../../../../src/main/ready/unheard-calls.ts';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import { endedCall } from '../../../helpers/calls.ts';

const unheard: EndReason = {
  kind: 'failed',
  error: { code: '138021', message: 'no media', provider: 'meta', transient: false },
};
const ofCustomer: EndReason = {
  kind: 'failed',
  error: { code: '138020', message: 'not reached', provider: 'meta', transient: false },
};

it('a call of ours in which WhatsApp heard nothing counts until one has gone well', () => {
  const calls = new UnheardCalls();
  const failed = endedCall(1, { direction: 'outbound' }, unheard);
  calls.handleEnded(failed);
  expect(calls.at('support')).toBe(failed.phase.name === 'ended' ? failed.phase.at : NaN);
  expect(calls.at('sales')).toBeUndefined();
  // Nobody was reached, so nothing is proven.
  calls.handleEnded(endedCall(2, { direction: 'outbound' }));
  calls.handleEnded(endedCall(3, { direction: 'outbound', connectedAt: 1 }, ofCustomer));
  expect(calls.at('support')).toBeDefined();
  calls.handleEnded(endedCall(4, { connectedAt: 1 }));
  expect(calls.at('support')).toBeUndefined();
});

it('a ring counts only once we had accepted it', () => {
  const calls = new UnheardCalls();
  calls.handleEnded(endedCall(1, {}, unheard));
  expect(calls.at('support')).toBeUndefined();
  calls.handleEnded(endedCall(2, { acceptPressedAt: 1 }, unheard));
  expect(calls.at('support')).toBeDefined();
});

it('what failed on the customer’s side says nothing about our sound', () => {
  const calls = new UnheardCalls();
  calls.handleEnded(endedCall(1, { direction: 'outbound' }, ofCustomer));
  expect(calls.at('support')).toBeUndefined();
});
