import { readFileSync } from 'node:fs';

/** Our own audio as ready-made Opus packets of 20 ms. */
export interface Clips {
  hold: readonly Buffer[];
  silence: Buffer;
}

/** One silent mono frame of 20 ms: TOC byte of full-band CELT, then no energy (RFC 6716 3.1). */
const EMPTY_FRAME = Buffer.from([0xf8, 0xff, 0xfe]);

/** Reads hold music in the `.opus20` format of `resources/README.md`. */
export function loadClips(holdFile: string): Clips {
  return { hold: parseOpus20(readFileSync(holdFile)), silence: EMPTY_FRAME };
}

/**
 * Splits an `.opus20` file: each packet is preceded by its length as an unsigned 16-bit big-endian
 * number.
 */
export function parseOpus20(data: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let at = 0; at < data.length;) {
    const length = at + 2 <= data.length ? data.readUInt16BE(at) : 0;
    const end = at + 2 + length;
    if (length === 0 || end > data.length) throw new Error('not an opus20 file');
    packets.push(data.subarray(at + 2, end));
    at = end;
  }
  if (packets.length === 0) throw new Error('an opus20 file without packets');
  return packets;
}
