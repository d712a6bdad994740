import { expect, test } from 'vitest';
import { CallbackReminders } from '../../../../src/main/contacts/callback-reminders.ts';
import type { Callback } from '../../../../src/main/db/call-notes.ts';
import { FakeClock } from '../../../fakes/clock.ts';

function open(clock = new FakeClock()) {
  const stored: Callback[] = [];
  const said: string[] = [];
  const reminders = new CallbackReminders({
    open: () => stored.toSorted((a, b) => a.at - b.at),
    clock,
    remind: ({ callId }) => said.push(`remind ${callId}`),
    resolve: (callId) => said.push(`resolve ${callId}`),
  });
  const promise = (callId: string, inMs: number) => {
    const found = stored.findIndex((one) => one.callId === callId);
    if (found >= 0) stored.splice(found, 1);
    stored.push({ callId, accountId: 'support', party: {}, at: clock.now() + inMs });
    reminders.refresh();
  };
  const keep = (callId: string) => {
    stored.splice(
      stored.findIndex((one) => one.callId === callId),
      1,
    );
    reminders.refresh();
  };
  return { clock, said, reminders, promise, keep };
}

test('each callback is reminded of once when it is due, in the order of their times', () => {
  const { clock, said, promise } = open();
  promise('late', 60_000);
  promise('soon', 30_000);
  expect(said).toEqual([]);
  clock.advance(30_000);
  expect(said).toEqual(['remind soon']);
  clock.advance(5_000);
  expect(said).toEqual(['remind soon']);
  clock.advance(60_000);
  expect(said).toEqual(['remind soon', 'remind late']);
});

test('one that is made, or moved, is no longer due, and a moved one comes back', () => {
  const { clock, said, promise, keep } = open();
  promise('a', 1_000);
  promise('b', 1_000);
  clock.advance(1_000);
  keep('a');
  promise('b', 10_000);
  expect(said).toEqual(['remind a', 'remind b', 'resolve a', 'resolve b']);
  clock.advance(10_000);
  expect(said.at(-1)).toBe('remind b');
});

test('what was due while the console was closed is reminded of at its start', () => {
  const { said, promise } = open();
  promise('a', -3_600_000);
  expect(said).toEqual(['remind a']);
});

test('nothing is reminded of after closing', () => {
  const { clock, said, reminders, promise } = open();
  promise('a', 1_000);
  reminders.close();
  clock.advance(5_000);
  expect(said).toEqual([]);
});
