import { expect, test } from 'vitest';
import { Likeness } from '../../../../../src/renderer/media/recordings/split-voices.ts';

const tone = (hz: number, amplitude = 0.3) =>
  Float32Array.from({ length: 8_000 }, (_, at) => amplitude * Math.sin((hz * at) / 1_000));
const sum = (...parts: readonly Float32Array[]) =>
  Float32Array.from({ length: 8_000 }, (_, at) =>
    parts.reduce((all, part) => all + (part[at] ?? 0), 0),
  );
const silence = new Float32Array(8_000);

test.each([
  ['a voice each', tone(440), tone(700), true],
  [
    'a voice each, and a quarter of the other',
    sum(tone(440), tone(700, 0.075)),
    sum(tone(700), tone(440, 0.075)),
    true,
  ],
  ['the same', tone(440), tone(440), false],
  ['the same, one of them quieter', tone(440), tone(440, 0.1), false],
  ['the same, one of them turned over', tone(440), tone(440, -0.3), false],
  ['the same, with what a codec adds', tone(440), sum(tone(440), tone(3_000, 0.01)), false],
  ['one voice, and silence', tone(440), silence, false],
  ['one voice, and a hiss', tone(440), tone(700, 0.005), false],
  ['silence', silence, silence, false],
])('channels with %s are told as what they are', (_, left, right, areTwo) => {
  const likeness = new Likeness();
  likeness.add(left, right);
  expect(likeness.areTwo).toBe(areTwo);
});

test('two who speak in turn are two', () => {
  const likeness = new Likeness();
  likeness.add(tone(440), silence);
  likeness.add(silence, tone(440));
  expect(likeness.areTwo).toBe(true);
});
