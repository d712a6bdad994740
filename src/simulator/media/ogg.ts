import { FRAME_SAMPLES, SAMPLE_RATE } from '../../opus/codec.ts';
import { openSource, type Voice } from './sources.ts';

/**
 * An Ogg Opus file (RFC 3533, RFC 7845) of what a customer says in that many seconds, as a
 * recording of the call.
 */
export function recordingFile(voice: Voice, speechFile: string, seconds: number): Buffer {
  // An echo has no audio of its own.
  const source = openSource(voice.kind === 'echo' ? { kind: 'silent' } : voice, speechFile);
  const packets: Buffer[] = [];
  const frames = Math.max(1, Math.round((seconds * SAMPLE_RATE) / FRAME_SAMPLES));
  for (let frame = 0; frame < frames; frame++) packets.push(source.next() ?? SILENCE);
  source.close();
  const pages = [page(0, BEGINS, 0, [opusHead()]), page(1, 0, 0, [opusTags()])];
  for (let at = 0; at < packets.length; at += PACKETS_PER_PAGE) {
    const part = packets.slice(at, at + PACKETS_PER_PAGE);
    const last = at + PACKETS_PER_PAGE >= packets.length;
    pages.push(page(pages.length, last ? ENDS : 0, (at + part.length) * FRAME_SAMPLES, part));
  }
  return Buffer.concat(pages);
}

const BEGINS = 0x02;
const ENDS = 0x04;
/** A page holds at most 255 segments; a packet of ours has at most six. */
const PACKETS_PER_PAGE = 40;
const SEGMENT = 255;
/** An Opus packet of 20 ms of silence: fullband CELT, mono, nothing in it (RFC 6716, 3.1). */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head.writeUInt8(1, 8);
  head.writeUInt8(1, 9);
  head.writeUInt32LE(SAMPLE_RATE, 12);
  return head;
}

function opusTags(): Buffer {
  const vendor = Buffer.from('simulator');
  const tags = Buffer.alloc(16 + vendor.length);
  tags.write('OpusTags');
  tags.writeUInt32LE(vendor.length, 8);
  vendor.copy(tags, 12);
  return tags;
}

function page(sequence: number, flags: number, granule: number, packets: readonly Buffer[]) {
  const segments = packets.flatMap(({ length }) => [
    ...Array.from({ length: Math.floor(length / SEGMENT) }, () => SEGMENT),
    length % SEGMENT,
  ]);
  const head = Buffer.alloc(27);
  head.write('OggS');
  head.writeUInt8(flags, 5);
  head.writeBigUInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(1, 14);
  head.writeUInt32LE(sequence, 18);
  head.writeUInt8(segments.length, 26);
  const whole = Buffer.concat([head, Buffer.from(segments), ...packets]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
}

/** CRC-32 with polynomial 0x04c11db7, unreflected, from 0 (RFC 3533, 6). */
function checksum(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
