import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Framer, toFloats, toPcm16 } from '../../../../../src/renderer/media/pcm/samples.ts';
import { join } from './sound.ts';

describe('PCM16', () => {
  it('is little-endian and round-trips', () => {
    expect([...toPcm16(Float32Array.of(1 / 32_768, -1))]).toEqual([1, 0, 0, 0x80]);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 64 }), (bytes) => {
        const even = bytes.subarray(0, bytes.length & ~1);
        expect(toPcm16(toFloats(even))).toEqual(Uint8Array.from(even));
      }),
    );
  });

  it('clips instead of wrapping', () => {
    expect([...toFloats(toPcm16(Float32Array.of(1.7, -1.7)))]).toEqual([32_767 / 32_768, -1]);
  });

  it('drops an odd byte', () => {
    expect(toFloats(Uint8Array.of(0, 64, 9))).toEqual(Float32Array.of(0.5));
  });
});

describe('the framer', () => {
  it('cuts blocks into whole frames and keeps the rest', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 30 }),
        (size, blocks) => {
          const framer = new Framer(size);
          const frames: Float32Array[] = [];
          let next = 0;
          for (const block of blocks) {
            const samples = Float32Array.from({ length: block }, () => next++);
            framer.push(samples, (frame) => frames.push(frame.slice()));
          }
          expect(frames.every(({ length }) => length === size)).toBe(true);
          expect(join(frames)).toEqual(
            Float32Array.from({ length: Math.floor(next / size) * size }, (_, n) => n),
          );
        },
      ),
    );
  });
});
