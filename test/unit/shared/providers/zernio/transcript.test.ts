import { expect, test } from 'vitest';
import { saidIn, zernioCall } from '../../../../../src/shared/providers/zernio/call-events.ts';

const call = (transcript: unknown) =>
  zernioCall.parse({
    _id: 'c1',
    startedAt: '2026-11-22T10:00:00.000Z',
    answeredAt: '2026-11-22T10:00:05.000Z',
    transcript,
  });

test('what was said is in order, from the moment the call was answered', () => {
  const said = call([
    { text: ' Hello ', confidence: 0.9, at: '2026-11-22T10:00:06.500Z' },
    { text: 'Good morning', at: '2026-11-22T10:00:09.000Z' },
  ]);
  expect(saidIn(said)).toEqual([
    { fromMs: 1_500, text: 'Hello' },
    { fromMs: 4_000, text: 'Good morning' },
  ]);
});

test('a time that is none is not guessed, and an unreadable segment affects no other', () => {
  const said = call([
    { text: 'One', at: '2026-11-22T10:00:06.000Z' },
    7,
    { text: 'Two', at: 'soon' },
  ]);
  expect(saidIn(said)).toEqual([
    { fromMs: 1_000, text: 'One' },
    { fromMs: 1_000, text: 'Two' },
  ]);
  for (const none of [undefined, null, [], 'text', [{ text: ' ' }]]) {
    expect(saidIn(call(none))).toEqual([]);
  }
});
