import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pixelsOf } from '../../../../../src/main/contacts/files/picture-size.ts';
import { madeFile } from '../../../../../src/simulator/customers/sample-files.ts';

const bytes = (...parts: (number | string)[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : Array.from(part, (one) => one.charCodeAt(0)),
    ),
  );
const webp = (chunk: string, ...more: number[]) =>
  bytes('RIFF', 0, 0, 0, 0, 'WEBP', chunk, ...more);

/** 640 × 480 in each format. */
const pictures: Readonly<Record<string, [mime: string, picture: Uint8Array]>> = {
  // A comment, a table and a fill byte before a progressive frame.
  jpeg: [
    'image/jpeg',
    bytes(
      0xff,
      0xd8,
      0xff,
      0xfe,
      0,
      4,
      1,
      2,
      0xff,
      0xc4,
      0,
      3,
      9,
      0xff,
      0xff,
      0xc2,
      0,
      17,
      8,
      1,
      0xe0,
      2,
      0x80,
    ),
  ],
  png: [
    'image/png',
    bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 2, 0x80, 0, 0, 1, 0xe0),
  ],
  'lossy webp': ['image/webp', webp('VP8 ', 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1)],
  'lossless webp': ['image/webp', webp('VP8L', 0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x77, 0)],
  'extended webp': ['image/webp', webp('VP8X', 10, 0, 0, 0, 0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0)],
};

describe.each(Object.entries(pictures))('the size of a %s', (_, [mime, picture]) => {
  test('is read from its header', () => {
    expect(pixelsOf(mime, picture)).toBe(640 * 480);
  });

  test('is unknown if the header is cut off', () => {
    expect(pixelsOf(mime, picture.subarray(0, picture.length - 2))).toBeUndefined();
  });
});

test('the simulator’s picture has its size', () => {
  const { content, mime } = madeFile({ type: 'image' }, '');
  expect(pixelsOf(mime, content)).toBe(480 * 320);
});

test('no bytes make it throw or go on for ever', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('image/jpeg', 'image/png', 'image/webp'),
      (content, mime) => {
        const pixels = pixelsOf(mime, Uint8Array.from([0xff, 0xd8, ...content]));
        expect(pixels ?? 0).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
