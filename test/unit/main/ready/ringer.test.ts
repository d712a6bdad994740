import { expect, it } from 'vitest';
import { Ringer } from '../../../../src/main/ready/ringer.ts';
import { FakeClock } from '../../../fakes/clock.ts';

function setUp({ needsMicrophone = true } = {}) {
  const clock = new FakeClock();
  const asked: number[] = [];
  const reports: (readonly [string | undefined, number | undefined])[] = [];
  const ringer = new Ringer({
    clock,
    ask: (question) => void asked.push(question),
    report: (problem, probe) => void reports.push([problem, probe]),
    needsMicrophone: () => needsMicrophone,
    changed: () => undefined,
  });
  return { clock, asked, reports, ringer, last: () => asked.at(-1) ?? 0 };
}

it('answers the relay as soon as the window does', () => {
  const { ringer, reports, last } = setUp();
  ringer.probe(7);
  expect(reports).toEqual([]);
  ringer.handleAnswer(last(), true);
  expect(reports).toEqual([[undefined, 7]]);
  expect(ringer.state.state).toBe('ready');
});

it('answers before the relay gives up if the window does not, and counts from the question', () => {
  const { clock, ringer, reports } = setUp();
  const at = clock.now();
  ringer.probe(7);
  clock.advance(4_999);
  expect(reports).toEqual([['window', 7]]);
  expect(ringer.state).toEqual({ state: 'dead', since: at, why: 'window' });
});

it('says that the ring cannot be played', () => {
  const { ringer, reports, last } = setUp();
  ringer.probe(1);
  ringer.handleAnswer(last(), false);
  expect(reports).toEqual([['ringer', 1]]);
});

it('ignores an answer to an earlier question', () => {
  const { ringer, reports, last } = setUp();
  ringer.probe(1);
  const first = last();
  ringer.probe(2);
  ringer.handleAnswer(first, true);
  expect(reports).toEqual([]);
  ringer.handleAnswer(last(), true);
  expect(reports).toEqual([[undefined, 2]]);
});

it('says at once that the window is gone, and that it is back', () => {
  const { ringer, reports, last } = setUp();
  ringer.handleGone();
  expect(reports).toEqual([['window', undefined]]);
  ringer.handleReady();
  ringer.handleAnswer(last(), true);
  expect(reports.at(-1)).toEqual([undefined, undefined]);
  expect(ringer.state.state).toBe('ready');
});

it('asks a window that was not there yet once it is', () => {
  const { ringer, asked, reports, last } = setUp();
  ringer.probe(3);
  ringer.handleReady();
  expect(asked).toHaveLength(2);
  ringer.handleAnswer(last(), true);
  expect(reports).toEqual([[undefined, 3]]);
});

it('says at once that the microphone is gone, where one is needed', () => {
  const { ringer, reports, last } = setUp();
  ringer.handleDevices({ microphone: 'none' });
  ringer.handleAnswer(last(), true);
  expect(reports).toEqual([['microphone', undefined]]);
  ringer.handleDevices({ microphone: 'ready' });
  ringer.handleAnswer(last(), true);
  expect(reports.at(-1)).toEqual([undefined, undefined]);

  const elsewhere = setUp({ needsMicrophone: false });
  elsewhere.ringer.handleDevices({ microphone: 'none' });
  elsewhere.ringer.handleAnswer(elsewhere.last(), true);
  expect(elsewhere.reports).toEqual([[undefined, undefined]]);
});

it('tells a new connection what is wrong', () => {
  const { ringer, reports } = setUp();
  ringer.handleConnected();
  expect(reports).toEqual([]);
  ringer.handleGone();
  ringer.handleConnected();
  expect(reports).toEqual([
    ['window', undefined],
    ['window', undefined],
  ]);
});
