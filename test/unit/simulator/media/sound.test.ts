import { expect, test } from 'vitest';
import { DigitReader, encodeEvent } from '../../../../src/simulator/media/dtmf.ts';
import { FRAME_SAMPLES, OpusCodec, SAMPLE_RATE } from '../../../../src/opus/codec.ts';
import { Reception } from '../../../../src/simulator/media/reception.ts';
import { ntpTime } from '../../../../src/simulator/media/rtcp.ts';
import { lengthOfTone, measureTone } from '../../../../src/simulator/media/tone.ts';
import { seededRandom } from '../../../../src/simulator/lib/random.ts';

const sine = (hz: number, amplitude: number, samples = SAMPLE_RATE): Int16Array =>
  Int16Array.from({ length: samples }, (_, i) =>
    Math.round(amplitude * 32_767 * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE)),
  );

test.each([97, 440, 1000, 3456.7])('measures a tone of %d Hz within 1 Hz', (hz) => {
  const heard = measureTone(sine(hz, 0.5), SAMPLE_RATE);
  expect(heard.hz).toBeCloseTo(hz, 0);
  expect(heard.dbfs).toBeCloseTo(-9.03, 1);
});

test('finds the louder of two tones, and no pitch in silence', () => {
  const [loud, quiet] = [sine(600, 0.4), sine(900, 0.1)];
  const mixed = loud.map((sample, i) => sample + (quiet[i] ?? 0));
  expect(measureTone(mixed, SAMPLE_RATE).hz).toBeCloseTo(600, 0);
  expect(measureTone(new Int16Array(SAMPLE_RATE), SAMPLE_RATE).hz).toBeUndefined();
  expect(measureTone(new Int16Array(0), SAMPLE_RATE)).toEqual({ hz: undefined, dbfs: -Infinity });
});

test('says how long the last pitch has been heard, within a step', () => {
  const sound = sine(700, 0.5);
  sound.set(sine(1300, 0.5, 20_000), SAMPLE_RATE - 20_000);
  const length = lengthOfTone(sound, SAMPLE_RATE, 1300);
  expect(length).toBeGreaterThan(18_000);
  expect(length).toBeLessThan(21_100);
  expect(lengthOfTone(sound, SAMPLE_RATE, 500)).toBe(0);
});

test('many Opus codecs do not disturb each other', () => {
  const codecs = Array.from({ length: 12 }, () => new OpusCodec());
  const pitches = codecs.map((codec, i) => {
    const tone = sine(300 + 40 * i, 0.3, 20 * FRAME_SAMPLES);
    const out = new Int16Array(tone.length);
    for (let at = 0; at < tone.length; at += FRAME_SAMPLES) {
      const frame = codec.decode(codec.encode(tone.subarray(at, at + FRAME_SAMPLES)));
      out.set(frame ?? [], at);
    }
    return measureTone(out, SAMPLE_RATE).hz ?? 0;
  });
  for (const [i, hz] of pitches.entries()) expect(Math.abs(hz - (300 + 40 * i))).toBeLessThan(4);
  expect(codecs[0]?.decode(Buffer.alloc(0))).toBeUndefined();
  for (const codec of codecs) codec.close();
  expect(() => codecs[0]?.decode(Buffer.alloc(1))).toThrow('after close');
});

test('reception counts loss over a wraparound, duplicates and reordering (RFC 3550 A.3)', () => {
  const reception = new Reception(SAMPLE_RATE);
  const sequences = [65_533, 65_534, 0, 1, 1, 3, 2];
  for (const [i, sequence] of sequences.entries()) reception.take(sequence, i * 960, i * 20);
  expect(reception.expected).toBe(7);
  expect(reception.lost).toBe(0);
  reception.take(10, 14 * 960, 300);
  expect(reception.lost).toBe(6);
  expect(reception.extendedHighest).toBe(65_536 + 10);
  expect(reception.maxGapMs).toBe(180);
});

test('jitter is zero for steady packets, also over a timestamp wraparound, and the mean for uneven ones (RFC 3550 A.8)', () => {
  const steady = new Reception(SAMPLE_RATE);
  const uneven = new Reception(SAMPLE_RATE);
  for (let i = 0; i < 400; i++) {
    const timestamp = (0xffff_ffff - 50 * 960 + i * 960) >>> 0;
    steady.take(i, timestamp, i * 20);
    uneven.take(i, timestamp, i * 20 + (i % 2 === 0 ? 0 : 10));
  }
  expect(steady.jitterMs).toBeCloseTo(0, 3);
  expect(uneven.jitterMs).toBeCloseTo(10, 1);
});

test('fraction lost covers the time since the last report', () => {
  const reception = new Reception(SAMPLE_RATE);
  for (const sequence of [0, 1, 3]) reception.take(sequence, sequence * 960, sequence * 20);
  expect(reception.takeFractionLost()).toBe(64);
  for (const sequence of [4, 5]) reception.take(sequence, sequence * 960, sequence * 20);
  expect(reception.takeFractionLost()).toBe(0);
});

test('DTMF counts each press once, however many packets it has (RFC 4733)', () => {
  const reader = new DigitReader();
  const taken = [
    reader.take(encodeEvent('5', 160, false), 1000),
    reader.take(encodeEvent('5', 320, true), 1000),
    reader.take(encodeEvent('5', 160, false), 9000),
    reader.take(encodeEvent('#', 160, false), 17_000),
  ];
  expect(taken).toEqual(['5', undefined, '5', '#']);
  expect(reader.digits).toBe('55#');
  expect(encodeEvent('*', 800, true)).toEqual(Buffer.from([10, 0x8a, 0x03, 0x20]));
});

test('NTP time counts from 1900', () => {
  expect(ntpTime(500)).toBe((2_208_988_800n << 32n) | 0x8000_0000n);
});

test('a seed always gives the same sequence', () => {
  const [a, b] = [seededRandom(7), seededRandom(7)];
  const first = Array.from({ length: 1000 }, a);
  expect(first).toEqual(Array.from({ length: 1000 }, b));
  expect(first.filter((value) => value < 0.3).length / 1000).toBeCloseTo(0.3, 1);
});
