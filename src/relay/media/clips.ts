import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AnnouncementLanguage } from '../../shared/recording/policy.ts';

/** Our own audio as ready-made Opus packets of 20 ms. */
export interface Clips {
  hold: readonly Buffer[];
  silence: Buffer;
  /** What a customer hears before their call is recorded. */
  recorded: (language: AnnouncementLanguage) => readonly Buffer[];
}

/** One silent mono frame of 20 ms: TOC byte of full-band CELT, then no energy (RFC 6716 3.1). */
const EMPTY_FRAME = Buffer.from([0xf8, 0xff, 0xfe]);

/** Reads hold music in the `.opus20` format of `resources/README.md`, and announcements when they are needed. */
export function loadClips(holdFile: string, speechFolder = path.dirname(holdFile)): Clips {
  const announcements = new Map<AnnouncementLanguage, readonly Buffer[]>();
  return {
    hold: parseOpus20(readFileSync(holdFile)),
    silence: EMPTY_FRAME,
    recorded(language) {
      const known = announcements.get(language);
      if (known) return known;
      const file = path.join(speechFolder, `recorded-${language}.opus20`);
      const read = parseOpus20(readFileSync(file));
      announcements.set(language, read);
      return read;
    },
  };
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
