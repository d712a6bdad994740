import { assertNever } from '../../../shared/lib/assert-never.ts';

/** Kinds of message whose files are shown or played here, with the largest file of each in bytes. */
export const LARGEST_BYTES = {
  image: 10_000_000,
  sticker: 1_000_000,
  audio: 16_000_000,
  video: 32_000_000,
} as const;
export type ShownType = keyof typeof LARGEST_BYTES;

/** Whether files in messages of this type are shown here at all. */
export function isShownType(type: string): type is ShownType {
  return Object.hasOwn(LARGEST_BYTES, type);
}

/** Brands of ISO media (ISO/IEC 14496-12) that hold audio or video alone. Pictures have others. */
const ISO_MEDIA = /^(?:M4A |M4B |M4V |mp4[12]|isom|iso[2-6]|avc1|3gp[4-7]|dash)$/;

/**
 * The type under which a file may be handed to a window: what its first bytes say, if that fits the message.
 * What the sender or a server announces is not believed. Undefined for anything else, such as a page, an
 * SVG or a program.
 */
export function shownMime(type: ShownType, bytes: Uint8Array): string | undefined {
  switch (type) {
    case 'image':
      return pictureMime(bytes);
    case 'sticker':
      return pictureMime(bytes) === 'image/webp' ? 'image/webp' : undefined;
    case 'audio':
      return soundMime(bytes) ?? (isIsoMedia(bytes) ? 'audio/mp4' : undefined);
    case 'video':
      return isIsoMedia(bytes) ? 'video/mp4' : undefined;
    default:
      return assertNever(type, 'type of message');
  }
}

/** A voice message of an old telephone (RFC 4867), which no browser plays. */
export function isAmr(bytes: Uint8Array): boolean {
  return text(bytes, 0, 5) === '#!AMR';
}

function pictureMime(bytes: Uint8Array): string | undefined {
  if (text(bytes, 0, 3) === '\u00FF\u00D8\u00FF') return 'image/jpeg';
  if (text(bytes, 0, 8) === '\u0089PNG\r\n\u001A\n') return 'image/png';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') return 'image/webp';
  return undefined;
}

function soundMime(bytes: Uint8Array): string | undefined {
  // The first packet names the codec: Ogg may hold video, too (RFC 3533, RFC 7845).
  const isOgg = text(bytes, 0, 4) === 'OggS';
  if (isOgg && text(bytes, 28, 8) === 'OpusHead') return 'audio/ogg';
  if (isOgg && text(bytes, 28, 7) === '\u0001vorbis') return 'audio/ogg';
  if (text(bytes, 0, 3) === 'ID3') return 'audio/mpeg';
  const [first = 0, second = 0] = bytes;
  if (first !== 0xff) return undefined;
  // A frame of AAC has layer 0, which MP3 has not (ISO/IEC 13818-7, 11172-3).
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  return (second & 0xe0) === 0xe0 && (second & 0x06) !== 0 ? 'audio/mpeg' : undefined;
}

function isIsoMedia(bytes: Uint8Array): boolean {
  return text(bytes, 4, 4) === 'ftyp' && ISO_MEDIA.test(text(bytes, 8, 4));
}

/** Bytes as characters of the same codes. */
function text(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
