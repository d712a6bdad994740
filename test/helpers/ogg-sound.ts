import { OpusCodec } from '../../src/opus/codec.ts';
import { type Heard, measureTone } from '../../src/simulator/media/tone.ts';

const RATE = 48_000;

/** The packets of an Ogg file of one stream, and the granule position of each page; it may be cut within the last page. */
export function readOgg(file: Buffer): { packets: Buffer[]; granules: number[] } {
  const packets: Buffer[] = [];
  const granules: number[] = [];
  let part: Buffer[] = [];
  for (let at = 0; at + 27 <= file.length;) {
    if (file.toString('latin1', at, at + 4) !== 'OggS') throw new Error(`no page at ${at}`);
    const segments = file.readUInt8(at + 26);
    const sizes = [...file.subarray(at + 27, at + 27 + segments)];
    let body = at + 27 + segments;
    const end = body + sizes.reduce((sum, size) => sum + size, 0);
    if (end > file.length) break;
    granules.push(Number(file.readBigInt64LE(at + 6)));
    for (const size of sizes) {
      part.push(file.subarray(body, body + size));
      body += size;
      if (size === 255) continue;
      packets.push(Buffer.concat(part));
      part = [];
    }
    at = end;
  }
  return { packets, granules };
}

/** Decodes an Ogg Opus file as a player does, and listens to it. */
export class OggSound {
  readonly samples: Int16Array;

  constructor(file: Buffer) {
    const codec = new OpusCodec();
    const [head, , ...packets] = readOgg(file).packets;
    if (head?.toString('latin1', 0, 8) !== 'OpusHead') throw new Error('not Ogg Opus');
    const parts = packets.map((packet) => codec.decode(packet) ?? new Int16Array(960));
    codec.close();
    this.samples = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      this.samples.set(part, at);
      at += part.length;
    }
  }

  get ms(): number {
    return (this.samples.length * 1000) / RATE;
  }

  /** The loudest tone between two times, in ms. */
  heard(fromMs: number, toMs: number): Heard {
    const at = (ms: number) => Math.round((ms * RATE) / 1000);
    return measureTone(this.samples.slice(at(fromMs), at(toMs)), RATE);
  }
}
