import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cutterFor, type Piece } from '../../../../../src/renderer/media/recordings/pieces.ts';
import { OggOpusStream } from '../../../../../src/shared/lib/ogg-opus.ts';

/** The pieces of a file that comes in parts of so many bytes. */
function piecesOf(mime: string, file: Uint8Array, step: number): readonly Piece[] {
  const cutter = cutterFor(mime);
  if (!cutter) throw new Error('it cannot be cut');
  const pieces: Piece[] = [];
  for (let at = 0; at < file.length; at += step) {
    pieces.push(...cutter.add(file.subarray(at, at + step)));
  }
  return [...pieces, ...cutter.end()];
}

const mp3 = readFileSync('test/fixtures/sound/two-voices.mp3');
const FRAME_SECONDS = 576 / 16_000;

test.each([700, 50_000, mp3.length])(
  'an MP3 that comes in parts of %i bytes is cut with a lead, and without the frame about the file',
  (step) => {
    const pieces = piecesOf('audio/mpeg', mp3, step);
    expect(pieces).toHaveLength(2);
    const [first, second] = pieces;
    expect(first?.at).toBe(0);
    // The first 20 s, less than the lead and a frame.
    expect(second?.at).toBeGreaterThan(20 - 0.3 - 2 * FRAME_SECONDS);
    expect(second?.at).toBeLessThan(20 - 0.3 + 2 * FRAME_SECONDS);
    const text = Buffer.from(first?.bytes ?? []).toString('latin1');
    expect(text).not.toMatch(/Xing|Info/);
    // What the second begins with is what the first ends with.
    const lead = Buffer.from(second?.bytes.subarray(0, 100) ?? []);
    expect(Buffer.from(first?.bytes ?? []).lastIndexOf(lead)).toBeGreaterThan(0);
  },
);

test('an Ogg file is cut with a lead, and each piece has its headers', () => {
  const stream = new OggOpusStream();
  const pages = Array.from({ length: 45 }, (_, second) =>
    stream.pages(
      Array.from({ length: 50 }, (__, n) => ({ bytes: packet(second, n), samples: 960 })),
    ),
  );
  const file = Buffer.concat([OggOpusStream.head(2), ...pages]);
  const pieces = piecesOf('audio/ogg; codecs=opus', file, 1000);
  // The last second of a piece is the first of the next.
  expect(pieces.map(({ at }) => at)).toEqual([0, 19, 39]);
  for (const { bytes } of pieces) {
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/^OggS[^]*OpusHead[^]*OpusTags/);
  }
  const [, second] = pieces;
  expect(Buffer.from(second?.bytes ?? []).includes(packet(18, 49))).toBe(false);
  expect(Buffer.from(second?.bytes ?? []).includes(packet(19, 0))).toBe(true);
  expect(Buffer.from(second?.bytes ?? []).includes(packet(39, 49))).toBe(true);
});

test('the rest of a file is no piece if the one before has all of it', () => {
  const stream = new OggOpusStream();
  const pages = Array.from({ length: 20 }, (_, second) =>
    stream.pages(
      Array.from({ length: 50 }, (__, n) => ({ bytes: packet(second, n), samples: 960 })),
    ),
  );
  const cutter = cutterFor('audio/ogg');
  cutter?.add(Buffer.concat([OggOpusStream.head(2), ...pages]));
  expect(cutter?.end()).toHaveLength(1);
  expect(cutter?.end()).toEqual([]);
});

/** A packet that no other is like. */
const packet = (second: number, n: number) => Buffer.from(`packet ${second} ${n};`);
