import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Resampler } from '../../../../../src/renderer/media/pcm/resampler.ts';
import { join, levelAt, rms, tone } from './sound.ts';

const wires = [8_000, 16_000, 24_000];
/** Level of the test tone: a third of full scale. */
const LEVEL = 20 * Math.log10(0.33);

/** Block by block as a worklet does; without the first moments, in which the filter fills. */
function convert(from: number, to: number, input: Float32Array, block = 128): Float32Array {
  const resampler = new Resampler(from, to);
  const parts: Float32Array[] = [];
  for (let at = 0; at < input.length; at += block) {
    parts.push(resampler.process(input.subarray(at, at + block)).slice());
  }
  return join(parts);
}

const settled = (samples: Float32Array, rate: number) => samples.subarray(rate / 20);

describe('the resampler', () => {
  for (const wire of wires) {
    for (const [from, to] of [
      [48_000, wire],
      [wire, 48_000],
    ] as const) {
      it(`keeps pitch and level of audio in both bands, ${from} to ${to} Hz`, () => {
        for (const hz of [100, 440, 1000, 3000, 0.43 * wire]) {
          const out = settled(convert(from, to, tone(hz, from, from)), to);
          expect(levelAt(out, hz, to)).toBeCloseTo(LEVEL, 1);
          // Nothing beside the tone: what is left of the sum is far below it.
          expect(rms(out)).toBeCloseTo(LEVEL - 3.01, 1);
        }
      });
    }

    it(`removes audio above the band of ${wire} Hz`, () => {
      for (const hz of [wire / 2 + 50, 0.8 * wire, wire + 440, 2 * wire - 1000, 23_000]) {
        if (hz >= 24_000 || hz <= wire / 2) continue;
        const out = settled(convert(48_000, wire, tone(hz, 48_000, 48_000)), wire);
        expect(rms(out)).toBeLessThan(-65);
      }
    });

    it(`creates no mirror image of a voice at ${wire} Hz`, () => {
      const out = settled(convert(wire, 48_000, tone(1000, wire, wire)), 48_000);
      for (const mirror of [wire - 1000, Math.min(23_900, wire + 1000)]) {
        expect(levelAt(out, mirror, 48_000)).toBeLessThan(-70);
      }
    });
  }

  it('gives the same output for any block size', () => {
    const input = tone(700, 48_000, 4800);
    const whole = convert(48_000, 16_000, input, 4800);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (block) => {
        expect(convert(48_000, 16_000, input, block)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('neither gains nor loses samples over time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...wires, 48_000),
        fc.constantFrom(...wires, 44_100, 48_000),
        fc.integer({ min: 1, max: 20 }),
        (from, to, blocks) => {
          const resampler = new Resampler(from, to);
          let made = 0;
          for (let n = 0; n < blocks; n++) made += resampler.process(new Float32Array(960)).length;
          expect(Math.abs(made - (blocks * 960 * to) / from)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
