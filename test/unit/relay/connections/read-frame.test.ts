import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../../src/relay/connections/read-frame.ts';
import { foreignFrames } from '../../../helpers/foreign-frames.ts';

const hello = { type: 'hello', version: 10, epoch: null, cursor: null, presence: 'available' };
const samples = [
  hello,
  { type: 'ack', cursor: 3 },
  { type: 'presence', presence: 'dnd' },
  { type: 'claim', id: 1, callId: 'main/1' },
  { type: 'release', id: 2, callId: 'main/1', why: 'x'.repeat(600) },
  { type: 'of-a-later-version', id: 3 },
];

describe('a frame of a console', () => {
  it('is read, or refused with a reason that fits into a message, whatever bytes it has', () => {
    fc.assert(
      fc.property(foreignFrames(samples), fc.boolean(), (bytes, binary) => {
        const read = readFrame(bytes, binary);
        if ('frame' in read) return;
        const said = 'why' in read ? read.why : read.unknown;
        expect(said).not.toBe('');
        expect(said.length).toBeLessThan(1_000);
      }),
      { seed: 20_261_130, numRuns: 500 },
    );
  });

  it('is understood as it was written', () => {
    for (const sample of samples.slice(0, 4)) {
      const read = readFrame(Buffer.from(JSON.stringify(sample)), false);
      expect(read).toEqual({ frame: sample });
    }
  });

  it('of a later version is told by its type, with the number to answer', () => {
    const bytes = Buffer.from(JSON.stringify({ type: 'of-a-later-version', id: 3 }));
    expect(readFrame(bytes, false)).toEqual({ unknown: 'of-a-later-version', request: 3 });
  });

  it('with a text that is too long can still be answered', () => {
    const bytes = Buffer.from(JSON.stringify(samples[4]));
    expect(readFrame(bytes, false)).toMatchObject({ request: 2 });
  });
});
