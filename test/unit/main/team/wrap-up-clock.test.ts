import { expect, test } from 'vitest';
import { WrapUpClock } from '../../../../src/main/team/wrap-up-clock.ts';
import { FakeClock } from '../../../fakes/clock.ts';

function open() {
  const clock = new FakeClock();
  const stored: [string, number][] = [];
  const wrapUp = new WrapUpClock({
    clock,
    store: (callId, seconds) => stored.push([callId, seconds]),
  });
  return { clock, stored, wrapUp };
}

test('wrap-up is measured from the end of the call until the presence is another one', () => {
  const { clock, stored, wrapUp } = open();
  wrapUp.handleEnded('a');
  wrapUp.handlePresence('available');
  clock.advance(300);
  wrapUp.handlePresence('wrap-up');
  clock.advance(41_900);
  wrapUp.handlePresence('wrap-up');
  wrapUp.handlePresence('available');
  wrapUp.handlePresence('available');
  expect(stored).toEqual([['a', 42]]);
});

test('a call without wrap-up has none, and the next call ends one', () => {
  const { clock, stored, wrapUp } = open();
  wrapUp.handleEnded('a');
  wrapUp.handlePresence('on-call');
  wrapUp.handlePresence('wrap-up');
  wrapUp.handlePresence('available');
  wrapUp.handleEnded('b');
  wrapUp.handlePresence('wrap-up');
  clock.advance(5_000);
  wrapUp.handlePresence('on-call');
  expect(stored).toEqual([['b', 5]]);
});
