import { expect, test } from 'vitest';
import { recordingFile } from '../../../../src/simulator/media/ogg.ts';

interface Page {
  flags: number;
  granule: bigint;
  sequence: number;
  packets: number;
  isWhole: boolean;
}

/**
 * CRC-32 of Ogg by the table-free definition: one bit of the message after the other through the
 * polynomial.
 */
function crcOf(bytes: Buffer): number {
  let remainder = 0;
  const message = [...bytes].flatMap((byte) =>
    Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1),
  );
  for (const bit of message) {
    const out = ((remainder >>> 31) & 1) ^ bit;
    remainder = (remainder << 1) >>> 0;
    if (out) remainder = (remainder ^ 0x04c11db7) >>> 0;
  }
  return remainder;
}

function pagesOf(file: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < file.length;) {
    expect(file.toString('latin1', at, at + 4)).toBe('OggS');
    const segments = file.subarray(at + 27, at + 27 + file.readUInt8(at + 26));
    const length = 27 + segments.length + segments.reduce((sum, size) => sum + size, 0);
    const page = Buffer.from(file.subarray(at, at + length));
    const reported = page.readUInt32LE(22);
    page.writeUInt32LE(0, 22);
    pages.push({
      flags: page.readUInt8(5),
      granule: page.readBigUInt64LE(6),
      sequence: page.readUInt32LE(18),
      packets: segments.filter((size) => size < 255).length,
      isWhole: reported === crcOf(page),
    });
    at += length;
  }
  return pages;
}

test.each([
  ['a tone', { kind: 'tone', hz: 440 }, 3],
  ['silence', { kind: 'silent' }, 1],
  ['next to nothing', { kind: 'tone', hz: 440 }, 0],
] as const)('a recording of %s is a complete Ogg Opus file of its length', (_, voice, seconds) => {
  const file = recordingFile(voice, 'no such file', seconds);
  expect(file.toString('latin1', 28, 36)).toBe('OpusHead');
  const pages = pagesOf(file);
  expect(pages.every(({ isWhole }) => isWhole)).toBe(true);
  expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_page, at) => at));
  expect(pages[0]?.flags).toBe(2);
  expect(pages.at(-1)?.flags).toBe(4);
  const frames = Math.max(1, seconds * 50);
  expect(pages.at(-1)?.granule).toBe(BigInt(frames * 960));
  expect(pages.slice(2).reduce((sum, { packets }) => sum + packets, 0)).toBe(frames);
});
