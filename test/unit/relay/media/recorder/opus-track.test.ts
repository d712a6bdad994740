import { describe, expect, test } from 'vitest';
import { OpusTrack, samplesOf } from '../../../../../src/relay/media/recorder/opus-track.ts';
import { readOgg } from '../../../../helpers/ogg-sound.ts';

const FRAME = 960;
/** A packet of 20 ms that can be told from others. */
const packet = (n: number) => Buffer.from([0x78, n >> 8, n & 0xff]);
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

/** Feeds packets that arrive on time, `[number, arrival in ms]`, and returns what the file holds. */
function recorded(
  arrivals: readonly (readonly [n: number, atMs: number])[],
  { startMs = 0, endMs = 1_000, firstTimestamp = 0xffff_ff00 } = {},
) {
  const track = new OpusTrack(startMs);
  const parts: Uint8Array[] = [];
  let flushedMs = startMs;
  const flush = (nowMs: number, isLast = false) => {
    const next = track.flush(nowMs, isLast);
    if (next) parts.push(next.bytes);
    flushedMs = nowMs;
  };
  for (const [n, atMs] of arrivals) {
    const due = Math.floor((atMs - flushedMs) / 500);
    for (let n = 0; n < due; n++) flush(flushedMs + 500);
    track.take(packet(n), (firstTimestamp + n * FRAME) >>> 0, atMs);
  }
  flush(endMs, true);
  const { packets, granules } = readOgg(Buffer.concat(parts));
  return { sound: packets.slice(2), granules, numbers: packets.slice(2).map(numberOf) };
}

/** Which packet it is; `.` for silence, `-` for one that the decoder conceals. */
function numberOf(bytes: Buffer): number | string {
  if (bytes.equals(SILENCE)) return '.';
  return bytes.length === 1 ? '-' : bytes.readUInt16BE(1);
}

const every = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => [from + index, (from + index) * 20] as const);

describe('one side of a recording', () => {
  test('has every packet once, in order, and granule positions that are its time', () => {
    const { numbers, granules } = recorded(every(0, 50));
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(granules.at(-1)).toBe(50 * FRAME);
  });

  test('puts packets that overtook each other in order, and takes none twice', () => {
    const shuffled = every(0, 50).map(([n, at], index, all): [number, number] =>
      index % 10 === 3 ? [n, (all[index + 4]?.[1] ?? at) + 1] : [n, at],
    );
    const again: [number, number] = [7, 300];
    const inOrder = [...shuffled, again].sort((a, b) => a[1] - b[1]);
    expect(recorded(inOrder).numbers).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  test('keeps the time of what was lost or never sent', () => {
    const { numbers, granules } = recorded([...every(0, 10), ...every(12, 20), ...every(40, 50)]);
    const silent = Array.from({ length: 20 }, () => '.');
    expect(numbers.slice(0, 20)).toEqual([
      ...Array(10).keys(),
      '-',
      '-',
      12,
      13,
      14,
      15,
      16,
      17,
      18,
      19,
    ]);
    expect(numbers.slice(20, 40)).toEqual(silent);
    expect(numbers.slice(40)).toEqual([...Array(10).keys()].map((n) => n + 40));
    expect(granules.at(-1)).toBe(50 * FRAME);
  });

  test('begins where its first packet belongs, and goes on to its end', () => {
    const { numbers } = recorded(every(10, 20), { endMs: 600 });
    expect(numbers.slice(0, 10)).toEqual(Array(10).fill('.'));
    expect(numbers.slice(10, 20)).toEqual([...Array(10).keys()].map((n) => n + 10));
    expect(numbers).toHaveLength(30);
  });

  test('follows a stream that begins anew with other timestamps', () => {
    const track = new OpusTrack(0);
    for (let n = 0; n < 10; n++) track.take(packet(n), n * FRAME, n * 20);
    for (let n = 10; n < 20; n++) track.take(packet(n), 5_000_000 + n * FRAME, n * 20 + 100);
    const bytes = track.flush(600, true)?.bytes ?? new Uint8Array();
    const numbers = readOgg(Buffer.from(bytes)).packets.slice(2).map(numberOf);
    expect(numbers.filter((n) => typeof n === 'number')).toEqual([...Array(20).keys()]);
    expect(numbers.indexOf(10)).toBe(15);
  });

  test('is silence while nobody sends', () => {
    const { numbers } = recorded([], { endMs: 400 });
    expect(numbers).toEqual(Array(20).fill('.'));
  });
});

test.each([
  [[0x78, 1, 2], 960],
  [[0xf8, 0xff, 0xfe], 960],
  [[0x08, 1], 960],
  [[0x18, 1], 2880],
  [[0x79, 1, 1], 1920],
  [[0x7b, 0x03, 1], 2880],
  [[0xe0, 1], 120],
  [[0x60, 1], 480],
  [[0x7b, 0x00], undefined],
  [[], undefined],
] as const)('a packet %o plays %s samples', (bytes, samples) => {
  expect(samplesOf(Uint8Array.from(bytes))).toBe(samples);
});
