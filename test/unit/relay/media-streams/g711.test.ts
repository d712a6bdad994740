import { describe, expect, it } from 'vitest';
import { aLaw, muLaw } from '../../../../src/relay/media-streams/g711.ts';
import * as other from '../../../../src/simulator/pcm/g711.ts';

const pcm = (...samples: number[]): Buffer => {
  const bytes = Buffer.alloc(2 * samples.length);
  samples.forEach((sample, n) => bytes.writeInt16LE(sample, 2 * n));
  return bytes;
};
const samplesOf = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 2 }, (_, n) => bytes.readInt16LE(2 * n));
const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe('G.711', () => {
  it('has the standard’s values', () => {
    // µ-law: the ends of the scale, silence twice, and the first steps (table 2, on the 16-bit scale).
    expect(samplesOf(muLaw.decode(Buffer.of(0x00, 0x80, 0xff, 0x7f, 0xfe, 0xf0, 0xef)))).toEqual(
      [-32_124, 32_124, 0, -0, 8, 120, 132].map((value) => value || 0),
    );
    expect([...muLaw.encode(pcm(0, 32_767, -32_768))]).toEqual([0xff, 0x80, 0x00]);
    // A-law: silence is the smallest step, not zero (table 1).
    expect(samplesOf(aLaw.decode(Buffer.of(0xd5, 0x55, 0xaa, 0x2a)))).toEqual([
      8, -8, 32_256, -32_256,
    ]);
    expect([...aLaw.encode(pcm(8, -8, 32_767, -32_768))]).toEqual([0xd5, 0x55, 0xaa, 0x2a]);
  });

  for (const [name, law, twin] of [
    ['µ-law', muLaw, other.muLaw],
    ['A-law', aLaw, other.aLaw],
  ] as const) {
    it(`${name}: every byte survives decoding and encoding`, () => {
      const values = samplesOf(law.decode(every));
      expect(samplesOf(law.decode(law.encode(law.decode(every))))).toEqual(values);
      expect(values).toEqual([...every].map((byte) => twin.decode(byte) || 0));
    });

    it(`${name}: no sample is off by more than half a step, also between two implementations`, () => {
      for (let sample = -32_768; sample <= 32_767; sample += 7) {
        const [here = 0] = samplesOf(law.decode(law.encode(pcm(sample))));
        const there = twin.decode(twin.encode(sample));
        const step = Math.max(16, Math.abs(sample) / 16);
        expect(Math.abs(here - sample)).toBeLessThanOrEqual(step);
        expect(Math.abs(here - there)).toBeLessThanOrEqual(step);
      }
    });
  }
});
