import { joinedBytes } from './joined-bytes.ts';

/**
 * Opus sound in an Ogg file (RFC 7845, RFC 3533): mono or stereo, one stream, granule positions at
 * 48 kHz. Chromium records Opus in WebM only, and WhatsApp wants Ogg.
 */

export interface OpusSound {
  /** Each holds one packet of `samplesPerPacket` samples at 48 kHz. */
  packets: readonly Uint8Array[];
  samplesPerPacket: number;
  channels: number;
  /** Samples at the beginning that are the encoder's own and not heard. */
  preSkip: number;
  /** Samples that are heard. */
  samples: number;
}

export const OPUS_RATE = 48_000;
/** RFC 7845, 4: a page should have at most a second. */
const PAGE_SAMPLES = OPUS_RATE;
const HEAD_BYTES = 27;
const MOST_SEGMENTS = 255;
const BEGINS = 0x02;
const ENDS = 0x04;
/** Any number; the file has one stream. */
const SERIAL = 1;

/** Writes the file. */
export function writeOggOpus(sound: OpusSound): Uint8Array<ArrayBuffer> {
  const { packets, samplesPerPacket, preSkip, samples } = sound;
  const pages = [page(0, BEGINS, 0, [opusHead(sound)]), page(1, 0, 0, [opusTags])];
  const end = preSkip + samples;
  let granule = 0;
  let at = 0;
  while (at < packets.length) {
    const body: Uint8Array[] = [];
    let segments = 0;
    const full = () => (body.length + 1) * samplesPerPacket > PAGE_SAMPLES;
    for (let next = packets[at]; next && (body.length === 0 || !full()); next = packets[at]) {
      segments += segmentsOf(next).length;
      if (body.length > 0 && segments > MOST_SEGMENTS) break;
      body.push(next);
      at++;
    }
    granule += body.length * samplesPerPacket;
    const isLast = at >= packets.length;
    // The last position cuts off what the encoder added (RFC 7845, 4.4).
    pages.push(
      page(pages.length, isLast ? ENDS : 0, isLast ? Math.min(granule, end) : granule, body),
    );
  }
  return joinedBytes(pages);
}

/**
 * A file that is written while the sound comes, a page at a time. It has no last page, and can be played when it is cut
 * after any. Nothing is skipped at its beginning.
 */
export class OggOpusStream {
  /** Samples so far, at 48 kHz. */
  samples = 0;
  #pages = 2;

  /** What the file begins with. */
  static head(channels: number): Uint8Array<ArrayBuffer> {
    const sound = { channels, preSkip: 0, packets: [], samplesPerPacket: 0, samples: 0 };
    return joinedBytes([page(0, BEGINS, 0, [opusHead(sound)]), page(1, 0, 0, [opusTags])]);
  }

  /** The next pages of the file, each with as many packets as it can have. */
  pages(packets: readonly { bytes: Uint8Array; samples: number }[]): Uint8Array<ArrayBuffer> {
    const pages: Uint8Array[] = [];
    let body: Uint8Array[] = [];
    let segments = 0;
    const end = () => {
      if (body.length > 0) pages.push(page(this.#pages++, 0, this.samples, body));
      body = [];
      segments = 0;
    };
    for (const { bytes, samples } of packets) {
      const more = segmentsOf(bytes).length;
      if (segments + more > MOST_SEGMENTS) end();
      body.push(bytes);
      segments += more;
      this.samples += samples;
    }
    end();
    return joinedBytes(pages);
  }
}

/** How long an Ogg/Opus file plays, in seconds; undefined if it is no such file, or is cut off. */
export function oggOpusSeconds(file: Uint8Array): number | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let preSkip: number | undefined;
  let last: number | undefined;
  for (let at = 0; at < file.length;) {
    if (at + HEAD_BYTES > file.length || textAt(file, at, 4) !== 'OggS') return undefined;
    const segments = view.getUint8(at + 26);
    const body = at + HEAD_BYTES + segments;
    if (body > file.length) return undefined;
    const length = file.subarray(at + HEAD_BYTES, body).reduce((sum, size) => sum + size, 0);
    if (body + length > file.length) return undefined;
    if (preSkip === undefined) {
      if (length < 19 || textAt(file, body, 8) !== 'OpusHead') return undefined;
      preSkip = view.getUint16(body + 10, true);
    }
    const granule = view.getBigInt64(at + 6, true);
    // -1: no packet ends on this page.
    if (granule >= 0n) last = Number(granule);
    at = body + length;
  }
  if (preSkip === undefined || last === undefined) return undefined;
  return Math.max(0, last - preSkip) / OPUS_RATE;
}

/** The packets of an Ogg Opus file of one stream, without its two headers; undefined if it is no such file, or is cut off. */
export function oggOpusPackets(file: Uint8Array): readonly Uint8Array[] | undefined {
  const packets: Uint8Array[] = [];
  let parts: Uint8Array[] = [];
  for (let at = 0; at < file.length;) {
    const [segments] = file.subarray(at + HEAD_BYTES - 1);
    if (segments === undefined || textAt(file, at, 4) !== 'OggS') return undefined;
    let body = at + HEAD_BYTES + segments;
    for (const size of file.subarray(at + HEAD_BYTES, body)) {
      parts.push(file.subarray(body, body + size));
      body += size;
      // A packet goes on in the next segment if this one is full (RFC 3533, 5).
      if (size === MOST_SEGMENTS) continue;
      packets.push(Uint8Array.from(parts.flatMap((part) => [...part])));
      parts = [];
    }
    if (body > file.length) return undefined;
    at = body;
  }
  const [head, , ...sound] = packets;
  return head && textAt(head, 0, 8) === 'OpusHead' && parts.length === 0 ? sound : undefined;
}

/** RFC 7845, 5.1. */
function opusHead({ channels, preSkip }: OpusSound): Uint8Array {
  const head = new Uint8Array(19);
  const view = new DataView(head.buffer);
  head.set(bytesOf('OpusHead'));
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  view.setUint16(10, preSkip, true);
  view.setUint32(12, OPUS_RATE, true);
  return head;
}

/** RFC 7845, 5.2: who wrote it, and no comments. */
const opusTags = (() => {
  const vendor = bytesOf('Ringdesk');
  const tags = new Uint8Array(16 + vendor.length);
  tags.set(bytesOf('OpusTags'));
  new DataView(tags.buffer).setUint32(8, vendor.length, true);
  tags.set(vendor, 12);
  return tags;
})();

function page(
  sequence: number,
  flags: number,
  granule: number,
  packets: readonly Uint8Array[],
): Uint8Array {
  const segments = packets.flatMap(segmentsOf);
  const whole = joinedBytes([new Uint8Array(HEAD_BYTES), Uint8Array.from(segments), ...packets]);
  const view = new DataView(whole.buffer);
  whole.set(bytesOf('OggS'));
  view.setUint8(5, flags);
  view.setBigInt64(6, BigInt(granule), true);
  view.setUint32(14, SERIAL, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, segments.length);
  view.setUint32(22, checksum(whole), true);
  return whole;
}

/** The lacing values of a packet: its end is the first below 255 (RFC 3533, 6). */
function segmentsOf({ length }: Uint8Array): readonly number[] {
  return [...Array<number>(Math.floor(length / 255)).fill(255), length % 255];
}

/** CRC-32 with polynomial 0x04c11db7, unreflected, from 0 (RFC 3533, 6). */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
