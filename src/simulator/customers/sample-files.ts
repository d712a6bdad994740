import { randomInt } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { recordingFile } from '../media/ogg.ts';

const fileType = z.enum(['image', 'sticker', 'audio', 'video', 'document']);
export type FileType = z.infer<typeof fileType>;

/** A file in a customer's message. */
export interface MessageFile {
  /** WhatsApp's id of it. */
  id: string;
  mime: string;
  name: string | undefined;
  /** Recorded for this message. */
  voice: boolean;
  content: Buffer;
}

/** A file that a customer sends; without `base64` one of ours. */
export const sentFileSchema = z.strictObject({
  type: fileType,
  mime: z.string().optional(),
  name: z.string().optional(),
  base64: z.base64().optional(),
});
export type SentFile = z.input<typeof sentFileSchema>;

/** The file as WhatsApp keeps it. Sound without a name is a voice message. */
export function madeFile({ type, mime, name, base64 }: SentFile, speechFile: string): MessageFile {
  const sample = sampleOf(type, speechFile);
  return {
    id: String(randomInt(1e14, 2 ** 48 - 1)),
    mime: mime ?? sample.mime,
    name,
    voice: type === 'audio' && name === undefined,
    content: base64 === undefined ? sample.content : Buffer.from(base64, 'base64'),
  };
}

function sampleOf(type: FileType, speechFile: string): Pick<MessageFile, 'mime' | 'content'> {
  switch (type) {
    case 'image':
      return { mime: 'image/png', content: picture(480, 320) };
    case 'sticker':
      return { mime: 'image/webp', content: Buffer.from(ONE_PIXEL, 'base64') };
    case 'audio': {
      const content = recordingFile({ kind: 'tone', hz: 440 }, speechFile, 3);
      return { mime: 'audio/ogg; codecs=opus', content };
    }
    case 'video':
      return { mime: 'video/mp4', content: Buffer.from('\0\0\0\u0018ftypisom\0\0\0\0isommp42') };
    case 'document':
      return { mime: 'application/pdf', content: Buffer.from('%PDF-1.7\n%%EOF\n') };
    default:
      return assertNever(type, 'file');
  }
}

/** A lossless WebP of one pixel. */
const ONE_PIXEL = 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==';

/** A PNG with a gradient (RFC 2083). */
function picture(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows.set([Math.round((255 * x) / width), Math.round((255 * y) / height), 160], at);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND')];
  return Buffer.concat([signature, ...parts]);
}

function chunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
