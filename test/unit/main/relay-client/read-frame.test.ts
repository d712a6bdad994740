import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../../src/main/relay-client/read-frame.ts';
import { fromRelay } from '../../../../src/shared/protocol/frames.ts';
import { foreignFrames } from '../../../helpers/foreign-frames.ts';

const refused = { type: 'refused', code: 'shutting-down', message: 'Until later.' };
const samples = [
  refused,
  { type: 'skipped', cursor: 7 },
  { type: 'entry', cursor: 7, at: 1, body: { type: 'of-a-later-version' } },
  { type: 'of-a-later-version' },
];
const read = (frame: unknown) => readFrame(Buffer.from(JSON.stringify(frame)));

describe('a frame of the relay', () => {
  it('is read, skipped or refused, whatever bytes it has', () => {
    fc.assert(
      fc.property(foreignFrames(samples), (bytes) => {
        const frame = readFrame(bytes);
        if (frame === undefined || frame === 'unknown') return;
        expect(fromRelay.safeParse(frame).success).toBe(true);
      }),
      { seed: 20_261_130, numRuns: 500 },
    );
  });

  it('is the same in one piece, in many, and as plain bytes', () => {
    const bytes = Buffer.from(JSON.stringify(refused));
    const plain = new Uint8Array(bytes).buffer;
    expect(readFrame(bytes)).toEqual(refused);
    expect(readFrame([bytes.subarray(0, 9), bytes.subarray(9)])).toEqual(refused);
    expect(readFrame(plain)).toEqual(refused);
  });

  it('of a later version is skipped, and an entry of one keeps its place in the log', () => {
    expect(read({ type: 'of-a-later-version' })).toBe('unknown');
    expect(read(samples[2])).toEqual({
      type: 'entry',
      cursor: 7,
      at: 1,
      body: { type: 'unreadable' },
    });
  });

  it.each([null, 7, 'refused', [], {}, { type: 'refused' }])('is none if it is %j', (frame) => {
    expect(read(frame)).toBeUndefined();
  });
});
