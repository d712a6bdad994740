import OpusScript from 'opusscript';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oggOpusSeconds, OPUS_RATE, writeOggOpus } from '../../../../src/shared/lib/ogg-opus.ts';

const FRAME = 960;

/** An independent reader of RFC 3533: pages as they stand, and the packets that they carry. */
function readOgg(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset);
  const pages: { flags: number; granule: number; sequence: number; packets: Uint8Array[] }[] = [];
  for (let at = 0; at < file.length;) {
    expect(Buffer.from(file.subarray(at, at + 4)).toString()).toBe('OggS');
    const count = view.getUint8(at + 26);
    const lacing = file.subarray(at + 27, at + 27 + count);
    let from = at + 27 + count;
    const packets: Uint8Array[] = [];
    let size = 0;
    for (const value of lacing) {
      size += value;
      if (value < 255) {
        packets.push(file.subarray(from, from + size));
        from += size;
        size = 0;
      }
    }
    expect(size, 'packets do not go on into the next page').toBe(0);
    const page = Uint8Array.from(file.subarray(at, from));
    page.fill(0, 22, 26);
    expect(view.getUint32(at + 22, true), 'the checksum').toBe(crc(page));
    pages.push({
      flags: view.getUint8(at + 5),
      granule: Number(view.getBigInt64(at + 6, true)),
      sequence: view.getUint32(at + 18, true),
      packets,
    });
    at = from;
  }
  return pages;
}

/** By table, unlike the code under test. */
const TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++)
    value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});
const crc = (bytes: Uint8Array) =>
  bytes.reduce((sum, byte) => ((sum << 8) ^ (TABLE[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0, 0);

const sound = (packets: readonly Uint8Array[], samples: number) =>
  writeOggOpus({ packets, samplesPerPacket: FRAME, channels: 1, preSkip: 312, samples });

describe('an Ogg file of Opus', () => {
  test('has its headers, every packet in order, and a position that cuts off the padding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 1275 }), {
          minLength: 1,
          maxLength: 300,
        }),
        fc.integer({ min: 1, max: FRAME - 312 }),
        (packets, tail) => {
          const samples = (packets.length - 1) * FRAME + tail;
          const file = sound(packets, samples);
          const [head, tags, ...body] = readOgg(file);
          expect(Buffer.from(head?.packets[0] ?? []).toString('latin1')).toMatch(/^OpusHead/);
          expect(Buffer.from(tags?.packets[0] ?? []).toString('latin1')).toMatch(/^OpusTags/);
          expect(body.flatMap((page) => page.packets).map((one) => Buffer.from(one))).toEqual(
            packets.map((one) => Buffer.from(one)),
          );
          expect([head, tags, ...body].map((page) => page?.sequence)).toEqual(
            [head, tags, ...body].map((_, index) => index),
          );
          expect(head?.flags).toBe(2);
          expect(body.at(-1)?.flags).toBe(4);
          expect(body.every((page) => page.packets.length <= OPUS_RATE / FRAME)).toBe(true);
          expect(body.at(-1)?.granule).toBe(312 + samples);
          expect(oggOpusSeconds(file)).toBe(samples / OPUS_RATE);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('decodes to what was encoded', () => {
    const codec = new OpusScript(OPUS_RATE, 1, OpusScript.Application.VOIP);
    const tone = Buffer.alloc(FRAME * 2);
    for (let at = 0; at < FRAME; at++) tone.writeInt16LE(8000 * Math.sin(at / 9), at * 2);
    const packets = Array.from({ length: 100 }, () => codec.encode(tone, FRAME));
    const [, , ...body] = readOgg(sound(packets, 99 * FRAME));
    const heard = body.flatMap((page) => page.packets).map((one) => codec.decode(Buffer.from(one)));
    expect(heard).toHaveLength(100);
    expect(Math.max(...new Int16Array(heard.at(-1)?.buffer ?? new ArrayBuffer(0)))).toBeGreaterThan(
      4000,
    );
    codec.delete();
  });

  test('is told from anything else, and from one that is cut off', () => {
    const whole = sound([new Uint8Array(60), new Uint8Array(60)], FRAME);
    expect(oggOpusSeconds(whole)).toBeGreaterThan(0);
    expect(oggOpusSeconds(whole.subarray(0, whole.length - 1))).toBeUndefined();
    expect(oggOpusSeconds(new Uint8Array())).toBeUndefined();
    expect(oggOpusSeconds(Buffer.from('ID3 an MP3'))).toBeUndefined();
    const other = Uint8Array.from(whole);
    other.set(Buffer.from('OpusHood'), 28);
    expect(oggOpusSeconds(other)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(() => oggOpusSeconds(noise)).not.toThrow();
      }),
    );
  });
});
