import type { Result } from './result.ts';

/** Why a file is not text that can be read; `files.notText` says it in words. */
type NotText = 'utf-32' | 'binary' | 'not-utf-8' | 'damaged-utf-16';
export type DecodedText = Result<string, NotText>;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * Decodes a text file as editors save it: UTF-8 or UTF-16, with or without a byte order mark.
 * Notepad and PowerShell write all four.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (starts(bytes, 0xff, 0xfe, 0, 0) || starts(bytes, 0, 0, 0xfe, 0xff)) {
    return { ok: false, error: 'utf-32' };
  }
  const encoding = encodingOf(bytes);
  try {
    // The decoder drops the byte order mark.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return { ok: true, value: text };
    return { ok: false, error: 'binary' };
  } catch {
    return { ok: false, error: encoding === 'utf-8' ? 'not-utf-8' : 'damaged-utf-16' };
  }
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (starts(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (starts(bytes, 0xfe, 0xff)) return 'utf-16be';
  if (starts(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  // Without a mark: our files begin with an ASCII character, and text contains no zero byte.
  const [first, second] = bytes;
  if (first !== 0 && second === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && second !== undefined) return 'utf-16be';
  return 'utf-8';
}

const starts = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  bytes.length >= mark.length && mark.every((byte, index) => bytes[index] === byte);
